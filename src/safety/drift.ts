// Whether a vault still is what a saved plan saw: anything new, gone or in another state is named.

import { idKey, type ArmId } from "../model/arm-id.ts";
import type { Plan } from "../model/plan.ts";
import type { ImmutabilitySetting, Of, ProtectedItem, Resource } from "../model/resource.ts";
import { replicationFacts } from "./replication-drift.ts";

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

function itemFacts(item: ProtectedItem): readonly string[] {
  return [
    item.softDeleted ? `${item.state}, soft-deleted` : item.state,
    item.workload,
    item.itemType,
    item.managementType,
    idKey(item.sourceId ?? "no source"),
    `engine ${item.engine ?? "none"}`,
    `nodes ${item.nodes?.join(" ") ?? "untold"}`,
  ];
}

/** A locked vault is another one when a later recovery point keeps it. */
function expiryFact({ expiries }: ImmutabilitySetting): readonly string[] {
  const dates = (expiries ?? []).map((expiry) => expiry.until ?? "no date");
  return [`last expiry ${dates.toSorted().at(-1) ?? "none"}`];
}

/** Everything of a resource that decides over a plan or reaches a request; a new recovery point alone does neither. Always as many for one kind. */
function decidingFacts(resource: Resource): readonly string[] {
  switch (resource.kind) {
    case "protected-item":
      return itemFacts(resource);
    case "soft-delete-setting":
      return [resource.state, `${resource.retentionDays} days`, `hybrid ${resource.hybridState}`];
    case "private-endpoint-connection":
      return [resource.state, idKey(resource.endpoint ?? "no endpoint")];
    case "private-endpoint":
      return [
        resource.state,
        `made for ${idKey(resource.helperOf ?? "nothing")}`,
        `also leads to ${(resource.alsoLeadsTo ?? []).map(idKey).toSorted().join(", ") || "nothing"}`,
      ];
    case "vault":
      return vaultFacts(resource);
    case "resource-guard":
      return guardFacts(resource);
    case "mars-server":
      return [resource.state, resource.identity];
    case "backup-server":
      return [resource.state, resource.identity, resource.managementType];
    case "lock":
      return [resource.state, idKey(resource.scope), resource.notes ?? "no notes", (resource.owners ?? []).join()];
    case "replication-job":
    case "replicated-item":
    case "migration-item":
    case "container-mapping":
    case "network-mapping":
    case "storage-classification-mapping":
    case "protection-container":
    case "recovery-services-provider":
    case "fabric":
      return replicationFacts(resource);
    case "backup-job":
      return [resource.state, resource.cancellable ? "cancellable" : "not cancellable"];
    case "immutability-setting":
      return [resource.state, ...expiryFact(resource)];
    case "hybrid-security-setting":
    case "auto-protection-intent":
    case "workload-container":
    case "storage-container":
    case "virtual-machine-container":
    case "backup-policy":
    case "recovery-plan":
    case "vcenter":
    case "replication-policy":
    case "leftover":
    case "unknown":
      return [resource.state];
    default:
      return resource satisfies never;
  }
}

function vaultFacts({ state, location, moveState, protectedByTag }: Of<"vault">): readonly string[] {
  const tagged =
    protectedByTag.length === 0 ? "no protect tag" : `protect tag on ${protectedByTag.map(idKey).join(", ")}`;
  return [state, location, `move ${moveState ?? "none"}`, tagged];
}

function guardFacts({ state, guard, operations }: Of<"resource-guard">): readonly string[] {
  const guarded = operations.map(({ operation, request }) => `${operation} by ${idKey(request)}`);
  return [state, idKey(guard), guarded.toSorted().join(", ")];
}
