// Which Azure actions the steps need, and at which scope. Pure.

import { idKey, isWithin, scopeOfLock, type ArmId } from "../model/arm-id.ts";
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
  const needs = steps.flatMap((step) => [
    { scope: scopeOfStep(step, vault), actions: step.permissions, isGuard: false },
    ...(step.guarded === undefined
      ? []
      : [{ scope: step.guarded.guard, actions: [guardAction(step.guarded)], isGuard: true }]),
  ]);
  return [...Map.groupBy(needs, ({ scope }) => idKey(scope))]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([, same]) => {
      const [first] = same;
      const actions = unique(same.flatMap((need) => need.actions));
      if (first === undefined || actions.length === 0) return [];
      return [{ ...first, actions, steps: same.length }];
    });
}

/** One entry for each action however it is spelled, sorted. */
export function unique(actions: readonly string[]): readonly string[] {
  return [...new Map(actions.map((action) => [action.toLowerCase(), action])).values()].toSorted();
}

/** The vault for everything in it, what it is set on for a lock, the target itself for the rest. */
function scopeOfStep({ target }: Step, vault: ArmId): ArmId {
  const scope = scopeOfLock(target);
  return isWithin(scope, vault) ? vault : scope;
}
