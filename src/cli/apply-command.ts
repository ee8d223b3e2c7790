// `apply`: carry a plan out. Continues an unfinished run of that vault, or applies a saved plan, or plans first.

import { runNames, type StoredRuns } from "../journal/state-folder.ts";
import type { Plan } from "../model/plan.ts";
import { planReportFormats, runReportFormats } from "../reporting/formats.ts";
import { planText } from "../reporting/plan-text.ts";
import { recoverWords } from "../reporting/recovery-text.ts";
import { blocked, nothingToDo, objected } from "../reporting/answers.ts";
import { confirm, isAsked } from "./confirm.ts";
import { continueRun } from "./continue-run.ts";
import { answer, deliver } from "./deliver.ts";
import { deliveryOf, type Delivery } from "./delivery.ts";
import { checkLimits, executePlan } from "./execute-plan.ts";
import { sayLeftOpen, sayOwed } from "./left-open.ts";
import { makePlan, planOptions } from "./make-plan.ts";
import { objectionTo } from "./objections.ts";
import type { ApplyArguments } from "./options.ts";
import { exitCodeOfPlan, planCommand } from "./plan-command.ts";
import { checkShown, planReport } from "./plan-report.ts";
import { readPlan } from "./read-plan.ts";
import { notFound, selectVault } from "./select-vault.ts";
import {
  latestRun,
  stateDirectory,
  storedRuns,
  unfinishedRun,
  type KnownRun,
  type WantedVault,
} from "./stored-runs.ts";
import { sayWait, show } from "./streams.ts";
import { UserError } from "./user-error.ts";
import { readerFor } from "./vault-by-id.ts";
import { openSession, type Session } from "./wire.ts";

/** `runsBefore`: the runs stored before anything was looked at. */
type Beginning = ApplyArguments & { readonly runsBefore: ReadonlySet<string>; readonly delivery: Delivery };

/** Returns the exit code. Throws what has one line for people, and AzureError. */
export async function applyCommand(options: ApplyArguments): Promise<number> {
  checkOptions(options);
  if (options.dryRun) return dryRun(options);
  const delivery = deliveryOf(options, runReportFormats, true);
  const session = await openSession(options, sayWait);
  const begin: Beginning = { ...options, delivery, runsBefore: runNames(stateDirectory(options.stateDir)) };
  if (options.plan !== undefined) return applySaved(session, options.plan, begin);
  const stored = runsOn(session, options, { ...options, subscription: options.subscription ?? session.subscription });
  const unfinished = teardownOnly(unfinishedRun(stored, session.azure));
  return unfinished === undefined ? planAndApply(session, begin, stored) : continueRun(session, unfinished, begin);
}

/** None where nothing can be continued: the Azure of an earlier process is gone, or a fresh start was asked for. */
function runsOn(session: Session, options: ApplyArguments, wanted: WantedVault): StoredRuns {
  if (session.ephemeral) return { runs: [], unreadable: [] };
  const stored = storedRuns(stateDirectory(options.stateDir), wanted);
  if (!options.fresh) return stored;
  sayLeftOpen(stored, session.azure);
  return { runs: [], unreadable: [] };
}

/** What a recovery has begun to bring back is not taken down half-way by an oversight. Throws UserError. */
function teardownOnly(unfinished: KnownRun | undefined): KnownRun | undefined {
  if (unfinished?.plan.recovery === undefined) return unfinished;
  throw new UserError(
    `run ${unfinished.run}, a recovery of ${unfinished.plan.vault.name}, is unfinished: finish it with vault-teardown ${recoverWords(unfinished.plan)}, or begin a teardown anew with --fresh`,
  );
}

function checkOptions(options: ApplyArguments): void {
  checkLimits(options);
  checkShown(options.dryRun, options.format, options.showCommands);
  planOptions(options);
  const { strategy, allow, keep, deep = false } = options;
  const planning = strategy !== undefined || allow !== undefined || keep !== undefined || deep;
  if (options.plan !== undefined && planning)
    throw new UserError(
      "a saved plan takes no planning option (--strategy, --allow, --keep, --deep): make a new plan with them",
    );
}

async function dryRun(options: ApplyArguments): Promise<number> {
  if (options.plan === undefined) return planCommand(options);
  const delivery = deliveryOf(options, planReportFormats, true);
  const plan = readPlan(options.plan);
  const report = await planReport(plan, options.showCommands);
  return deliver(report, delivery, exitCodeOfPlan(plan, options.detailedExitcode));
}

async function applySaved(session: Session, path: string, options: Beginning): Promise<number> {
  const plan = readPlan(path);
  if (plan.vault.cloud !== session.cloud.name)
    throw new UserError(`${path} is a plan for the cloud ${plan.vault.cloud}: add --cloud ${plan.vault.cloud}`);
  if (plan.recovery !== undefined)
    throw new UserError(`${path} is the plan of a recovery: carry it out with vault-teardown recover`);
  const unfinished = teardownOnly(unfinishedRun(runsOn(session, options, { vault: plan.vault.id }), session.azure));
  if (unfinished?.plan.id === plan.id) return continueRun(session, unfinished, options);
  // Another plan takes the place of that run, which is never continued then.
  if (unfinished !== undefined) sayOwed(unfinished);
  const objection = await objectionTo(session, plan);
  if (objection !== undefined) return answer(options.delivery, objected(plan, objection, "make a new one"));
  return present(session, plan, options);
}

async function planAndApply(session: Session, options: Beginning, stored: StoredRuns): Promise<number> {
  const selection = await selectVault(session, options);
  if (selection.found === "none")
    return answer(options.delivery, nothingToDo(`${selection.where} has no ${selection.what}`));
  if (selection.found === "unknown") {
    const done = latestRun(stored.runs, session.azure);
    const last = done?.journal.last;
    const isGone = last?.type === "run-ended" && last.exitCode === 0 && done?.plan.recovery === undefined;
    if (done === undefined || !isGone || !(await isStillGone(session, done.plan))) throw notFound(selection);
    return answer(options.delivery, nothingToDo(`run ${done.run} already took ${done.plan.vault.name} down`));
  }
  const plan = await makePlan(session, selection.scope, selection.vault, planOptions(options), options.deep);
  return present(session, plan, options);
}

/** The stored run names the vault by its full id; only Azure can say that it is this one that is not found. */
async function isStillGone(session: Session, plan: Plan): Promise<boolean> {
  return (await readerFor(session, plan).vault()) === undefined;
}

/** Shows the plan, stops where a person must act, asks, and carries it out. */
async function present(session: Session, plan: Plan, options: Beginning): Promise<number> {
  if (exitCodeOfPlan(plan, false) !== 0) return answer(options.delivery, blocked(plan));
  if (options.format === "text" || isAsked(options.confirm)) show(planText(plan));
  await confirm(plan, options.confirm);
  return executePlan(session, plan, options);
}
