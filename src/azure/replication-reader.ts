// The vault-wide lists of Site Recovery, through its SDK client but for two. Each follows all pages and asks what that client
// would ask.

import { vaultId, type Scope } from "../model/arm-id.ts";
import type { ArmResource, ReplicationList } from "../model/ports.ts";
import { asResource, collect, listRaw, rethrow, type SdkList } from "./arm-answers.ts";
import type { Clients } from "./clients.ts";
import { encoded } from "./encoded.ts";

/** The longest list, of which the client makes models more slowly than it is read; and the only one asked of every vault. */
const withoutClient = { "protected-items": "replicationProtectedItems", fabrics: "replicationFabrics" } as const;

type WithoutClient = keyof typeof withoutClient;

function isWithoutClient(list: ReplicationList): list is WithoutClient {
  return list in withoutClient;
}

/** All pages of one of the vault-wide lists of Site Recovery. Throws AzureError. */
export async function listReplication(
  clients: Clients,
  scope: Scope,
  list: ReplicationList,
): Promise<readonly ArmResource[]> {
  if (isWithoutClient(list)) return listRaw(clients, pathOf(clients, scope, withoutClient[list]), asResource);
  const { subscriptionId, resourceGroup, name } = scope;
  const client = await clients.replication(subscriptionId).catch(rethrow);
  const lists: { readonly [L in Exclude<ReplicationList, WithoutClient>]: () => SdkList } = {
    jobs: () => client.replicationJobs.list(name, resourceGroup),
    "recovery-plans": () => client.replicationRecoveryPlans.list(name, resourceGroup),
    "migration-items": () => client.replicationMigrationItems.list(name, resourceGroup),
    "container-mappings": () => client.replicationProtectionContainerMappings.list(name, resourceGroup),
    "network-mappings": () => client.replicationNetworkMappings.list(name, resourceGroup),
    "storage-classification-mappings": () => client.replicationStorageClassificationMappings.list(name, resourceGroup),
    "protection-containers": () => client.replicationProtectionContainers.list(name, resourceGroup),
    vcenters: () => client.replicationvCenters.list(name, resourceGroup),
    providers: () => client.replicationRecoveryServicesProviders.list(name, resourceGroup),
    policies: () => client.replicationPolicies.list(name, resourceGroup),
    appliances: () => client.replicationAppliances.list(name, resourceGroup),
  };
  return collect(lists[list]());
}

function pathOf(clients: Clients, scope: Scope, collection: string): string {
  return `${encoded(vaultId(scope))}/${collection}?api-version=${clients.apiVersions.replication}`;
}
