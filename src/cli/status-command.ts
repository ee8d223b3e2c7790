// `status`: what the latest run on a vault did and where it stands, told from its journal. Asks Azure only with --live.

import type { UnreadableRun } from "../journal/state-folder.ts";
import { runReportFormats } from "../reporting/formats.ts";
import type { RunReport } from "../reporting/report.ts";
import { runDocument } from "../reporting/run-document.ts";
import { deliver } from "./deliver.ts";
import { deliveryOf } from "./delivery.ts";
import { sayOwed } from "./left-open.ts";
import type { StatusArguments } from "./options.ts";
import { latestRun, optionsToFind, stateDirectory, storedRuns, type KnownRun } from "./stored-runs.ts";
import { say, sayWait } from "./streams.ts";
import { UserError } from "./user-error.ts";

/** Returns the exit code. Throws UserError, StateFolderError and, with --live, AzureError. */
export async function statusCommand(options: StatusArguments): Promise<number> {
  const delivery = deliveryOf(options, runReportFormats, false);
  const stateDir = stateDirectory(options.stateDir);
  const { runs, unreadable } = storedRuns(stateDir, options);
  for (const lost of unreadable) sayUnreadable(lost);
  const latest = latestRun(runs, undefined, sayUnreadable);
  if (latest === undefined)
    throw new UserError(
      `no run is stored in ${stateDir} for that vault: name another with --state-dir, or begin one with apply`,
    );
  const exitCode = await deliver(reportOn(latest, options), delivery, 0);
  // Events alone do not say what a killed run still owes; every other format does.
  if (options.format === "ndjson") sayOwed(latest);
  if (options.live) say(await liveLine(latest, options));
  return exitCode;
}

function sayUnreadable({ run, reason }: UnreadableRun): void {
  say(`run ${run} cannot be read: ${reason}`);
}

function reportOn(latest: KnownRun, options: StatusArguments): RunReport {
  const { run, plan, journal } = latest;
  const document = runDocument(run, plan, journal.events, optionsToFind(options));
  return { about: "run", plan, run: document, events: () => journal.events };
}

async function liveLine({ run, plan, start }: KnownRun, options: StatusArguments): Promise<string> {
  // Loaded only here: what is told from the journal needs no SDK.
  const [{ openSession }, { readerFor }] = await Promise.all([import("./wire.ts"), import("./vault-by-id.ts")]);
  const session = await openSession(options, sayWait);
  if (session.azure !== start.azure)
    throw new UserError(
      `run ${run} was on ${start.azure}, not on ${session.azure}: give --live the same connection options`,
    );
  const vault = await readerFor(session, plan).vault();
  const { name } = plan.vault;
  return vault === undefined ? `now: Azure no longer answers for ${name}` : `now: Azure still answers for ${name}`;
}
