// Continues an unfinished run: shows what it will still do, asks again, and looks first whether the vault still is what was planned.

import { createVaultReader } from "../azure/vault-reader.ts";
import { registry } from "../dependencies/registry.ts";
import { discover } from "../discovery/discover.ts";
import { replay, type RunState } from "../execution/replay.ts";
import { ofKind, type Kind, type Resource } from "../model/resource.ts";
import type { Step } from "../model/step.ts";
import type { Plan } from "../model/plan.ts";
import { planText } from "../reporting/plan-text.ts";
import { cleanLines } from "../reporting/words.ts";
import { driftFrom, type Difference } from "../safety/drift.ts";
import { blockersFromGaps } from "../safety/gaps.ts";
import { drifted, incomparable } from "./answers.ts";
import { confirm } from "./confirm.ts";
import { executePlan } from "./execute-plan.ts";
import { planOptions } from "./make-plan.ts";
import type { ApplyArguments } from "./options.ts";
import { scopeFromId } from "./select-vault.ts";
import type { KnownRun } from "./stored-runs.ts";
import { UserError } from "./user-error.ts";
import type { Session } from "./wire.ts";

export async function continueRun(session: Session, unfinished: KnownRun, options: ApplyArguments): Promise<number> {
  const { plan, run } = unfinished;
  requireSameOptions(unfinished, options);
  announce(unfinished, options);
  await confirm(plan, options.confirm);
  const reader = createVaultReader(session.clients(plan.apiVersions), scopeFromId(plan.vault.id));
  if ((await reader.vault()) !== undefined) {
    const inventory = await discover(reader, session.clock);
    if (inventory.gaps.length > 0) return incomparable(options.format, plan, blockersFromGaps(inventory.gaps));
    const drift = driftOfRun(unfinished, inventory.resources);
    if (drift.length > 0)
      return drifted(
        options.format,
        plan,
        drift,
        `run ${run} is not continued; begin anew with --fresh. the difference:`,
      );
  }
  return executePlan(session, plan, options, unfinished);
}

/** What a run does was decided when it was planned: an option that says otherwise is refused, never ignored. */
function requireSameOptions({ plan, run }: KnownRun, options: ApplyArguments): void {
  const asked = planOptions(options);
  const same =
    (options.strategy === undefined || asked.strategy === plan.strategy) &&
    (options.allow === undefined || asked.consents.join() === plan.consents.join()) &&
    (options.keep === undefined || asked.keepPrivateEndpoints === plan.options.keepPrivateEndpoints);
  if (same) return;
  throw new UserError(
    `run ${run} on ${plan.vault.name} is unfinished and was planned with other options (--strategy ${plan.strategy}): continue it without planning options, or begin anew with --fresh`,
  );
}

function announce({ plan, run, journal }: KnownRun, options: ApplyArguments): void {
  const lines = [
    ...(journal.tornBytes > 0
      ? [
          `the last line of ${journal.path} was torn (${journal.tornBytes} bytes): it is dropped, and Azure is asked instead`,
        ]
      : []),
    `continuing run ${run} on ${plan.vault.id} (plan ${plan.id}); --fresh would begin anew`,
  ];
  process.stderr.write(`${cleanLines(lines.join("\n"))}\n`);
  if (options.format === "text") process.stderr.write(planText(plan));
}

/**
 * In what the vault contradicts the run: something verified as removed is back, or what still is to be done would now
 * mean something else. What the run itself changed, and what appeared since, is not drift: the recheck judges that.
 */
function driftOfRun({ plan, journal }: KnownRun, resources: readonly Resource[]): readonly Difference[] {
  const state = replay(plan.steps, journal.events);
  return [...changedSincePlanned(plan, state, resources), ...cameBack(plan, state, resources)];
}

function changedSincePlanned(plan: Plan, state: RunState, resources: readonly Resource[]): readonly Difference[] {
  const touched = new Set(
    plan.steps.filter((step) => state.steps.get(step.id)?.state !== "pending").map((step) => step.target),
  );
  return driftFrom(plan, resources).filter(({ change, kind, id, was, is }) => {
    if (change !== "changed" || touched.has(id)) return false;
    const isItem = kind === "protected-item";
    return kind === "vault" || kind.endsWith("-setting") || (isItem && isSoftDeleted(was) !== isSoftDeleted(is));
  });
}

function isSoftDeleted(fingerprint: string | undefined): boolean {
  return fingerprint?.endsWith("soft-deleted") === true;
}

function cameBack(plan: Plan, state: RunState, resources: readonly Resource[]): readonly Difference[] {
  const verified = plan.steps.filter(
    (step) => state.steps.get(step.id)?.state === "verified" && step.request !== undefined,
  );
  return verified
    .filter((step) => isUndone(step, plan, resources))
    .map(({ kind, name, target }) => ({
      change: "back" as const,
      kind,
      name,
      id: target,
    }));
}

/** An undeleted item that was deleted afterwards is where it should be: only its last step speaks for it. */
function isUndone<K extends Kind>(step: Step, plan: Plan, resources: readonly Resource[]): boolean {
  if (step.action === "undelete-item" || step.kind === "vault") return false;
  return registry[step.kind as K].prove(step, ofKind(resources, step.kind as K), plan.strategy).verdict !== "proved";
}
