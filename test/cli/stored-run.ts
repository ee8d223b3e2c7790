// A run as an earlier process has left it in the state folder: unfinished, unless it is given an end.

import { join } from "node:path";
import { openJournal } from "../../src/journal/journal-file.ts";
import { createRun, vaultFolder } from "../../src/journal/state-folder.ts";
import type { RunEvent } from "../../src/model/event.ts";
import type { Plan } from "../../src/model/plan.ts";
import { renderPlan } from "../../src/planning/plan-document.ts";

export type Stored = {
  readonly stateDir: string;
  readonly plan: Plan;
  readonly run: string;
  readonly azure: string;
};

const counts = { verified: 0, failed: 0, skipped: 0, open: 0 };

/** The last event of a run that has nothing left to do. */
export const ended: RunEvent = { type: "run-ended", exitCode: 0, resumable: false, counts };

/** Stores it with these events after its first. Returns its folder. */
export function storedRun({ stateDir, plan, run, azure }: Stored, ...events: readonly RunEvent[]): string {
  const folder = createRun(vaultFolder(stateDir, plan.vault.id), run, renderPlan(plan));
  const journal = openJournal(join(folder, "journal.ndjson"), { now: () => 0 });
  const about = { run, plan: plan.id, vault: plan.vault.id, azure, tool: "t", steps: plan.steps.length };
  for (const event of [{ type: "run-started", formatVersion: 1, ...about } as const, ...events]) journal.append(event);
  journal.close();
  return folder;
}
