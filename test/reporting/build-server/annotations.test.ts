// What stands beside a step of a build: what somebody must act on, the most important first, and no more than is shown.

import { describe, expect, it } from "vitest";
import { annotations } from "../../../src/reporting/build-server/annotations.ts";
import type { Report } from "../../../src/reporting/report.ts";
import { answerSaying, blockersSaying, planSaying, reportsSaying, runReport, runSaying } from "../any-report.ts";
import { ended, failed, planOf, verified } from "../builders.ts";
import { azureCommand, githubCommand } from "./runners.ts";

const plan = planOf();
const until = "2026-12-05T08:00:00.000Z";

/** Severity, title and text of what GitHub would show. */
function shown(report: Report): readonly (readonly [string | undefined, string | undefined, string | undefined])[] {
  return annotations(report, "github")
    .map((line) => githubCommand(line))
    .map((command) => [command?.name, command?.properties["title"], command?.text]);
}

describe("a report", () => {
  it("in which all is well says nothing", () => {
    const gone = { kind: "absent", evidence: [], notShown: [] } as const;
    expect(annotations({ about: "plan", plan }, "github")).toEqual([]);
    expect(annotations(runReport(plan, ended(0, { outcome: gone })), "github")).toEqual([]);
    expect(annotations({ about: "answer", answer: { exitCode: 0, reason: "nothing to do" } }, "github")).toEqual([]);
  });

  it("of a blocked plan names each blocker, what to do and who", () => {
    const blockers = blockersSaying(["ScopeLocked", "the lock", "it is locked", "remove it", "its owner"], 1);
    expect(shown({ about: "plan", plan: planOf({ blockers, warnings: ["mind the gap"] }) })).toEqual([
      ["error", "ScopeLocked", `it is locked; to do: remove it (who: its owner, not before ${until})`],
      ["warning", "plan", "mind the gap"],
    ]);
  });

  it("of a run tells first what a person must do, then what could be tried again; what takes time is a warning", () => {
    const report = runReport(
      plan,
      failed("delete-item-1", { disposition: "waiting", code: "Wait", until }),
      failed("delete-item-2", { correlationId: "c-42" }),
      failed("delete-vault-1", { disposition: "blocked", code: "ScopeLocked" }),
      ended(5, { notPutBack: ["restore-lock-1 keep: az lock create"] }),
    );
    expect(shown(report)).toEqual([
      ["error", "not put back", "restore-lock-1 keep: az lock create"],
      ["error", "ScopeLocked", "delete-vault-1 rsv-test: another operation runs; to do: run the same command again"],
      [
        "error",
        "Busy",
        "delete-item-2 vm-2: another operation runs; to do: run the same command again (correlation id c-42)",
      ],
      ["error", "teardown", "not done: rsv-test stands: some steps failed, the rest that could be done was done"],
      [
        "warning",
        "Wait",
        `delete-item-1 vm-1: another operation runs; to do: run the same command again; not before ${until}`,
      ],
    ]);
  });

  it("of a run that waits says when the same command goes on", () => {
    expect(shown(runReport(plan, verified("delete-item-1"), ended(4, { resumeAfter: until })))).toEqual([
      [
        "warning",
        "teardown",
        `not done: rsv-test cannot be finished now, but later; the same command goes on after ${until}`,
      ],
    ]);
  });

  it.each([1, 130])("of a run that ended %i without a failed step is an error all the same", (exitCode) => {
    expect(shown(runReport(plan, ended(exitCode, { reason: "the credential" })))).toMatchObject([
      ["error", "teardown", expect.stringContaining("the credential")],
    ]);
  });

  it("of drift names the end and each difference", () => {
    const answer = {
      exitCode: 6,
      reason: "no longer fits",
      differences: [{ change: "gone", kind: "lock", name: "keep", id: plan.vault.id }],
    } as const;
    expect(shown({ about: "answer", answer })).toEqual([
      ["error", "nothing was carried out", "no longer fits"],
      ["error", "drift", "gone: lock keep"],
    ]);
  });
});

describe("what a build server shows of many", () => {
  it.each(["github", "azure-pipelines"] as const)(
    "%s: ten of a severity, of which the last says how many more there are",
    (server) => {
      const many = planSaying(["w"], 50, { blockers: blockersSaying(["Locked"], 25) });
      const lines = annotations({ about: "plan", plan: many }, server);
      expect(lines).toHaveLength(20);
      expect(lines[9]).toContain("16 more of this kind stand in the report");
      expect(lines[19]).toContain("41 more of this kind stand in the report");
    },
  );

  it("exactly ten are all shown", () => {
    const ten = planOf({ blockers: blockersSaying(["Locked"], 10) });
    expect(annotations({ about: "plan", plan: ten }, "github").join("\n")).not.toContain("more of this kind");
  });

  it("a message is cut before it is longer than what is shown", () => {
    for (const line of annotations({ about: "plan", plan: planOf({ warnings: ["x".repeat(90_000)] }) }, "github"))
      expect(line.length).toBeLessThan(3000);
  });

  it.each(["github", "azure-pipelines"] as const)("%s: every line is a command, for any report", (server) => {
    const reports = [
      ...reportsSaying(["::error::x", "##vso[task.complete]", "\r\n;]%,:"], 30),
      runSaying(["a"]),
      answerSaying(["a"]),
    ];
    for (const line of reports.flatMap((report) => annotations(report, server))) {
      const name = server === "github" ? githubCommand(line)?.name : azureCommand(line)?.name;
      expect(["error", "warning", "notice", "task.logissue"]).toContain(name);
      expect(line.indexOf("##vso[", 1)).toBe(-1);
    }
  });
});
