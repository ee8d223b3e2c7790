// `status`: what the latest run on a vault did and where it stands, told from its journal. Asks Azure only with --live.

import type { UnreadableRun } from "../journal/state-folder.ts";
import { jsonText } from "../model/json-text.ts";
import { runDocument, runText } from "../reporting/run-summary.ts";
import { clean, cleanLines } from "../reporting/words.ts";
import { sayOwed } from "./left-open.ts";
import type { StatusArguments } from "./options.ts";
import { latestRun, stateDirectory, storedRuns, type KnownRun } from "./stored-runs.ts";
import { printPieces, sayWait } from "./streams.ts";
import { UserError } from "./user-error.ts";

export async function statusCommand(options: StatusArguments): Promise<number> {
  const stateDir = stateDirectory(options.stateDir);
  const { runs, unreadable } = storedRuns(stateDir, options);
  for (const lost of unreadable) sayUnreadable(lost);
  const latest = latestRun(runs, undefined, sayUnreadable);
  if (latest === undefined)
    throw new UserError(
      `no run is stored in ${stateDir} for that vault: name another with --state-dir, or begin one with apply`,
    );
  await printRun(latest, options.format);
  if (options.live) process.stderr.write(`${await liveLine(latest, options)}\n`);
  return 0;
}

function sayUnreadable({ run, reason }: UnreadableRun): void {
  process.stderr.write(`run ${run} cannot be read: ${cleanLines(reason)}\n`);
}

async function printRun(latest: KnownRun, format: string): Promise<void> {
  const { events } = latest.journal;
  if (format === "ndjson") {
    await printPieces(jsonLines(events));
    // Events alone do not say what a killed run still owes; the documents below do.
    return sayOwed(latest);
  }
  const document = runDocument(latest.run, latest.plan, events);
  process.stdout.write(format === "json" ? `${jsonText(document, 2)}\n` : runText(document));
}

function* jsonLines(values: Iterable<unknown>): Generator<string, void> {
  for (const value of values) yield `${jsonText(value)}\n`;
}

async function liveLine({ run, plan, start }: KnownRun, options: StatusArguments): Promise<string> {
  // Loaded only here: what is told from the journal needs no SDK.
  const [{ openSession }, { readerFor }] = await Promise.all([import("./wire.ts"), import("./select-vault.ts")]);
  const session = await openSession(options, sayWait);
  if (session.azure !== start.azure)
    throw new UserError(
      `run ${run} was on ${start.azure}, not on ${session.azure}: give --live the same connection options`,
    );
  const vault = await readerFor(session, plan).vault();
  const name = clean(plan.vault.name);
  return vault === undefined ? `now: Azure no longer answers for ${name}` : `now: Azure still answers for ${name}`;
}
