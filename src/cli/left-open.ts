// Says what runs have taken away and not put back, before anything else happens in their place. It changes nothing.

import { join } from "node:path";
import { notUndone } from "../model/undoing.ts";
import { cleanLines } from "../reporting/words.ts";
import type { KnownRun, KnownRuns } from "./stored-runs.ts";

/** One line on stderr for everything these runs still owe. */
export function sayOwed(runs: readonly KnownRun[]): void {
  say(
    runs.flatMap(({ run, plan, journal }) =>
      notUndone(plan.steps, journal.events).map((line) => `run ${run} has not put back ${line}`),
    ),
  );
}

/** The same of every run on this Azure that is left behind: it never pays. What an unreadable one owes, nobody can tell. */
export function sayLeftOpen({ known, unreadable }: KnownRuns, azure: string): void {
  sayOwed(known.filter((candidate) => candidate.azure === azure));
  say(
    unreadable.map(
      ({ run, vaultFolder, reason }) =>
        `run ${run} cannot be read (${reason}): whether it has put back the locks it removed is not known; look for remove-lock in ${join(vaultFolder, run)}`,
    ),
  );
}

function say(lines: readonly string[]): void {
  if (lines.length > 0) process.stderr.write(`${cleanLines(lines.join("\n"))}\n`);
}
