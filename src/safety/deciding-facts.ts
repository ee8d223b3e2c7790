// What of each kind decides over a plan or reaches a request: a difference in these is drift, one in anything else is not. Pure.

import { idKey } from "../model/arm-id.ts";
import type { Kind, Of, Resource } from "../model/resource.ts";
import { replicationFacts } from "./replication-drift.ts";

type Facts<K extends Kind> = (resource: Of<K>) => readonly string[];

const stateAlone = ({ state }: Resource): readonly string[] => [state];

/** A new recovery point alone decides nothing. Always as many facts for one kind. */
const facts: { readonly [K in Kind]: Facts<K> } = {
  vault: vaultFacts,
  "soft-delete-setting": ({ state, retentionDays, hybridState }) => [
    state,
    `${retentionDays} days`,
    `hybrid ${hybridState}`,
  ],
  "hybrid-security-setting": stateAlone,
  "immutability-setting": (setting) => [setting.state, ...expiryFact(setting)],
  "backup-job": ({ state, cancellable }) => [state, cancellable ? "cancellable" : "not cancellable"],
  "auto-protection-intent": stateAlone,
  "protected-item": itemFacts,
  "workload-container": stateAlone,
  "storage-container": stateAlone,
  "virtual-machine-container": stateAlone,
  "mars-server": ({ state, identity }) => [state, identity],
  "backup-server": ({ state, identity, managementType }) => [state, identity, managementType],
  "private-endpoint-connection": ({ state, endpoint }) => [state, idKey(endpoint ?? "no endpoint")],
  "private-endpoint": ({ state, helperOf, alsoLeadsTo }) => [
    state,
    `made for ${idKey(helperOf ?? "nothing")}`,
    `also leads to ${(alsoLeadsTo ?? []).map(idKey).toSorted().join(", ") || "nothing"}`,
  ],
  "resource-guard": guardFacts,
  lock: ({ state, scope, notes, owners }) => [state, idKey(scope), notes ?? "no notes", (owners ?? []).join()],
  "replication-job": replicationFacts,
  "recovery-plan": replicationFacts,
  "replicated-item": replicationFacts,
  "migration-item": replicationFacts,
  "container-mapping": replicationFacts,
  "network-mapping": replicationFacts,
  "storage-classification-mapping": replicationFacts,
  "protection-container": replicationFacts,
  vcenter: replicationFacts,
  "recovery-services-provider": replicationFacts,
  fabric: replicationFacts,
  "replication-policy": replicationFacts,
  "backup-policy": stateAlone,
  "backup-instance": (instance) => [
    instance.softDeleted ? `${instance.state}, soft-deleted` : instance.state,
    instance.datasourceType,
    instance.operational ? "operational" : "vaulted",
    idKey(instance.policy ?? "no policy"),
    idKey(instance.sourceId ?? "no source"),
  ],
  "backup-vault-policy": ({ datasourceTypes }) => [datasourceTypes.join(" ")],
  leftover: stateAlone,
  unknown: stateAlone,
};

export function decidingFacts<K extends Kind>(resource: Of<K>): readonly string[] {
  return facts[resource.kind as K](resource);
}

function itemFacts(item: Of<"protected-item">): readonly string[] {
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
function expiryFact({ expiries }: Of<"immutability-setting">): readonly string[] {
  const dates = (expiries ?? []).map((expiry) => expiry.until ?? "no date");
  return [`last expiry ${dates.toSorted().at(-1) ?? "none"}`];
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
