// `apply`: carry a plan out. Continues an unfinished run of that vault, or applies a saved plan, or plans first.

import { readFileSync } from "node:fs";
import { createVaultReader } from "../azure/vault-reader.ts";
import { discover } from "../discovery/discover.ts";
import type { Blocker } from "../model/blocker.ts";
import type { Plan } from "../model/plan.ts";
import { openPlan } from "../planning/plan-document.ts";
import { planText } from "../reporting/plan-text.ts";
import { runDocument, runText } from "../reporting/run-summary.ts";
import { clean } from "../reporting/words.ts";
import { driftFrom, type Difference } from "../safety/drift.ts";
import { blockersFromGaps } from "../safety/gaps.ts";
import { carryOut } from "./carry-out.ts";
import { confirm } from "./confirm.ts";
import { makePlan, planOptions } from "./make-plan.ts";
import type { ApplyArguments } from "./options.ts";
import { exitCodeOfPlan, planCommand } from "./plan-command.ts";
import { scopeFromId, selectVault } from "./select-vault.ts";
import { parseDuration } from "./stop-signal.ts";
import { stateDirectory, storedRuns, unfinishedRun, type KnownRun } from "./stored-runs.ts";
import { sayWait } from "./streams.ts";
import { UserError } from "./user-error.ts";
import { openSession, type Session } from "./wire.ts";

export async function applyCommand(options: ApplyArguments): Promise<number> {
  checkOptions(options);
  if (options.dryRun) return planCommand({ ...options, format: options.format === "json" ? "json" : "text" });
  const session = await openSession(options, sayWait);
  if (options.plan !== undefined) return applySaved(session, options.plan, options);
  const stateDir = stateDirectory(options.stateDir);
  const known = session.ephemeral || options.fresh ? [] : storedRuns(stateDir, options);
  const unfinished = unfinishedRun(known, session.azure);
  if (unfinished !== undefined) return continueRun(session, unfinished, options);
  return planAndApply(session, options, known);
}

function checkOptions(options: ApplyArguments): void {
  parseDuration(options.maxDuration);
  planOptions(options);
  if (!Number.isInteger(options.concurrency) || options.concurrency < 1)
    throw new UserError(`--concurrency ${options.concurrency} is not a whole number above 0`);
  const planning = options.strategy !== "soft" || options.allow !== undefined || options.keep !== undefined;
  if (options.plan !== undefined && planning)
    throw new UserError(
      "a saved plan takes no planning option (--strategy, --allow, --keep): make a new plan with them",
    );
}

async function applySaved(session: Session, path: string, options: ApplyArguments): Promise<number> {
  const plan = openPlan(readPlan(path), path);
  if (plan.vault.cloud !== session.cloud.name)
    throw new UserError(`${path} is a plan for the cloud ${plan.vault.cloud}: add --cloud ${plan.vault.cloud}`);
  const runs = storedRuns(stateDirectory(options.stateDir), { ...options, vault: plan.vault.id });
  const unfinished = session.ephemeral || options.fresh ? undefined : unfinishedRun(runs, session.azure);
  if (unfinished?.plan.id === plan.id) return continueRun(session, unfinished, options);
  const reader = createVaultReader(session.clients(plan.apiVersions), scopeFromId(plan.vault.id));
  if ((await reader.vault()) === undefined) return nothingToDo(`the vault ${plan.vault.name} is not there`);
  const inventory = await discover(reader, session.clock);
  if (inventory.gaps.length > 0) return refuseGaps(blockersFromGaps(inventory.gaps));
  const drift = driftFrom(plan, inventory.resources);
  if (drift.length > 0) return refuseDrift(plan, drift);
  return present(session, plan, options);
}

function readPlan(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new UserError(`cannot read the plan ${path} (${code}): make one with plan --out <file>`);
  }
}

