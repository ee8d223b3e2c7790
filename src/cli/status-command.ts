// `status`: what the latest run on a vault did and where it stands, told from its journal. Asks Azure only with --live.

import type { UnreadableRun } from "../journal/state-folder.ts";
import { jsonText, type JsonText } from "../model/json-text.ts";
import { runDocument } from "../reporting/run-document.ts";
import { runText } from "../reporting/run-text.ts";
import { sayOwed } from "./left-open.ts";
import type { StatusArguments } from "./options.ts";
import { latestRun, optionsToFind, stateDirectory, storedRuns, type KnownRun } from "./stored-runs.ts";
import { print, printJson, printPieces, say, sayWait } from "./streams.ts";
import { UserError } from "./user-error.ts";

/** Returns the exit code. Throws UserError, StateFolderError and, with --live, AzureError. */
export async function statusCommand(options: StatusArguments): Promise<number> {
  const stateDir = stateDirectory(options.stateDir);
  const { runs, unreadable } = storedRuns(stateDir, options);
  for (const lost of unreadable) sayUnreadable(lost);
  const latest = latestRun(runs, undefined, sayUnreadable);
  if (latest === undefined)
    throw new UserError(
      `no run is stored in ${stateDir} for that vault: name another with --state-dir, or begin one with apply`,
    );
  await printRun(latest, options);
  if (options.live) say(await liveLine(latest, options));
  return 0;
}

function sayUnreadable({ run, reason }: UnreadableRun): void {
  say(`run ${run} cannot be read: ${reason}`);
}

async function printRun(latest: KnownRun, options: StatusArguments): Promise<void> {
  const { events } = latest.journal;
  const { format } = options;
  if (format === "ndjson") {
    await printPieces(jsonLines(events));
    // Events alone do not say what a killed run still owes; the documents below do.
    return sayOwed(latest);
  }
  const document = runDocument(latest.run, latest.plan, events, optionsToFind(options));
  if (format === "json") printJson(document, 2);
  else print(runText(document));
}

function* jsonLines(values: Iterable<unknown>): Generator<JsonText, void> {
  for (const value of values) yield `${jsonText(value)}\n` as JsonText;
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
