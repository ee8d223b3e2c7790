// `recover`: bring back what was soft-deleted: planned, shown, confirmed, journalled and proved by the engine that took it away.

import { runNames } from "../journal/state-folder.ts";
import type { Plan } from "../model/plan.ts";
import { planReportFormats, runReportFormats } from "../reporting/formats.ts";
import { planText } from "../reporting/plan-text.ts";
import { recoverWords } from "../reporting/recovery-text.ts";
import type { RunReport } from "../reporting/report.ts";
import { blocked, noWay } from "../reporting/answers.ts";
import { confirm, isAsked } from "./confirm.ts";
import { answer, deliver, printReport, tellElsewhere } from "./deliver.ts";
import { deliveryOf, type Delivery } from "./delivery.ts";
import { checkLimits, execute, runReport, type Continued } from "./execute-plan.ts";
import { sayOwed } from "./left-open.ts";
import { isNamed, mayBeDeletedVault } from "./deleted-vault-id.ts";
import type { RecoverArguments } from "./options.ts";
import { exitCodeOfPlan } from "./plan-command.ts";
import { checkShown, planReport } from "./plan-report.ts";
import { wishOfRun } from "./recovery-of-run.ts";
import { wishOfVault } from "./recovery-of-vault.ts";
import { planOf, type NoWay } from "./recovery-wish.ts";
import { opened, stateDirectory, storedRuns, unfinishedRun, type KnownRun } from "./stored-runs.ts";
import { say, sayWait, show } from "./streams.ts";
import { UserError } from "./user-error.ts";
import { openSession, type Session } from "./wire.ts";

/** Returns the exit code. Throws what has one line for people, and AzureError. */
export async function recoverCommand(options: RecoverArguments): Promise<number> {
  checkOptions(options);
  const delivery = deliveryOf(options, options.dryRun ? planReportFormats : runReportFormats, true);
  const session = await openSession(options, sayWait);
  const runsBefore = runNames(stateDirectory(options.stateDir));
  const unfinished = options.dryRun || options.fresh ? undefined : unfinishedRecovery(session, options);
  if (unfinished !== undefined) return goOn({ session, options, delivery, before: [] }, unfinished);
  const plan = await planFor(session, options);
  if ("reason" in plan) return answer(delivery, noWay(plan));
  if (options.dryRun) {
    const report = await planReport(plan, options.showCommands);
    return deliver(report, delivery, exitCodeOfPlan(plan, options.detailedExitcode));
  }
  return present({ session, options: { ...options, runsBefore }, delivery, before: [] }, plan);
}

function checkOptions(options: RecoverArguments): void {
  checkLimits(options);
  checkShown(options.dryRun, options.format, options.showCommands);
}

async function planFor(session: Session, options: RecoverArguments): Promise<Plan | NoWay> {
  const { run } = options;
  const wish =
    run === undefined
      ? await wishOfVault(session, options, () => returnedFrom(session, options))
      : await wishOfRun(session, options, run);
  return "reason" in wish ? wish : planOf(session, wish);
}

/** The recovery of that vault that stopped half-way. A teardown that did is left as it is, and what it owes is said. */
function unfinishedRecovery(session: Session, options: RecoverArguments): KnownRun | undefined {
  if (session.ephemeral) return undefined;
  const stateDir = stateDirectory(options.stateDir);
  const vault = vaultMeant(session, stateDir, options);
  // A run that is not stored here: another's recovery is not what was asked for.
  if (vault === undefined && options.run !== undefined) return undefined;
  const subscription = options.subscription ?? session.subscription;
  const latest = unfinishedRun(storedRuns(stateDir, { ...options, subscription, vault }), session.azure);
  if (latest === undefined || latest.plan.recovery !== undefined) return latest;
  sayOwed(latest);
  // Of the run that is undone the plan says it.
  if (latest.run !== options.run)
    say(`run ${latest.run}, a teardown, is unfinished: once this recovery has begun it is not continued`);
  return undefined;
}

/** The vault that is meant by a run of it, or by the deleted vault that an earlier recovery has begun to bring back. */
function vaultMeant(session: Session, stateDir: string, options: RecoverArguments): string | undefined {
  const { run, vault } = options;
  if (vault === undefined) return storedRuns(stateDir, {}).runs.find((one) => one.run === run)?.start.vault;
  return returnedFrom(session, options) ?? vault;
}

/** The id of the vault that a stored recovery was to make of the deleted one that is named. */
function returnedFrom({ azure, ephemeral }: Session, { vault, stateDir }: RecoverArguments): string | undefined {
  if (ephemeral || vault === undefined || !mayBeDeletedVault(vault)) return undefined;
  const { runs } = storedRuns(stateDirectory(stateDir), {});
  for (const known of opened(runs.filter(({ start }) => start.azure === azure).toReversed())) {
    const chosen = "plan" in known ? known.plan.recovery?.deletedVault?.id : undefined;
    if ("plan" in known && chosen !== undefined && isNamed(vault, chosen)) return known.plan.vault.id;
  }
  return undefined;
}