/** What cannot be listed cannot be compared with the plan. */
function refuseGaps(blockers: readonly Blocker[]): number {
  const lines = blockers.map(({ reason, fix }) => `  ${clean(reason)}; ${fix}`);
  process.stderr.write(`the plan cannot be compared with the vault:\n${lines.join("\n")}\n`);
  return 3;
}

function refuseDrift(plan: Plan, drift: readonly Difference[]): number {
  const lines = drift.map(
    ({ change, kind, name, was, is }) =>
      `  ${change}: ${kind} ${clean(name)}${was === undefined ? "" : `, was ${was}`}${is === undefined ? "" : `, is ${is}`}`,
  );
  process.stderr.write(
    `the plan ${plan.id} no longer fits the vault ${clean(plan.vault.name)}; make a new one. the difference:\n${lines.join("\n")}\n`,
  );
  return 6;
}

async function planAndApply(session: Session, options: ApplyArguments, known: readonly KnownRun[]): Promise<number> {
  const done = goneBefore(known, session);
  const selection = await selectVault(session, options).catch((error: unknown) => {
    if (error instanceof UserError && done !== undefined) return undefined;
    throw error;
  });
  if (selection === undefined)
    return nothingToDo(`run ${done?.run ?? ""} already took ${done?.plan.vault.name ?? "it"} down`);
  if (!selection.found) return nothingToDo(`${selection.where} has no Recovery Services vault`);
  const plan = await makePlan(session, selection.scope, selection.vault, planOptions(options));
  return present(session, plan, options);
}

/** The latest run on the vault that is named, when it ended with the vault gone. */
function goneBefore(known: readonly KnownRun[], session: Session): KnownRun | undefined {
  const latest = known.filter((run) => run.azure === session.azure).at(-1);
  const last = latest?.journal.events.at(-1);
  return last?.type === "run-ended" && last.exitCode === 0 ? latest : undefined;
}

function nothingToDo(why: string): number {
  process.stdout.write(`nothing to do: ${clean(why)}\n`);
  return 0;
}

/** Shows the plan, stops where a person must act, asks, and carries it out. */
async function present(session: Session, plan: Plan, options: ApplyArguments): Promise<number> {
  const blocked = exitCodeOfPlan(plan, false);
  if (options.format === "text" || blocked !== 0) process.stderr.write(planText(plan));
  if (blocked !== 0) return blocked;
  await confirm(plan, options.confirm);
  return execute(session, plan, options);
}

async function continueRun(session: Session, unfinished: KnownRun, options: ApplyArguments): Promise<number> {
  const { plan, run, journal } = unfinished;
  const asked = planOptions(options);
  const explicit = options.strategy !== "soft" || options.allow !== undefined || options.keep !== undefined;
  if (explicit && asked.strategy !== plan.strategy)
    throw new UserError(
      `run ${run} on ${plan.vault.name} is unfinished and follows --strategy ${plan.strategy}: continue it without planning options, or add --fresh to begin anew`,
    );
  if (journal.tornBytes > 0)
    process.stderr.write(
      `the last line of ${journal.path} was torn (${journal.tornBytes} bytes): it is dropped, and Azure is asked instead\n`,
    );
  process.stderr.write(
    `continuing run ${run} on ${clean(plan.vault.name)} (plan ${plan.id}); --fresh would begin anew\n`,
  );
  await confirm(plan, options.confirm);
  return execute(session, plan, options, unfinished);
}

async function execute(session: Session, plan: Plan, options: ApplyArguments, unfinished?: KnownRun): Promise<number> {
  const { run, result, events } = await carryOut(session, plan, {
    stateDir: stateDirectory(options.stateDir),
    concurrency: options.concurrency,
    maximum: parseDuration(options.maxDuration),
    unfinished,
    listener: (event) => {
      if (options.format === "ndjson") process.stdout.write(`${JSON.stringify(event)}\n`);
    },
  });
  const document = runDocument(run, plan, events);
  if (options.format === "json") process.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
  if (options.format === "text") process.stdout.write(runText(document));
  return result.exitCode;
}
