// `runPlan`: carries a plan out, behind the same gates as `vault-teardown apply plan.json`. It prints nothing, listens to no
// signal of the process and does not end it.

import { carryOut } from "../cli/carry-out.ts";
import { objectionTo, objectionToContinuing } from "../cli/objections.ts";
import { optionsToFind, stateDirectory, storedRuns, unfinishedRun, type KnownRun } from "../cli/stored-runs.ts";
import type { Session } from "../cli/wire.ts";
import { runNames } from "../journal/state-folder.ts";
import type { Objection } from "../model/objection.ts";
import type { Plan } from "../model/plan.ts";
import { notUndone } from "../model/undoing.ts";
import { renderPlan } from "../planning/plan-document.ts";
import { openPlan } from "../planning/saved-plan.ts";
import { objected } from "../reporting/answers.ts";
import type { RunDocument } from "../reporting/run-document.ts";
import { confirms } from "../safety/confirmation.ts";
import { openConnection } from "./connection.ts";
import type { RunPlanOptions } from "./options.ts";
import { refusing } from "./refusing.ts";
import { silence } from "./silence.ts";
import { TeardownError } from "./teardown-error.ts";

/**
 * Carries a plan out, journalled and resumable: called again with the same plan after anything, a crash too, it goes on with
 * that run. Before a step is taken it looks whether the vault still is what was planned, and whether the rights are there.
 *
 * Resolves with how the run ended, also where steps failed (`exitCode` is that of the command: 0 gone, 3 a person must act,
 * 4 time must pass, 5 steps failed, 130 stopped). Rejects with `TeardownError` where it was not carried out or broke, with
 * `AzureError` where Azure refuses before the first step, and with the reason of a signal that comes before that.
 */
export async function runPlan(plan: Plan, options: RunPlanOptions): Promise<RunDocument> {
  const { signal } = options;
  signal?.throwIfAborted();
  const opened = await refusing("invalid-argument", () => checked(plan, options));
  const session = await refusing("invalid-argument", () => openConnection(opened.vault.cloud, options));
  const stateDir = stateDirectory(options.stateDir);
  const { runsBefore, unfinished } = await refusing("state-unusable", () => ({
    runsBefore: runNames(stateDir),
    unfinished: runToContinue(session, opened, stateDir, options),
  }));
  if (unfinished === undefined) throwIfAny(opened, await objectionTo(session, opened));
  signal?.throwIfAborted();
  return carryOutSilently(session, opened, { ...options, stateDir, runsBefore, unfinished });
}

/** The plan, if it is one and these options can carry it out. Throws TeardownError and PlanDocumentError. */
function checked(plan: Plan, { confirm, concurrency = 1, maxDurationSeconds = 1, onEvent }: RunPlanOptions): Plan {
  const opened = openPlan(documentOf(plan), "the plan");
  if (opened.recovery !== undefined)
    throw invalid("the plan is that of a recovery: carry it out with vault-teardown recover");
  if (!Number.isInteger(concurrency) || concurrency < 1)
    throw invalid(`concurrency ${concurrency} is not a whole number above 0`);
  if (!Number.isFinite(maxDurationSeconds) || maxDurationSeconds <= 0)
    throw invalid(`maxDurationSeconds ${maxDurationSeconds} is not a number above 0`);
  if (onEvent !== undefined && typeof onEvent !== "function") throw invalid("onEvent is no function");
  if (typeof confirm === "string" && confirms(opened, confirm)) return opened;
  throw new TeardownError(
    { code: "wrong-confirmation" },
    `confirm ${confirm} names neither the vault ${opened.vault.name} nor the plan ${opened.id}: nothing was changed`,
  );
}

/** The plan as `openPlan` reads it from a file. Throws TeardownError for what no file could hold. */
function documentOf(plan: Plan): string {
  try {
    if (typeof plan === "object" && plan !== null) return renderPlan(plan);
  } catch (cause) {
    throw new TeardownError({ code: "invalid-plan" }, "the plan cannot be written as JSON", { cause });
  }
  throw new TeardownError({ code: "invalid-plan" }, "the plan is none: give what planTeardown gave");
}

function invalid(message: string): TeardownError {
  return new TeardownError({ code: "invalid-argument" }, message);
}

/** The unfinished run of this very plan. Throws TeardownError where another stands in its way, and UserError. */
function runToContinue(
  { azure }: Session,
  plan: Plan,
  stateDir: string,
  { fresh = false }: RunPlanOptions,
): KnownRun | undefined {
  if (fresh) return undefined;
  const unfinished = unfinishedRun(storedRuns(stateDir, { vault: plan.vault.id }), azure);
  if (unfinished === undefined || unfinished.plan.id === plan.id) return unfinished;
  const notPutBack = notUndone(unfinished.plan.steps, unfinished.journal.events);
  if (unfinished.plan.recovery === undefined && notPutBack.length === 0) return undefined;
  const what = unfinished.plan.recovery === undefined ? "a run of another plan" : "a recovery";
  throw new TeardownError(
    { code: "unfinished-run", run: unfinished.run, notPutBack },
    `run ${unfinished.run}, ${what}, is unfinished on ${plan.vault.name}: finish it, or begin anew with fresh`,
  );
}

function throwIfAny(plan: Plan, objection: Objection | undefined, details: readonly string[] = []): void {
  if (objection !== undefined)
    throw new TeardownError(objection, objected(plan, objection, "make a new one").answer.reason, { details });
}

type Beginning = RunPlanOptions & {
  readonly stateDir: string;
  readonly runsBefore: ReadonlySet<string>;
  readonly unfinished: KnownRun | undefined;
};

async function carryOutSilently(session: Session, plan: Plan, options: Beginning): Promise<RunDocument> {
  const { stateDir, concurrency, runsBefore, unfinished } = options;
  const { surroundings, listener, said, throwIfListenerThrew } = silence(options);
  let objection: Objection | undefined;
  // Only told here: carryOut first puts back what the run has taken, then ends with this code.
  const lookFirst = async (): Promise<number | undefined> => {
    if (unfinished !== undefined) objection = await objectionToContinuing(session, unfinished);
    return objection === undefined ? undefined : 1;
  };
  const toFind = optionsToFind(options);
  const run = { stateDir, concurrency, runsBefore, unfinished, lookFirst, toFind, listener };
  const done = await refusing("held-by-another", () => carryOut(session, plan, { ...surroundings, ...run }), said);
  const owed = "refused" in done ? done.notPutBack.map((line) => `not put back: ${line}`) : [];
  throwIfAny(plan, objection, [...said, ...owed]);
  throwIfListenerThrew();
  if ("refused" in done) throw new Error("a run was refused for no reason");
  return done.document;
}
