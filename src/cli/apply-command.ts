// `apply`: carry a plan out. Continues an unfinished run of that vault, or applies a saved plan, or plans first.

import { discover } from "../discovery/discover.ts";
import { readText, UnreadableFileError } from "../journal/regular-file.ts";
import { largestPlan, runNames, type StoredRuns } from "../journal/state-folder.ts";
import type { Plan } from "../model/plan.ts";
import { comparePermissions } from "../planning/permissions.ts";
import { openPlan } from "../planning/saved-plan.ts";
import { planText } from "../reporting/plan-text.ts";
import { recoverWords } from "../reporting/recovery-text.ts";
import { driftFrom } from "../safety/drift.ts";
import { blockersFromGaps } from "../safety/gaps.ts";
import { blocked, drifted, incomparable, notAllowed, nothingToDo } from "./answers.ts";
import { confirm } from "./confirm.ts";
import { continueRun } from "./continue-run.ts";
import { checkLimits, executePlan } from "./execute-plan.ts";
import { sayLeftOpen, sayOwed } from "./left-open.ts";
import { makePlan, planOptions } from "./make-plan.ts";
import type { ApplyArguments } from "./options.ts";
import { checkShown, exitCodeOfPlan, planCommand, printPlan } from "./plan-command.ts";
import { readGrants } from "./read-grants.ts";
import { notFound, readerFor, selectVault } from "./select-vault.ts";
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
import { openSession, type Session } from "./wire.ts";
import { keepYoungSpaceSmall } from "./young-space.ts";

/** `runsBefore`: the runs stored before anything was looked at. */
type Beginning = ApplyArguments & { readonly runsBefore: ReadonlySet<string> };

/** Returns the exit code. Throws what has one line for people, and AzureError. */
export async function applyCommand(options: ApplyArguments): Promise<number> {
  checkOptions(options);
  if (options.dryRun) return dryRun(options);
  const session = await openSession(options, sayWait);
  const begin: Beginning = { ...options, runsBefore: runNames(stateDirectory(options.stateDir)) };
  if (options.plan !== undefined) return applySaved(session, options.plan, begin);
  const stored = runsOn(session, options, { ...options, subscription: options.subscription ?? session.subscription });
  const unfinished = teardownOnly(unfinishedRun(stored, session.azure));
  return unfinished === undefined ? planAndApply(session, begin, stored) : continueRun(session, unfinished, options);
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
  checkShown(options);
  planOptions(options);
  const { strategy, allow, keep, deep = false } = options;
  const planning = strategy !== undefined || allow !== undefined || keep !== undefined || deep;
  if (options.plan !== undefined && planning)
    throw new UserError(
      "a saved plan takes no planning option (--strategy, --allow, --keep, --deep): make a new plan with them",
    );
}

async function dryRun({ format, ...options }: ApplyArguments): Promise<number> {
  if (format === "ndjson") throw new UserError("--dry-run prints a plan, not events: use --format text or json");
  if (options.plan === undefined) return planCommand({ ...options, format });
  const plan = readPlan(options.plan);
  await printPlan(plan, format, options.showCommands);
  return exitCodeOfPlan(plan, options.detailedExitcode);
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
  const reader = readerFor(session, plan);
  const inventory = await discover(reader, session.clock, plan.inventory);
  if ((await reader.vault()) === undefined)
    return nothingToDo(options.format, `the vault ${plan.vault.name} is not there`);
  if (inventory.gaps.length > 0) return incomparable(options.format, plan, blockersFromGaps(inventory.gaps));
  const drift = driftFrom(plan, inventory.resources);
  if (drift.length > 0) return drifted(options.format, plan, drift, "make a new one. the difference:");
  const lacking = comparePermissions(plan.steps, plan.vault, await readGrants(reader, plan)).blockers;
  if (plan.blockers.length === 0 && lacking.length > 0) return notAllowed(options.format, plan, lacking);
  return present(session, plan, options);
}

function readPlan(path: string): Plan {
  keepYoungSpaceSmall();
  try {
    return openPlan(readText(path, largestPlan, { follow: true }), path);
  } catch (error) {
    if (!(error instanceof UnreadableFileError)) throw error;
    throw new UserError(`cannot read the plan ${path} (${error.why}): make one with plan --out <file>`);
  }
}

async function planAndApply(session: Session, options: Beginning, stored: StoredRuns): Promise<number> {
  const selection = await selectVault(session, options);
  if (selection.found === "none") return nothingToDo(options.format, `${selection.where} has no ${selection.what}`);
  if (selection.found === "unknown") {
    const done = latestRun(stored.runs, session.azure);
    const last = done?.journal.last;
    const isGone = last?.type === "run-ended" && last.exitCode === 0 && done?.plan.recovery === undefined;
    if (done === undefined || !isGone || !(await isStillGone(session, done.plan))) throw notFound(selection);
    return nothingToDo(options.format, `run ${done.run} already took ${done.plan.vault.name} down`);
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
  if (exitCodeOfPlan(plan, false) !== 0) return blocked(options.format, plan);
  if (options.format === "text") show(planText(plan));
  await confirm(plan, options.confirm);
  return executePlan(session, plan, options);
}
