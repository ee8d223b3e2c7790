// Carries a consented plan out and prints how it ended, in the format asked for.

import { jsonText } from "../model/json-text.ts";
import type { Plan } from "../model/plan.ts";
import { runDocument, runText } from "../reporting/run-summary.ts";
import { carryOut } from "./carry-out.ts";
import type { ApplyArguments } from "./options.ts";
import { parseDuration } from "./stop-signal.ts";
import { stateDirectory, type KnownRun } from "./stored-runs.ts";
import type { Session } from "./wire.ts";

/** `unfinished`: the run to continue; absent for a new one. */
export async function executePlan(
  session: Session,
  plan: Plan,
  options: ApplyArguments,
  unfinished?: KnownRun,
): Promise<number> {
  const { run, result, events } = await carryOut(session, plan, {
    stateDir: stateDirectory(options.stateDir),
    concurrency: options.concurrency,
    maximum: parseDuration(options.maxDuration),
    unfinished,
    listener: (event) => {
      if (options.format === "ndjson") process.stdout.write(`${jsonText(event)}\n`);
    },
  });
  const document = runDocument(run, plan, events);
  if (options.format === "json") process.stdout.write(`${jsonText(document, 2)}\n`);
  if (options.format === "text") process.stdout.write(runText(document));
  return result.exitCode;
}
