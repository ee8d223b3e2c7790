// Whether a vault still is what a saved plan saw: anything new, gone or in another state is named.

import { idKey, type ArmId } from "../model/arm-id.ts";
import type { Plan } from "../model/plan.ts";
import type { Resource } from "../model/resource.ts";

export type Difference = {
  /** back: removed by a run, and there again. */
  readonly change: "new" | "gone" | "changed" | "back";
  readonly kind: string;
  readonly name: string;
  readonly id: ArmId;
  /** The state before and after, where there is one. */
  readonly was?: string;
  readonly is?: string;
};

/** Everything in which the resources differ from the plan's inventory, in a stable order. */
export function driftFrom(plan: Pick<Plan, "inventory">, resources: readonly Resource[]): readonly Difference[] {
  const before = byKey(plan.inventory);
  const now = byKey(resources);
  const differences: Difference[] = [];
  for (const [key, resource] of now) {
    const earlier = before.get(key);
    if (earlier === undefined) differences.push({ change: "new", ...named(resource), is: fingerprint(resource) });
    else if (fingerprint(earlier) !== fingerprint(resource))
      differences.push({ change: "changed", ...named(resource), was: fingerprint(earlier), is: fingerprint(resource) });
  }
  for (const [key, resource] of before)
    if (!now.has(key)) differences.push({ change: "gone", ...named(resource), was: fingerprint(resource) });
  return differences;
}

/** Policies are never in the way: one that comes or goes changes no plan. */
function byKey(resources: readonly Resource[]): ReadonlyMap<string, Resource> {
  const deciding = resources.filter((resource) => resource.kind !== "backup-policy");
  return new Map(deciding.map((resource) => [keyOf(resource), resource]));
}

function keyOf(resource: Resource): string {
  return `${resource.kind} ${idKey(resource.id)}`;
}

function named(resource: Resource): Pick<Difference, "kind" | "name" | "id"> {
  return { kind: resource.kind, name: resource.name, id: resource.id };
}

/** What decides over a plan; a new recovery point alone does not. */
function fingerprint(resource: Resource): string {
  if (resource.kind === "protected-item")
    return resource.softDeleted ? `${resource.state}, soft-deleted` : resource.state;
  if (resource.kind === "soft-delete-setting") return `${resource.state}, ${resource.retentionDays} days`;
  if (resource.kind === "vault")
    return resource.moveState === undefined ? resource.state : `${resource.state}, move ${resource.moveState}`;
  return resource.state;
}
