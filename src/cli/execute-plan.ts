// Carries a consented plan out and prints how it ended, in the format asked for.

import type { Plan } from "../model/plan.ts";
import type { RunReport } from "../reporting/report.ts";
import { atTheConsole } from "./at-the-console.ts";
import { carryOut, type CarriedOut, type CarryOutOptions, type Refused } from "./carry-out.ts";
import { deliver, tellElsewhere } from "./deliver.ts";
import type { Delivery } from "./delivery.ts";
import type { ApplyArguments } from "./options.ts";
import { parseDuration } from "./stop-signal.ts";
import { optionsToFind, stateDirectory, type KnownRun } from "./stored-runs.ts";
import { printJson } from "./streams.ts";
import { UserError } from "./user-error.ts";
import type { Session } from "./wire.ts";

/** What of a command's options says how its plan is carried out. */
export type ExecutionOptions = Pick<
  ApplyArguments,
  "stateDir" | "guardTenant" | "concurrency" | "maxDuration" | "format"
> &
  Pick<CarryOutOptions, "runsBefore">;

/** What bounds a run is refused before anything is asked of Azure. Throws UserError. */
export function checkLimits({
  concurrency = 1,
  maxDuration,
}: Pick<ExecutionOptions, "concurrency" | "maxDuration">): void {
  parseDuration(maxDuration);
  if (!Number.isInteger(concurrency) || concurrency < 1)
    throw new UserError(`--concurrency ${concurrency} is not a whole number above 0`);
}

/** The run to continue, and what is looked at first. */
export type Continued = { readonly run: KnownRun; readonly lookFirst: () => Promise<number | undefined> };

/** Carries out a new run and brings how it ended to who waits for it. */
export async function executePlan(
  session: Session,
  plan: Plan,
  options: ExecutionOptions & { readonly delivery: Delivery },
): Promise<number> {
  const done = await execute(session, plan, options);
  return "refused" in done ? done.refused : tellOfRun(plan, done, options);
}

/** Brings how a run ended to who waits for it. Returns the exit code of the command. */
export async function tellOfRun(
  plan: Plan,
  done: CarriedOut,
  options: { readonly delivery: Delivery },
): Promise<number> {
  const report = runReport(plan, done);
  const { exitCode } = done.result;
  // As events it was printed while it ran.
  if (options.delivery.format === "ndjson") return tellElsewhere(report, options.delivery, exitCode);
  return deliver(report, options.delivery, exitCode);
}

/** What is told of a run that was carried out. */
export function runReport(plan: Plan, { document, events }: CarriedOut): RunReport {
  return { about: "run", plan, run: document, events };
}

/**
 * Carries it out, and tells of its events where they are the result; how it ended is the caller's to print. `continued` is
 * absent for a new run.
 */
export async function execute(
  session: Session,
  plan: Plan,
  options: ExecutionOptions,
  continued?: Continued,
): Promise<CarriedOut | Refused> {
  return carryOut(session, plan, {
    ...atTheConsole(parseDuration(options.maxDuration)),
    stateDir: stateDirectory(options.stateDir),
    concurrency: options.concurrency,
    unfinished: continued?.run,
    runsBefore: options.runsBefore,
    lookFirst: continued?.lookFirst,
    toFind: optionsToFind(options),
    listener: (event) => {
      if (options.format === "ndjson") printJson(event);
    },
  });
}
