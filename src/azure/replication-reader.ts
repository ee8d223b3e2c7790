// The vault-wide lists of Site Recovery, through its SDK client but for the longest. Each follows all pages.

import type { Scope } from "../model/arm-id.ts";
import type { ArmResource, ReplicationList } from "../model/ports.ts";
import { collect, rethrow } from "./arm-answers.ts";
import type { Clients } from "./clients.ts";
import { listReplicatedItems } from "./large-lists.ts";

export async function listReplication(
  clients: Clients,
  scope: Scope,
  list: ReplicationList,
): Promise<readonly ArmResource[]> {
  if (list === "protected-items") return listReplicatedItems(clients, scope);
  const { subscriptionId, resourceGroup, name } = scope;
  const client = await clients.replication(subscriptionId).catch(rethrow);
  const lists: { readonly [L in Exclude<ReplicationList, "protected-items">]: () => AsyncIterable<unknown> } = {
    jobs: () => client.replicationJobs.list(name, resourceGroup),
    "recovery-plans": () => client.replicationRecoveryPlans.list(name, resourceGroup),
    "migration-items": () => client.replicationMigrationItems.list(name, resourceGroup),
    "container-mappings": () => client.replicationProtectionContainerMappings.list(name, resourceGroup),
    "network-mappings": () => client.replicationNetworkMappings.list(name, resourceGroup),
    "storage-classification-mappings": () => client.replicationStorageClassificationMappings.list(name, resourceGroup),
    "protection-containers": () => client.replicationProtectionContainers.list(name, resourceGroup),
    vcenters: () => client.replicationvCenters.list(name, resourceGroup),
    providers: () => client.replicationRecoveryServicesProviders.list(name, resourceGroup),
    fabrics: () => client.replicationFabrics.list(name, resourceGroup),
    policies: () => client.replicationPolicies.list(name, resourceGroup),
    appliances: () => client.replicationAppliances.list(name, resourceGroup),
  };
  return collect(lists[list]());
}
