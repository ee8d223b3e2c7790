// Reports in Markdown: the outcome first, what a person must do next, nothing that a name could change, and never too long.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { markdownReport } from "../../../src/reporting/markdown/report.ts";
import type { Report } from "../../../src/reporting/report.ts";
import { rehearse } from "../../rehearsal.ts";
import { answerSaying, blockersSaying, planSaying, reportsSaying, runReport } from "../any-report.ts";
import { anyText } from "../any-text.ts";
import { ended, failed, intended, planOf, skipped, step, verified } from "../builders.ts";
import { alive, parsed } from "./parsed.ts";

const plan = planOf();
const until = "2026-12-05T08:00:00.000Z";

function said(report: Report): string {
  return markdownReport(report);
}

describe("the first line", () => {
  const outcome = { kind: "soft-deleted", until, evidence: ["GET of the vault answers 404"], notShown: [] } as const;
  it.each<[string, Report]>([
    [
      "## teardown of rsv-test: soft-deleted: gone from Azure Resource Manager, recoverable until about 2026-12-05",
      { about: "plan", plan },
    ],
    [
      "## gone: rsv-test is soft-deleted; Azure purges it at `2026-12-05T08:00:00.000Z`",
      runReport(plan, ended(0, { outcome })),
    ],
    [
      "## not done: rsv-test stands: some steps failed, the rest that could be done was done",
      runReport(plan, ended(5)),
    ],
    ["## not done: rsv-test is blocked: a person must act first", runReport(plan, ended(3))],
    ["## not done: rsv-test cannot be finished now, but later", runReport(plan, ended(4))],
    ["## not done: rsv-test stands: the run was interrupted and saved", runReport(plan, ended(130))],
    [
      "## unfinished: the run on rsv-test has not ended; apply continues it",
      runReport(plan, intended("delete-item-1")),
    ],
    [
      "## nothing to do: rsv-test is not there",
      { about: "answer", answer: { exitCode: 0, reason: "nothing to do: rsv-test is not there" } },
    ],
  ])("%s", (line, report) => {
    expect(said(report).split("\n", 1)).toEqual([line]);
  });
});

describe("a plan", () => {
  it("names the command that carries out exactly it", () => {
    expect(said({ about: "plan", plan })).toContain(
      `\n\`\`\`sh\nvault-teardown apply plan.json --confirm ${plan.id}\n\`\`\`\n`,
    );
  });

  it("that is blocked offers no command, and says what must be settled by whom", () => {
    const [blocker] = blockersSaying(["ScopeLocked", "the lock", "it is locked", "remove it", "its owner"]);
    const blocked = said({ about: "plan", plan: planOf({ blockers: [blocker!] }) });
    expect(blocked).not.toContain("--confirm");
    expect(blocked).toContain(
      `- **\`ScopeLocked\`** it is locked\n  - about: \`the lock\`\n  - to do: remove it\n  - what it means: \`vault-teardown explain ScopeLocked\`\n  - who: its owner\n  - not before: \`${until}\`\n`,
    );
  });

  it("shows what cannot be undone or weakens a protection apart from the other steps, unfolded", () => {
    const irreversible = step("delete-vault", { irreversible: true, weakens: "nobody is warned" });
    const [open = ""] = said({ about: "plan", plan: planOf({ steps: [irreversible] }) }).split("<details>");
    expect(open).toContain(
      "### cannot be undone, or weakens a protection (1)\n\n- `delete-vault-1` `rsv-test`: **IRREVERSIBLE**; **WEAKENS:** nobody is warned\n",
    );
  });

  it("says what is lost for good, and until when the rest can be brought back", () => {
    const text = said({ about: "plan", plan: planSaying(["vm-a", "why"]) });
    expect(text).toContain("### lost for good (1)\n\n- vm-a VM");
    expect(text).toContain("### can be brought back (1)\n\n- until about 2026-12-05");
    expect(text).toContain("### how to undo\n\n- the vault and what is soft-deleted in it, until about 2026-12-05: ");
  });

  it("has a picture of its steps where those are few", () => {
    expect(said({ about: "plan", plan })).toContain("```mermaid\nflowchart TD\n");
  });

  it("of a recovery names the command that makes it again, and no id that it would not keep", () => {
    const recovery = { wanted: [], byHand: [{ what: "locks", subjects: ["a"], todo: "az lock create" }], remarks: [] };
    const text = said({
      about: "plan",
      plan: planOf({ recovery, steps: [step("undelete-vault")], expectedOutcome: { kind: "recovered" } }),
    });
    expect(text).toContain("## recovery of rsv-test: recovered: it stands");
    expect(text).toContain("vault-teardown recover --vault rsv-test --confirm rsv-test\n");
    expect(text).toContain("### not brought back (1)\n\n- locks: a\n  - to do az lock create\n");
    expect(text).toContain("### afterwards");
  });
});

