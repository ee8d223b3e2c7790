// Answers of Site Recovery cut down to the members that decide. Each names the recording it was cut from.

import type { ArmResource, ReplicationList, VaultReader } from "../../../src/model/ports.ts";
import { answer, readerOf } from "../arm-answers.ts";
import { containerId, fabricId, odd } from "./builders.ts";

type Properties = Readonly<Record<string, unknown>>;

/** A2A_selfcreated_scenarios, seq 129. */
export function itemAnswer(fabric: string, name: string, properties: Properties = {}): ArmResource {
  return answer(`${containerId(fabric)}/replicationProtectedItems/${name}`, {
    friendlyName: name.toUpperCase(),
    recoveryServicesProviderId: `${fabricId(fabric)}/replicationRecoveryServicesProviders/ebbd1042`,
    protectionState: "Protected",
    activeLocation: "Primary",
    testFailoverState: "None",
    allowedOperations: ["UnplannedFailover", "DisableProtection", "TestFailover"],
    currentScenario: { scenarioName: "None", jobId: `${odd}/replicationJobs/None` },
    recoveryContainerId: containerId("west"),
    providerSpecificDetails: {
      instanceType: "A2A",
      fabricObjectId: vm(name),
      recoveryAzureResourceGroupId: group("rg-recovered"),
      recoveryAzureVMName: `${name}-recovered`,
      protectedManagedDisks: [
        {
          recoveryReplicaDiskId: `${group("rg-recovered")}/providers/Microsoft.Compute/disks/${name}-ASRReplica`,
          primaryStagingAzureStorageAccountId: `${group("rg-app")}/providers/Microsoft.Storage/storageAccounts/cache`,
        },
      ],
    },
    ...properties,
  });
}

export function vm(name: string): string {
  return `${group("rg-app")}/providers/Microsoft.Compute/virtualMachines/${name}`;
}

export function group(name: string): string {
  return `/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/${name}`;
}

/** V2A_RCMInMage_scenarios, seq 118: an item of a modernized appliance, failed over and not committed. */
export const ofAppliance: Properties = {
  protectionState: "UnplannedFailoverCommitPendingStatesBegin",
  activeLocation: "Recovery",
  allowedOperations: ["CompleteMigration", "Commit", "DisableProtection", "ChangePit", "SwitchProtection"],
  recoveryServicesProviderId: `${fabricId("vmware")}/replicationRecoveryServicesProviders/83629832-8201-4d31-b9cd-a644185d035a`,
  recoveryContainerId: "Microsoft Azure",
  providerSpecificDetails: {
    instanceType: "InMageRcm",
    targetVmName: "RCM-Win2K16-01",
    targetResourceGroupId: group("rg-target"),
    protectedDisks: [{ seedManagedDiskId: `${group("rg-target")}/providers/Microsoft.Compute/disks/asrseeddisk` }],
  },
};

/** V2A_RCMInMage_scenarios, seq 11: its id ends in another name than items give. */
export function serverAnswer(fabric: string, properties: Properties = {}): ArmResource {
  return answer(`${fabricId(fabric)}/replicationRecoveryServicesProviders/vaultv2arcmc71ddra`, {
    fabricType: "InMageRcm",
    friendlyName: "vaultv2arcm",
    connectionStatus: "Connected",
    draIdentifier: "83629832-8201-4d31-b9cd-a644185d035a",
    ...properties,
  });
}

/** H2A_B2A_selfcreated_scenarios, seq 20; other types differ in `customDetails`. */
export function fabricAnswer(name: string, instanceType: string, customDetails: Properties = {}): ArmResource {
  return answer(fabricId(name), {
    friendlyName: name,
    bcdrState: "Valid",
    customDetails: { instanceType, ...customDetails },
  });
}

/** SDK 5.1.0: an appliance's answer has nothing but properties. */
export function applianceAnswer(name: string, fabric?: string): ArmResource {
  return answer("", {
    providerSpecificDetails: {
      instanceType: "InMageRcm",
      appliances: [{ id: "83629832", name, ...(fabric === undefined ? {} : { fabricArmId: fabricId(fabric) }) }],
    },
  });
}

/** A2A_selfcreated_scenarios, seq 67. */
export function mappingAnswer(fabric: string, properties: Properties = {}): ArmResource {
  return answer(`${containerId(fabric)}/replicationProtectionContainerMappings/from-${fabric}`, {
    targetProtectionContainerId: containerId("west"),
    providerSpecificDetails: { instanceType: "A2A", agentAutoUpdateStatus: "Disabled" },
    policyId: `${odd}/replicationPolicies/policy-1`,
    state: "Paired",
    ...properties,
  });
}

/** SDK 5.1.0 (JobProperties): no recording lists jobs. */
export function jobAnswer(state: string, properties: Properties = {}): ArmResource {
  return answer(`${odd}/replicationJobs/88b6f446`, {
    scenarioName: "EnableProtection",
    state,
    allowedActions: [],
    targetObjectId: "4468b400-1393-4d08-a81e-0e3c19c04a0b",
    targetObjectName: "VM1",
    ...properties,
  });
}

/** A reader whose Site Recovery lists are these, and empty where none is given. */
export function replicationReader(
  lists: Partial<Record<ReplicationList, readonly ArmResource[]>>,
  more: Partial<VaultReader> = {},
): VaultReader {
  return readerOf({ replication: async (list) => lists[list] ?? [], ...more });
}
