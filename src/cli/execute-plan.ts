// Carries a consented plan out and prints how it ended, in the format asked for.

import type { Plan } from "../model/plan.ts";
import { runText } from "../reporting/run-summary.ts";
import { carryOut, type CarryOutOptions } from "./carry-out.ts";
import type { ApplyArguments } from "./options.ts";
import { parseDuration } from "./stop-signal.ts";
import { stateDirectory, type KnownRun } from "./stored-runs.ts";
import { print, printJson } from "./streams.ts";
import type { Session } from "./wire.ts";

/** `continued`: the run to continue, absent for a new one, and what is looked at first. */
export async function executePlan(
  session: Session,
  plan: Plan,
  options: ApplyArguments & Pick<CarryOutOptions, "runsBefore">,
  continued?: { readonly run: KnownRun; readonly lookFirst: () => Promise<number | undefined> },
): Promise<number> {
  const done = await carryOut(session, plan, {
    stateDir: stateDirectory(options.stateDir),
    concurrency: options.concurrency,
    maximum: parseDuration(options.maxDuration),
    unfinished: continued?.run,
    runsBefore: options.runsBefore,
    lookFirst: continued?.lookFirst,
    listener: (event) => {
      if (options.format === "ndjson") printJson(event);
    },
  });
  if ("refused" in done) return done.refused;
  const { result, document } = done;
  if (options.format === "json") printJson(document, 2);
  if (options.format === "text") print(runText(document));
  return result.exitCode;
}