describe("a run", () => {
  it("says of each failure what happened, what to do and under which correlation id", () => {
    const text = said(runReport(plan, failed("delete-item-2", { correlationId: "c-42", until }), ended(5)));
    expect(text).toContain(
      `- **failed** \`delete-item-2\` \`vm-2\`: \`Busy\`: another operation runs\n  - to do: run the same command again\n  - not before: \`${until}\`\n  - correlation id: \`c-42\`\n`,
    );
  });

  it("puts what a person must do before what can be tried again, and that before what takes time", () => {
    const text = said(
      runReport(
        plan,
        failed("delete-item-1", { disposition: "waiting" }),
        failed("delete-item-2"),
        failed("delete-vault-1", { disposition: "blocked" }),
        ended(3),
      ),
    );
    expect([...text.matchAll(/^- \*\*(\w+)\*\* `/gm)].map(([, disposition]) => disposition)).toEqual([
      "blocked",
      "failed",
      "waiting",
    ]);
  });

  it("that can go on says when and how", () => {
    const text = said(runReport(plan, ended(4, { resumeAfter: until, reason: "the time is over" })));
    expect(text).toContain("- reason: the time is over\n");
    expect(text).toContain(`- continue: the same command goes on where this run stopped, after \`${until}\`\n`);
  });

  it("that could not put something back says so before anything that is folded", () => {
    const [open] = said(runReport(plan, ended(5, { notPutBack: ["restore-lock-1 keep: az lock create"] }))).split(
      "<details>",
    );
    expect(open).toContain(
      "### taken away and not put back: do it by hand (1)\n\n- restore-lock-1 keep: `az lock create`\n",
    );
  });

  it("that took the vault away says what proves it, what could not be shown, and how it comes back", async () => {
    const rehearsal = rehearse("small");
    const made = await rehearsal.plan();
    const { events } = await rehearsal.run(made);
    const { runDocument } = await import("../../../src/reporting/run-document.ts");
    const text = said({ about: "run", plan: made, run: runDocument("r-7", made, events), events: () => events });
    expect(text).toContain("### proved (");
    expect(text).toMatch(/```sh\nvault-teardown recover --run r-7 --vault \S+\n```/);
    expect(text).toContain("### remains (");
  });

  it("tells of every step with its state", () => {
    const text = said(
      runReport(
        plan,
        intended("delete-item-1"),
        verified("delete-item-1"),
        failed("delete-item-2"),
        skipped("delete-vault-1", "delete-item-2"),
        ended(5),
      ),
    );
    expect(text).toContain("  - `delete-item-1` `vm-1`: verified in 1 min 0 s: delete-item-1 was read back\n");
    expect(text).toContain("  - `delete-item-2` `vm-2`: failed: `Busy`\n");
    expect(text).toContain("  - `delete-vault-1` `rsv-test`: skipped: because of `delete-item-2`\n");
  });
});

describe("an answer", () => {
  it("of drift names every difference", () => {
    expect(said(answerSaying(["a"], 1))).toContain("### differences (1)\n\n- new: a a, was a, is a\n");
  });

  it("tells of what the same command did before", () => {
    const before = [runReport(plan, failed("delete-item-1"), ended(5))].map(({ run }) => run);
    const text = said({ about: "answer", answer: { exitCode: 3, reason: "blocked", before } });
    expect(text).toContain("- nothing more was carried out than what is told below\n");
    expect(text).toContain("- run r-1: not done: rsv-test stands");
    expect(text).toContain("- **failed** `delete-item-1`");
  });
});

describe("whatever the names", () => {
  /** Words of the same length, so that no list is folded for one and not for the other. */
  const benign = ["x1", "x2", "x3", "x4", "x5"];

  it("a report has the same bones", () => {
    const expected = reportsSaying(benign).map((report) => bonesOf(said(report)));
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 5, maxLength: 5 }), (texts) => {
        const distinct = texts.map((text, at) => `${text}n${at}z`);
        const found = reportsSaying(distinct).map((report) => bonesOf(said(report)));
        expect(found).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });

  it("no word outside of code is a mention, a reference, a link or a mark", () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 3, maxLength: 5 }), (texts) => {
        for (const report of reportsSaying(texts)) expect(parsed(said(report)).words).not.toMatch(alive);
      }),
      { numRuns: 100 },
    );
  });
});

/** How long a fence is depends on what it holds. */
function bonesOf(text: string): readonly string[] {
  return parsed(text).bones.map((bone) => bone.replace(/^fence `+/, "fence"));
}

describe("a report of any size", () => {
  const texts = [
    "vm-1",
    "`".repeat(900),
    "@a ".repeat(600),
    "\u202E".repeat(400),
    "<b>|".repeat(500),
    "x".repeat(9000),
  ];

  it.each([1, 30, 1000, 10_000])("is shorter than a comment may be: %i of each thing", (size) => {
    // The longest texts are many at any size; ten thousand of each would be a gigabyte that is cut all the same.
    for (const report of reportsSaying(size > 1000 ? texts.slice(0, 3) : texts, size)) {
      const text = said(report);
      expect(text.length).toBeLessThan(65_000);
      expect(parsed(text).bones.filter((bone) => bone.startsWith("html_block")).length % 2).toBe(0);
    }
  });

  it("uses the room there is, and says what was cut and where it is", () => {
    const text = said({ about: "plan", plan: planSaying(["vm-1", "b"], 10_000) });
    expect(text.length).toBeGreaterThan(50_000);
    expect(text).toMatch(/… and \d+ more: `--format json` and `--format html` have all of them/);
  });

  it("says first what must not be missed: blockers, the outcome and what is lost are there among ten thousand steps", () => {
    const many = planSaying(["vm-1", "b"], 10_000, { blockers: blockersSaying(["Locked", "x"], 20) });
    const text = said({ about: "plan", plan: many });
    expect(text.match(/^- \*\*`(?:Locked|x)`\*\*/gm)).toHaveLength(20);
    expect(text).toContain("lost for good (5000)");
    expect(text).toContain("cannot be undone, or weakens a protection");
  });

  it("keeps a smaller limit, too", () => {
    const text = markdownReport({ about: "plan", plan: planSaying(["vm-1", "b"], 1000) }, { longest: 3000 });
    expect(text.length).toBeLessThan(3000);
    expect(text).toContain("Left out, for want of room: ");
  });

  it("is bounded for a rehearsed vault of two thousand items", async () => {
    const rehearsal = rehearse("large:2000");
    const made = await rehearsal.plan();
    expect(said({ about: "plan", plan: made }).length).toBeLessThan(65_000);
    expect(made.steps.length).toBeGreaterThan(2000);
  });
});
