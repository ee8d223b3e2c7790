// Which Azure actions the steps need, and at which scope. Pure.

import { ancestor, idKey, scopeOfLock, type ArmId } from "../model/arm-id.ts";
import type { Step } from "../model/step.ts";
import { guardAction } from "./guarded-steps.ts";

export type Needed = {
  readonly scope: ArmId;
  readonly actions: readonly string[];
  /** The scope is a resource guard: its owner decides, and no role of ours can be made there. */
  readonly isGuard: boolean;
  /** How many steps need something here. */
  readonly steps: number;
};

/** By scope, in a stable order. */
export function neededByScope(steps: readonly Step[], vault: ArmId): readonly Needed[] {
  const found = new Map<string, Gathered>();
  const inVault = `${idKey(vault)}/`;
  const standing = standingScope(steps, vault);
  for (const step of steps) {
    const scope = scopeOfStep(step, vault, inVault);
    const wide = step.permissions.filter(isOfLocation);
    const own = step.permissions.filter((action) => !isOfLocation(action));
    gather(found, scope === vault ? standing : scope, own, false);
    if (wide.length > 0) gather(found, ancestor(vault, "subscriptions") ?? vault, wide, false);
    if (step.guarded !== undefined) gather(found, step.guarded.guard, [guardAction(step.guarded)], true);
  }
  return [...found]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([, { actions, ...needed }]) => {
      return actions.size === 0 ? [] : [{ ...needed, actions: [...actions.values()].toSorted() }];
    });
}

/** Nobody has rights at a vault that does not stand yet: those at its group decide. */
function standingScope(steps: readonly Step[], vault: ArmId): ArmId {
  const returns = steps.some(({ action }) => action === "undelete-vault");
  return (returns ? ancestor(vault, "resourceGroups") : undefined) ?? vault;
}

/** What lies in a location, as deleted vaults do, is in no group: only the rights at its subscription reach it. */
function isOfLocation(action: string): boolean {
  return /^[^/]+\/locations\//i.test(action);
}

/** Actions by their name in lower case. */
type Gathered = Omit<Needed, "actions" | "steps"> & { readonly actions: Map<string, string>; steps: number };

function gather(found: Map<string, Gathered>, scope: ArmId, actions: readonly string[], isGuard: boolean): void {
  const key = idKey(scope);
  const known = found.get(key) ?? { scope, isGuard, actions: new Map<string, string>(), steps: 0 };
  found.set(key, known);
  for (const action of actions) known.actions.set(action.toLowerCase(), action);
  known.steps += 1;
}

/** One entry for each action however it is spelled, sorted. */
export function unique(actions: readonly string[]): readonly string[] {
  return [...new Map(actions.map((action) => [action.toLowerCase(), action])).values()].toSorted();
}

/** The vault for everything in it, what it is set on for a lock, the target itself for the rest. */
function scopeOfStep({ target }: Step, vault: ArmId, inVault: string): ArmId {
  const scope = scopeOfLock(target);
  return `${idKey(scope)}/`.startsWith(inVault) ? vault : scope;
}
