// Whether a vault still is what a saved plan saw: anything new, gone or in another state is named.

import { idKey } from "../model/arm-id.ts";
import type { Difference } from "../model/difference.ts";
import type { Plan } from "../model/plan.ts";
import type { Resource } from "../model/resource.ts";
import { decidingFacts } from "./deciding-facts.ts";

/** Everything in which the resources differ from the plan's inventory, in a stable order. */
export function driftFrom(plan: Pick<Plan, "inventory">, resources: readonly Resource[]): readonly Difference[] {
  const before = byKey(plan.inventory);
  const now = byKey(resources);
  const differences: Difference[] = [];
  for (const [key, resource] of now) {
    const earlier = before.get(key);
    if (earlier === undefined) differences.push({ change: "new", ...named(resource), is: resource.state });
    else differences.push(...changeOf(earlier, resource));
  }
  for (const [key, resource] of before)
    if (!now.has(key)) differences.push({ change: "gone", ...named(resource), was: resource.state });
  return differences;
}

/** Says only the facts that changed. */
function changeOf(earlier: Resource, resource: Resource): readonly Difference[] {
  const [before, now] = [decidingFacts(earlier), decidingFacts(resource)];
  const changed = now.map((fact, index) => [before[index] ?? fact, fact] as const).filter(([was, is]) => was !== is);
  if (changed.length === 0) return [];
  const was = changed.map(([fact]) => fact).join(", ");
  const is = changed.map(([, fact]) => fact).join(", ");
  return [{ change: "changed", ...named(resource), was, is }];
}

/** Policies are never in the way, and what only remains decides nothing: one that comes or goes changes no plan. */
function byKey(resources: readonly Resource[]): ReadonlyMap<string, Resource> {
  const deciding = resources.filter(({ kind }) => kind !== "backup-policy" && kind !== "leftover");
  return new Map(deciding.map((resource) => [keyOf(resource), resource]));
}

function keyOf(resource: Resource): string {
  return `${resource.kind} ${idKey(resource.id)}`;
}

function named(resource: Resource): Pick<Difference, "kind" | "name" | "id"> {
  return { kind: resource.kind, name: resource.name, id: resource.id };
}
