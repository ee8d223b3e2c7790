// In what a vault contradicts a run that was left unfinished on it, apart from what the run itself has done.

import { planningContext, type PlanningContext } from "../dependencies/dependency.ts";
import { goesWithServer } from "../dependencies/item-types.ts";
import { registry } from "../dependencies/registry.ts";
import { serverOf } from "../dependencies/servers.ts";
import type { RunState } from "../execution/replay.ts";
import { idKey } from "../model/arm-id.ts";
import type { Plan } from "../model/plan.ts";
import { ofKind, type Kind, type Resource } from "../model/resource.ts";
import type { Step } from "../model/step.ts";
import type { Difference } from "../model/difference.ts";
import { driftFrom } from "../safety/drift.ts";
import { saysFailedOver } from "../safety/replication-drift.ts";

/** `state`: the fold of the run's journal; `resources`: what is there now. Empty when the run can be continued. */
export function driftOfRun(plan: Plan, state: RunState, resources: readonly Resource[]): readonly Difference[] {
  return [
    ...changedSincePlanned(plan, state, resources),
    ...setAnew(plan, resources),
    ...outOfReach(plan, state, resources),
    ...cameBack(plan, state, resources),
  ];
}

/** A lock of another level is not the one to be removed and put back, whether or not the run has removed that one. */
function setAnew(plan: Plan, resources: readonly Resource[]): readonly Difference[] {
  const removed = new Set(plan.steps.flatMap(({ action, target }) => (action === "remove-lock" ? idKey(target) : [])));
  const planned = new Map(ofKind(plan.inventory, "lock").map((lock) => [idKey(lock.id), lock.state]));
  return ofKind(resources, "lock").flatMap(({ kind, name, id, state }) => {
    const was = planned.get(idKey(id));
    if (was === undefined || !removed.has(idKey(id)) || was.toLowerCase() === state.toLowerCase()) return [];
    return [{ change: "changed" as const, kind, name, id, was, is: state }];
  });
}

/**
 * What still is to be done would now mean something else. What the run itself changed, and what appeared since, is not
 * drift: the recheck judges that.
 */
function changedSincePlanned(plan: Plan, state: RunState, resources: readonly Resource[]): readonly Difference[] {
  const begun = plan.steps.filter((step) => isBegun(state, step));
  const touched = new Set(begun.map((step) => idKey(step.target)));
  // A setting is a property of the vault: while one takes effect, the vault itself reads Updating.
  if (begun.some((step) => step.kind.endsWith("-setting"))) touched.add(idKey(plan.vault.id));
  const options = { strategy: plan.strategy, consents: plan.consents, ...plan.options };
  const context = planningContext(options, plan.vault.id, plan.inventory, Date.parse(plan.createdAt));
  for (const resource of plan.inventory) if (goesAlong(resource, context, begun)) touched.add(idKey(resource.id));
  return driftFrom(plan, resources).filter(({ change, kind, id, was, is }) => {
    if (change !== "changed" || touched.has(idKey(id))) return false;
    const isItem = kind === "protected-item" || kind === "backup-instance";
    if (kind === "replicated-item") return saysFailedOver(was, is);
    return kind === "vault" || kind.endsWith("-setting") || (isItem && isSoftDeleted(was) !== isSoftDeleted(is));
  });
}

/** One write sets soft delete and hybrid security together; the items of a server go with it. */
function goesAlong(resource: Resource, context: PlanningContext, begun: readonly Step[]): boolean {
  if (resource.kind === "soft-delete-setting" || resource.kind === "hybrid-security-setting")
    return begun.some((step) => step.request?.write === "set-soft-delete");
  if (resource.kind !== "protected-item" || !goesWithServer(resource)) return false;
  const server = serverOf(resource, context);
  return server !== undefined && begun.some((step) => idKey(step.target) === idKey(server.id));
}

/**
 * What lies outside the vault is taken away because something in it leads there. Where nothing does any more, and not by
 * this run's doing, it is nobody's to take.
 */
function outOfReach(plan: Plan, state: RunState, resources: readonly Resource[]): readonly Difference[] {
  const inReach = new Set(resources.map(({ id }) => idKey(id)));
  const steps = plan.steps.filter((step) => isBegun(state, step));
  const begun = new Set(steps.map(({ target }) => idKey(target)));
  // Whatever the run took away in the vault may have been what led to a lock.
  const tookAnything = steps.some(({ kind, request }) => kind !== "lock" && request !== undefined);
  const leading = new Map(ofKind(plan.inventory, "private-endpoint").map((each) => [idKey(each.id), each.connections]));
  return plan.steps.flatMap(({ action, kind, name, target }) => {
    if (action !== "remove-lock" && action !== "delete-private-endpoint") return [];
    const ways = [target, ...(leading.get(idKey(target)) ?? [])].map(idKey);
    if (inReach.has(idKey(target)) || ways.some((way) => begun.has(way))) return [];
    if (kind === "lock" && tookAnything) return [];
    return [{ change: "gone" as const, kind, name, id: target }];
  });
}

/** A skipped step was never begun: what it waited for failed. */
function isBegun(state: RunState, step: Step): boolean {
  const now = state.steps.get(step.id)?.state ?? "pending";
  return now !== "pending" && now !== "skipped";
}

function isSoftDeleted(facts: string | undefined): boolean {
  return /(^|, )soft-deleted(,|$)/.test(facts ?? "");
}

/** Something verified as removed is there again: it is not the vault that was left. */
function cameBack(plan: Plan, state: RunState, resources: readonly Resource[]): readonly Difference[] {
  // What another step undoes may be back by that step, or by hand: the run looks for it again.
  const undone = new Set(plan.steps.flatMap((step) => step.undoes ?? []));
  const verified = plan.steps.filter(
    (step) =>
      state.steps.get(step.id)?.state === "verified" &&
      step.request !== undefined &&
      step.undoes === undefined &&
      !undone.has(step.id),
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

/** What was undeleted and deleted afterwards is where it should be: only its last step speaks for it. */
function isUndone<K extends Kind>(step: Step, plan: Plan, resources: readonly Resource[]): boolean {
  if (step.action === "undelete-item" || step.action === "undelete-instance" || step.kind === "vault") return false;
  return registry[step.kind as K].prove(step, ofKind(resources, step.kind as K), plan.strategy).verdict !== "proved";
}
