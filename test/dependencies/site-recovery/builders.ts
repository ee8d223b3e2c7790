// Objects of Site Recovery for tests of its rules: a pair of regions of Azure, and a site outside it. Each takes what differs.

import { armId } from "../../../src/model/arm-id.ts";
import type {
  ContainerMapping,
  Fabric,
  MigrationItem,
  NetworkMapping,
  ProtectionContainer,
  RecoveryPlan,
  RecoveryServicesProvider,
  ReplicatedItem,
  ReplicationJob,
  ReplicationPolicy,
  StorageClassificationMapping,
  Vcenter,
} from "../../../src/model/replication.ts";
import { vaultPath } from "../arm-answers.ts";

/** All bodies of Site Recovery spell the first segment so (recorded). */
export const odd: string = vaultPath.replace("/subscriptions/", "/Subscriptions/");

export const fabricId = (name: string): ReturnType<typeof armId> => armId(`${odd}/replicationFabrics/${name}`);

export const containerId = (fabric: string, name = `${fabric}-container`): ReturnType<typeof armId> =>
  armId(`${fabricId(fabric)}/replicationProtectionContainers/${name}`);

export function fabric(name: string, more: Partial<Fabric> = {}): Fabric {
  return { kind: "fabric", id: fabricId(name), name, state: "Valid", fabricType: "Azure", appliances: [], ...more };
}

export function protectionContainer(inFabric: string, more: Partial<ProtectionContainer> = {}): ProtectionContainer {
  return {
    kind: "protection-container",
    id: containerId(inFabric),
    name: `${inFabric}-container`,
    state: "Paired",
    fabric: fabricId(inFabric),
    fabricType: "Azure",
    ...more,
  };
}

export function replicatedItem(inFabric: string, name: string, more: Partial<ReplicatedItem> = {}): ReplicatedItem {
  return {
    kind: "replicated-item",
    id: armId(`${containerId(inFabric)}/replicationProtectedItems/${name}`),
    name,
    state: "Protected",
    fabric: fabricId(inFabric),
    container: containerId(inFabric),
    provider: "A2A",
    activeLocation: "Primary",
    testFailover: "None",
    allowedOperations: ["UnplannedFailover", "DisableProtection", "TestFailover"],
    source: "reachable",
    ...more,
  };
}

/** What an item reads after an unplanned failover that nobody committed (recorded: V2A_RCMInMage, seq 118). */
export const failedOver: Partial<ReplicatedItem> = {
  state: "UnplannedFailoverCommitPendingStatesBegin",
  activeLocation: "Recovery",
  allowedOperations: ["CompleteMigration", "Commit", "DisableProtection", "ChangePit", "SwitchProtection"],
};

export function migrationItem(inFabric: string, name: string, more: Partial<MigrationItem> = {}): MigrationItem {
  return {
    kind: "migration-item",
    id: armId(`${containerId(inFabric)}/replicationMigrationItems/${name}`),
    name,
    state: "Replicating",
    fabric: fabricId(inFabric),
    container: containerId(inFabric),
    testMigration: "None",
    ...more,
  };
}

export function containerMapping(inFabric: string, more: Partial<ContainerMapping> = {}): ContainerMapping {
  return {
    kind: "container-mapping",
    id: armId(`${containerId(inFabric)}/replicationProtectionContainerMappings/from-${inFabric}`),
    name: `from-${inFabric}`,
    state: "Paired",
    fabric: fabricId(inFabric),
    container: containerId(inFabric),
    provider: "A2A",
    policy: replicationPolicy("policy-1").id,
    ...more,
  };
}

export function networkMapping(inFabric: string, target?: string): NetworkMapping {
  return {
    kind: "network-mapping",
    id: armId(`${fabricId(inFabric)}/replicationNetworks/azureNetwork/replicationNetworkMappings/from-${inFabric}`),
    name: `from-${inFabric}`,
    state: "Paired",
    fabric: fabricId(inFabric),
    ...(target === undefined ? {} : { targetFabric: fabricId(target) }),
  };
}

export function storageMapping(inFabric: string, target?: string): StorageClassificationMapping {
  return {
    kind: "storage-classification-mapping",
    id: armId(
      `${fabricId(inFabric)}/replicationStorageClassifications/gold/replicationStorageClassificationMappings/from-${inFabric}`,
    ),
    name: `from-${inFabric}`,
    state: "Unknown",
    fabric: fabricId(inFabric),
    ...(target === undefined ? {} : { targetFabric: fabricId(target) }),
  };
}

export function server(
  inFabric: string,
  name: string,
  more: Partial<RecoveryServicesProvider> = {},
): RecoveryServicesProvider {
  return {
    kind: "recovery-services-provider",
    id: armId(`${fabricId(inFabric)}/replicationRecoveryServicesProviders/${name}`),
    name,
    state: "Connected",
    fabric: fabricId(inFabric),
    fabricType: "HyperVSite",
    source: "reachable",
    ...more,
  };
}

export const disconnected: Partial<RecoveryServicesProvider> = { state: "Disconnected", source: "unreachable" };

export function vcenter(inFabric: string, name: string): Vcenter {
  return {
    kind: "vcenter",
    id: armId(`${fabricId(inFabric)}/replicationvCenters/${name}`),
    name,
    state: "Completed",
    fabric: fabricId(inFabric),
  };
}

export function replicationPolicy(name: string): ReplicationPolicy {
  return { kind: "replication-policy", id: armId(`${odd}/replicationPolicies/${name}`), name, state: "A2A" };
}

export function recoveryPlan(name: string): RecoveryPlan {
  return { kind: "recovery-plan", id: armId(`${odd}/replicationRecoveryPlans/${name}`), name, state: "None" };
}

export function replicationJob(name: string, more: Partial<ReplicationJob> = {}): ReplicationJob {
  return {
    kind: "replication-job",
    id: armId(`${odd}/replicationJobs/${name}`),
    name,
    state: "InProgress",
    operation: "TestFailover",
    cancellable: false,
    ...more,
  };
}
