// Of the stored runs only those are opened that something is asked about: the latest of a vault, and what it leaves open.

import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { latestRun, opened, storedRuns, unfinishedRun } from "../../src/cli/stored-runs.ts";
import type { RunEvent } from "../../src/model/event.ts";
import type { Plan } from "../../src/model/plan.ts";
import { rehearse } from "../rehearsal.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { ended, storedRun } from "./stored-run.ts";

let plan: Plan;
beforeAll(async () => {
  plan = await rehearse("small").plan();
});

/** Stores a run of the plan; unfinished unless it is given an end. Returns its folder. */
const store = (stateDir: string, run: string, azure: string, ...events: readonly RunEvent[]): string =>
  storedRun({ stateDir, plan, run, azure }, ...events);

function spoilPlan(folder: string): void {
  writeFileSync(join(folder, "plan.json"), "no plan");
}

/** Damage that is found only by reading on after the first event. */
function spoilJournal(folder: string): void {
  appendFileSync(join(folder, "journal.ndjson"), "damage\ndamage\n");
}

it("runs are told apart by the kind of their vault", () => {
  const stateDir = temporaryFolder();
  store(stateDir, "r-1", "public");
  const { name: vault } = plan.vault;
  const kinds = [undefined, "recovery-services", "backup"];
  expect(kinds.map((kind) => storedRuns(stateDir, { vault, kind }).runs.length)).toEqual([1, 1, 0]);
});

describe("the run that an apply continues", () => {
  it("is the latest of its vault, if that did not finish", () => {
    const stateDir = temporaryFolder();
    store(stateDir, "r-1", "public");
    store(stateDir, "r-2", "public", { type: "step-intended", step: plan.steps[0]!.id });
    expect(unfinishedRun(storedRuns(stateDir, {}), "public")).toMatchObject({
      run: "r-2",
      journal: { count: 2 },
      plan,
    });
    store(stateDir, "r-3", "public", ended);
    expect(unfinishedRun(storedRuns(stateDir, {}), "public")).toBeUndefined();
  });

  it.each([
    ["plan", spoilPlan, /r-2 cannot be continued: .*plan\.json/],
    ["journal", spoilJournal, /r-2 cannot be continued: .*journal\.ndjson line 2 is not an event/],
  ])("is refused while a later one has a damaged %s, and found whatever an earlier one has", (_, spoil, refusal) => {
    const stateDir = temporaryFolder();
    spoil(store(stateDir, "r-2", "public"));
    expect(() => unfinishedRun(storedRuns(stateDir, {}), "public")).toThrow(refusal);
    store(stateDir, "r-1", "public");
    expect(() => unfinishedRun(storedRuns(stateDir, {}), "public")).toThrow(refusal);
    store(stateDir, "r-3", "public");
    expect(unfinishedRun(storedRuns(stateDir, {}), "public")).toMatchObject({ run: "r-3" });
  });

  it("is refused while a later journal cannot even be begun with", () => {
    const stateDir = temporaryFolder();
    store(stateDir, "r-1", "public");
    const lost = store(stateDir, "r-2", "public");
    writeFileSync(join(lost, "journal.ndjson"), "damage\ndamage\n");
    expect(() => unfinishedRun(storedRuns(stateDir, {}), "public")).toThrow(/r-2 cannot be continued: .* line 1/);
  });

  it("was on the same Azure: a later run on another one neither is it nor hides it", () => {
    const stateDir = temporaryFolder();
    store(stateDir, "r-1", "public");
    store(stateDir, "r-2", "endpoint:http://127.0.0.1:1");
    expect(unfinishedRun(storedRuns(stateDir, {}), "public")).toMatchObject({ run: "r-1" });
  });

  it("is refused while a later one on the same Azure is damaged, whatever came after it on another", () => {
    for (const spoil of [spoilPlan, spoilJournal]) {
      const stateDir = temporaryFolder();
      store(stateDir, "r-1", "public");
      spoil(store(stateDir, "r-2", "public"));
      store(stateDir, "r-3", "endpoint:http://127.0.0.1:1");
      expect(() => unfinishedRun(storedRuns(stateDir, {}), "public")).toThrow(/r-2 cannot be continued: /);
    }
  });

  it("is refused while a later one may have been on the same Azure, and found where that was on another", () => {
    const stateDir = temporaryFolder();
    store(stateDir, "r-1", "public");
    const lost = store(stateDir, "r-2", "endpoint:http://127.0.0.1:1");
    spoilPlan(lost);
    expect(unfinishedRun(storedRuns(stateDir, {}), "public")).toMatchObject({ run: "r-1" });
    writeFileSync(join(lost, "journal.ndjson"), "damage\ndamage\n");
    store(stateDir, "r-3", "endpoint:http://127.0.0.1:1");
    expect(() => unfinishedRun(storedRuns(stateDir, {}), "public")).toThrow(/r-2 cannot be continued: .* line 1/);
  });

  it("is none of another vault", () => {
    const stateDir = temporaryFolder();
    store(stateDir, "r-1", "public");
    expect(unfinishedRun(storedRuns(stateDir, { vault: "another" }), "public")).toBeUndefined();
    expect(unfinishedRun(storedRuns(stateDir, { vault: plan.vault.id.toUpperCase() }), "public")).toBeDefined();
  });
});

describe("the latest run", () => {
  it("is the latest that can be opened; later ones that cannot are told with the reason, earlier ones not opened", () => {
    const stateDir = temporaryFolder();
    for (const [run, spoil] of [
      ["r-1", spoilPlan],
      ["r-3", spoilJournal],
      ["r-4", spoilPlan],
    ] as const)
      spoil(store(stateDir, run, "public"));
    const folder = store(stateDir, "r-2", "public", ended);
    const told: string[] = [];
    const latest = latestRun(storedRuns(stateDir, {}).runs, undefined, (lost) => told.push(lost.run));
    expect(latest).toMatchObject({ run: "r-2", folder, journal: { last: { type: "run-ended" } } });
    expect(told).toEqual(["r-4", "r-3"]);
  });
});

describe("stored runs", () => {
  it("are opened one at a time, when the next is asked for", () => {
    const stateDir = temporaryFolder();
    const folders = ["r-1", "r-2"].map((run) => store(stateDir, run, "public"));
    const runs = opened(storedRuns(stateDir, {}).runs);
    expect(runs.next().value).toMatchObject({ run: "r-1", plan });
    spoilPlan(folders[1]!);
    expect(runs.next().value).toMatchObject({ run: "r-2", reason: expect.stringContaining("plan.json") });
    expect(runs.next().done).toBe(true);
  });
});