async function goOn(errand: Errand, unfinished: KnownRun): Promise<number> {
  const { plan, run, journal } = unfinished;
  requireSameWish(unfinished, errand.options);
  if (journal.tornBytes > 0)
    say(
      `the last line of ${journal.path} was torn (${journal.tornBytes} bytes): it is dropped, and Azure is asked instead`,
    );
  say(`continuing recovery ${run} of ${plan.vault.id} (plan ${plan.id}); --fresh would begin anew`);
  // Every step looks before it writes: there is nothing that could have drifted unseen.
  const lookFirst = (): Promise<undefined> => Promise.resolve(undefined);
  return carryOn(errand, plan, { run: unfinished, lookFirst });
}

function requireSameWish({ plan, run }: KnownRun, { run: named, item }: RecoverArguments): void {
  const { recovery } = plan;
  const same = recovery?.run === named && (recovery?.items ?? []).join("\n") === (item ?? []).join("\n");
  if (same) return;
  throw new UserError(
    `recovery ${run} of ${plan.vault.name} is unfinished and was planned as ${recoverWords(plan)}: continue it with these, or begin anew with --fresh`,
  );
}

/** What one command does: mostly one run, and another where a vault that returned shows what is soft-deleted in it. */
type Errand = {
  readonly session: Session;
  readonly options: RecoverArguments & { readonly runsBefore?: ReadonlySet<string> };
  readonly delivery: Delivery;
  /** The runs before this one, for the one document that is printed. */
  readonly before: readonly RunReport[];
};

async function present(errand: Errand, plan: Plan): Promise<number> {
  const done = errand.before.map(({ run }) => run);
  if (exitCodeOfPlan(plan, false) !== 0) return answer(errand.delivery, blocked(plan, done));
  return carryOn(errand, plan);
}

async function carryOn(errand: Errand, plan: Plan, continued?: Continued): Promise<number> {
  const { session, options, delivery } = errand;
  if (options.format === "text" || isAsked(options.confirm)) show(planText(plan));
  await confirm(plan, options.confirm, continued !== undefined);
  const done = await execute(session, plan, options, continued);
  if ("refused" in done) return done.refused;
  const { result } = done;
  const report = runReport(plan, done);
  if (options.format === "text") await printReport(report, delivery);
  const before = [...errand.before, report];
  try {
    const next = result.exitCode === 0 ? await whatIsLeft(errand, plan) : undefined;
    if (next === undefined) return await tellAll(before, delivery, result.exitCode);
    const told = before.map(({ run }) => run);
    if ("reason" in next) return await answer(delivery, noWay(next, told));
    return await present({ session, options: next.options, delivery, before }, next.plan);
  } catch (error) {
    say(`${plan.vault.name} is back; what is soft-deleted in it is not: the same command plans that again`);
    await tellAll(before, delivery, 1);
    throw error;
  }
}

/** One document of all that was run: the last, which has the others. As text and as events each was printed in its turn. */
async function tellAll(runs: readonly RunReport[], delivery: Delivery, exitCode: number): Promise<number> {
  const last = runs.at(-1);
  if (last === undefined) return exitCode;
  const before = runs.slice(0, -1);
  const report = before.length === 0 ? last : { ...last, before };
  const isPrinted = delivery.format === "text" || delivery.format === "ndjson";
  return isPrinted ? tellElsewhere(report, delivery, exitCode) : deliver(report, delivery, exitCode);
}

/**
 * What is soft-deleted in a vault that stands again could not be listed before: it is planned by itself, and asked for
 * again. Of a run that is what its plan had to take for destroyed; all else that it deleted is back already. No way where
 * it holds nothing of what was asked for by name.
 */
async function whatIsLeft({ session, options }: Errand, { recovery, vault }: Plan): Promise<Next | NoWay | undefined> {
  if (recovery?.deletedVault === undefined) return undefined;
  const { kind: _kind, resourceGroup: _group, ...others } = options;
  const rest = { ...others, vault: vault.id, runsBefore: runNames(stateDirectory(options.stateDir)) };
  const plan = await planFor(session, rest);
  if ("reason" in plan) {
    if (recovery.run !== undefined) return undefined;
    const reason = `${vault.name} is back; beyond that: ${plan.reason}`;
    if (plan.stands !== true && options.item !== undefined) return { ...plan, reason };
    say(reason);
    return undefined;
  }
  say(`${vault.name} stands again, and this is soft-deleted in it:`);
  return { plan, options: rest };
}

type Next = { readonly plan: Plan; readonly options: Errand["options"] };
