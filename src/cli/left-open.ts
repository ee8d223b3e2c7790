// Says what an unfinished run has taken away and not put back, before another run begins in its place. It changes nothing.

import { notUndone } from "../model/undoing.ts";
import { cleanLines } from "../reporting/words.ts";
import type { KnownRuns } from "./stored-runs.ts";

/** One line on stderr for everything that is still owed on this Azure: a run that is left behind never pays it. */
export function sayLeftOpen({ known }: KnownRuns, azure: string): void {
  for (const { run, plan, journal } of known.filter((candidate) => candidate.azure === azure)) {
    const owed = notUndone(plan.steps, journal.events).map((line) => `run ${run} has not put back ${line}`);
    if (owed.length > 0) process.stderr.write(`${cleanLines(owed.join("\n"))}\n`);
  }
}
