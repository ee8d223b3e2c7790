// A vault of which Azure answers one thing alone, and what its kind reads of that: for tables of it.

import { registry } from "../../src/dependencies/registry.ts";
import type { ArmResource, ManagementType, ReplicationList, VaultReader } from "../../src/model/ports.ts";
import type { Kind } from "../../src/model/resource.ts";
import { answer, inFabric, onlyFor, readerOf, vaultAnswer, backupVaultPath, vaultPath } from "./arm-answers.ts";
import { containerId, fabricId, odd } from "./site-recovery/builders.ts";

/** Settings stand in the vault's own answers, endpoints and leftovers are looked for from there. */
export type ReadKind = Exclude<
  Kind,
  "soft-delete-setting" | "hybrid-security-setting" | "immutability-setting" | "private-endpoint" | "leftover"
>;

type Place = { readonly id: string; readonly reader: (found: ArmResource) => VaultReader };

function inContainers(type: ManagementType, name = "c"): Place {
  return {
    id: inFabric(`protectionContainers/${name}`),
    reader: (found) => readerOf({ containers: onlyFor(type, found) }),
  };
}

function inReplication(list: ReplicationList, id: string): Place {
  return { id, reader: (found) => readerOf({ replication: async (asked) => (asked === list ? [found] : []) }) };
}

/** Where Azure lists what becomes a resource of the kind. */
const places: Readonly<Record<ReadKind, Place>> = {
  "protected-item": {
    id: inFabric("protectionContainers/c/protectedItems/i"),
    reader: (found) => readerOf({ protectedItems: async () => [found] }),
  },
  "workload-container": inContainers("AzureWorkload"),
  "storage-container": inContainers("AzureStorage"),
  "virtual-machine-container": inContainers("AzureIaasVM"),
  "mars-server": inContainers("MAB", "Windows;windows;m.corp"),
  unknown: inContainers("AzureIaasVM"),
  "backup-server": {
    id: `${vaultPath}/backupEngines/d`,
    reader: (found) => readerOf({ backupEngines: async () => [found] }),
  },
  "backup-job": {
    id: `${vaultPath}/backupJobs/j`,
    reader: (found) => readerOf({ jobsInProgress: async () => [found] }),
  },
  "auto-protection-intent": {
    id: `${vaultPath}/intents/i`,
    reader: (found) => readerOf({ intents: async () => [found] }),
  },
  "backup-policy": { id: `${vaultPath}/policies/p`, reader: (found) => readerOf({ policies: async () => [found] }) },
  "backup-instance": {
    id: `${backupVaultPath}/backupInstances/i`,
    reader: (found) => readerOf({ backupInstances: async () => [found] }),
  },
  "backup-vault-policy": {
    id: `${backupVaultPath}/backupPolicies/p`,
    reader: (found) => readerOf({ vault: async () => answer(backupVaultPath), policies: async () => [found] }),
  },
  "resource-guard": {
    id: `${vaultPath}/proxies/p`,
    reader: (found) => readerOf({ guardProxies: async () => [found] }),
  },
  lock: {
    id: `${vaultPath}/providers/Microsoft.Authorization/locks/l`,
    reader: (found) => readerOf({ locks: async () => [found] }),
  },
  vault: { id: vaultPath, reader: (found) => readerOf({ vault: async () => found }) },
  "private-endpoint-connection": {
    id: `${vaultPath}/privateEndpointConnections/c`,
    reader: ({ id, properties }) => {
      const connection = { id, ...properties };
      return readerOf({
        vault: async () => vaultAnswer({ privateEndpointConnections: [connection, { name: "no id" }] }),
      });
    },
  },
  "replication-job": inReplication("jobs", `${odd}/replicationJobs/j`),
  "recovery-plan": inReplication("recovery-plans", `${odd}/replicationRecoveryPlans/p`),
  "replicated-item": inReplication("protected-items", `${containerId("site")}/replicationProtectedItems/i`),
  "migration-item": inReplication("migration-items", `${containerId("site")}/replicationMigrationItems/i`),
  "container-mapping": inReplication("container-mappings", `${containerId("site")}/mappings/m`),
  "network-mapping": inReplication("network-mappings", `${fabricId("site")}/networks/n/mappings/m`),
  "storage-classification-mapping": inReplication(
    "storage-classification-mappings",
    `${fabricId("site")}/classes/c/mappings/m`,
  ),
  "protection-container": inReplication("protection-containers", containerId("site")),
  vcenter: inReplication("vcenters", `${fabricId("site")}/replicationvCenters/v`),
  "recovery-services-provider": inReplication("providers", `${fabricId("site")}/providers/p`),
  fabric: inReplication("fabrics", fabricId("site")),
  "replication-policy": inReplication("policies", `${odd}/replicationPolicies/p`),
};

/** What the kind reads of an answer with these properties, but for its id; with several or none, their number. */
export async function readOf(kind: ReadKind, properties: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
  const { id, reader } = places[kind];
  const [read, ...more] = await registry[kind].list(reader(answer(id, properties)));
  if (read === undefined || more.length > 0 || read.kind !== kind || read.id !== id)
    return more.length + Number(read !== undefined);
  const { kind: _kind, id: _id, ...facts } = read;
  // a member without a value must not pass for one that is not there
  const text = JSON.stringify(facts, (_member, value: unknown) => value ?? "no value");
  return JSON.parse(text.replaceAll(vaultPath, "<vault>").replaceAll(odd, "<vault>"));
}
