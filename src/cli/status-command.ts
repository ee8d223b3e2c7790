// `status`: what the latest run on a vault did and where it stands, told from its journal. Asks Azure only with --live.

import { findVault } from "../azure/vault-reader.ts";
import { runDocument, runText } from "../reporting/run-summary.ts";
import { jsonText } from "../model/json-text.ts";
import { clean, cleanLines } from "../reporting/words.ts";
import { sayOwed } from "./left-open.ts";
import type { StatusArguments } from "./options.ts";
import { scopeFromId } from "./select-vault.ts";
import { stateDirectory, storedRuns, type KnownRun } from "./stored-runs.ts";
import { sayWait } from "./streams.ts";
import { UserError } from "./user-error.ts";

export async function statusCommand(options: StatusArguments): Promise<number> {
  const stateDir = stateDirectory(options.stateDir);
  const { known, unreadable } = storedRuns(stateDir, options);
  for (const { run, reason } of unreadable) process.stderr.write(`run ${run} cannot be read: ${cleanLines(reason)}\n`);
  const latest = known.at(-1);
  if (latest === undefined)
    throw new UserError(
      `no run is stored in ${stateDir} for that vault: name another with --state-dir, or begin one with apply`,
    );
  if (options.format === "ndjson") {
    for (const event of latest.journal.events) process.stdout.write(`${jsonText(event)}\n`);
    // Events alone do not say what a killed run still owes; the documents below do.
    sayOwed([latest]);
  }
  const document = runDocument(latest.run, latest.plan, latest.journal.events);
  if (options.format === "json") process.stdout.write(`${jsonText(document, 2)}\n`);
  if (options.format === "text") process.stdout.write(runText(document));
  if (options.live) process.stderr.write(`${await liveLine(latest, options)}\n`);
  return 0;
}

async function liveLine(run: KnownRun, options: StatusArguments): Promise<string> {
  const { openSession } = await import("./wire.ts");
  const session = await openSession(options, sayWait);
  if (session.azure !== run.azure)
    throw new UserError(
      `run ${run.run} was on ${run.azure}, not on ${session.azure}: give --live the same connection options`,
    );
  const vault = await findVault(session.clients(run.plan.apiVersions), scopeFromId(run.plan.vault.id));
  const name = clean(run.plan.vault.name);
  return vault === undefined ? `now: Azure no longer answers for ${name}` : `now: Azure still answers for ${name}`;
}
