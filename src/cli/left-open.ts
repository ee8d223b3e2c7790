// Says what runs have taken away and not put back, before anything else happens in their place. It changes nothing.

import { join } from "node:path";
import type { StoredRuns, UnreadableRun } from "../journal/state-folder.ts";
import { notUndone } from "../model/undoing.ts";
import { opened, type KnownRun } from "./stored-runs.ts";
import { say } from "./streams.ts";

/** One line on stderr for everything this run still owes. */
export function sayOwed({ run, plan, journal }: KnownRun): void {
  say(...notUndone(plan.steps, journal.events).map((line) => `run ${run} has not put back ${line}`));
}

/** The same of every run on this Azure that is left behind: it never pays. What an unreadable one owes, nobody can tell. */
export function sayLeftOpen({ runs, unreadable }: StoredRuns, azure: string): void {
  const lost: UnreadableRun[] = [];
  for (const run of opened(runs.filter(({ start }) => start.azure === azure)))
    if ("plan" in run) sayOwed(run);
    else lost.push(run);
  say(
    ...[...unreadable, ...lost].map(
      ({ run, vaultFolder, reason }) =>
        `run ${run} cannot be read (${reason}): whether it has put back the locks it removed is not known; look for remove-lock in ${join(vaultFolder, run)}`,
    ),
  );
}
