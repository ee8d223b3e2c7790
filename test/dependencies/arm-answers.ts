// Answers of Azure cut down to the members that decide, and a reader that gives them. Each names the recording it was cut from.

import { armId, nameOf } from "../../src/model/arm-id.ts";
import type { ArmResource, ManagementType, VaultReader } from "../../src/model/ports.ts";

type Properties = Readonly<Record<string, unknown>>;

const subscription = "/subscriptions/00000000-0000-0000-0000-000000000000";

export const vaultPath: string = `${subscription}/resourceGroups/rg-test/providers/Microsoft.RecoveryServices/vaults/rsv-test`;

export const backupVaultPath: string = `${subscription}/resourceGroups/rg-test/providers/Microsoft.DataProtection/backupVaults/bv-test`;

/** The id of a container or item below the vault's one fabric. */
export function inFabric(path: string): string {
  return `${vaultPath}/backupFabrics/Azure/${path}`;
}

export function answer(id: string, properties: Properties = {}): ArmResource {
  return { id, name: nameOf(id), properties };
}

/** azcli2024__test_afs_backup_container, seq 5: a vault of the classic regime. */
export function vaultAnswer(properties: Properties = {}): ArmResource {
  return { ...answer(vaultPath, { provisioningState: "Succeeded", ...properties }), location: "westeurope" };
}

/** The security part of a vault; azcli2026p__test_vault_soft_delete_basic, seq 8, has no immutability settings at all. */
export function securitySettings(
  softDeleteState: string,
  immutabilitySettings?: { readonly state: string } | null,
): Properties {
  return {
    securitySettings: {
      ...(immutabilitySettings === undefined ? {} : { immutabilitySettings }),
      softDeleteSettings: {
        softDeleteRetentionPeriodInDays: 21,
        softDeleteState,
        enhancedSecurityState: softDeleteState,
      },
    },
  };
}

/** azcli2024__test_afs_backup_container, seq 6. */
export function vaultConfigAnswer(softDeleteFeatureState: string): ArmResource {
  return answer(`${vaultPath}/backupconfig/vaultconfig`, {
    enhancedSecurityState: "Enabled",
    softDeleteFeatureState,
    softDeleteRetentionPeriodInDays: 14,
    isSoftDeleteFeatureStateEditable: true,
  });
}

/** azcli2024__test_backup_softdelete, seq 32, before the deletion. */
export function vmItemAnswer(name: string, properties: Properties = {}): ArmResource {
  const tail = `iaasvmcontainerv2;rg-app;${name}`;
  return answer(inFabric(`protectionContainers/IaasVMContainer;${tail}/protectedItems/VM;${tail}`), {
    friendlyName: name,
    protectionState: "Protected",
    lastBackupTime: "2001-01-01T00:00:00Z",
    protectedItemType: "Microsoft.Compute/virtualMachines",
    backupManagementType: "AzureIaasVM",
    workloadType: "VM",
    containerName: tail,
    sourceResourceId: `${subscription}/resourceGroups/rg-app/providers/Microsoft.Compute/virtualMachines/${name}`,
    isArchiveEnabled: false,
    softDeleteRetentionPeriod: 0,
    ...properties,
  });
}

/** azcli2024__test_backup_softdelete, seq 32: what a deletion makes of an item. */
export const softDeletedMembers: Properties = {
  protectionState: "ProtectionStopped",
  policyId: "",
  deferredDeleteTimeInUTC: "2024-04-28T07:36:32.8045285Z",
  isScheduledForDeferredDelete: true,
  deferredDeleteTimeRemaining: "13.23:59:42.8656002",
  softDeleteRetentionPeriod: 14,
};

/** azcli2020__test_backup_wl_sql_restore_as_files, seq 1. */
export function databaseAnswer(server: string, database: string, properties: Properties = {}): ArmResource {
  const container = `VMAppContainer;compute;rg-data;${server}`;
  return answer(inFabric(`protectionContainers/${container}/protectedItems/SQLDataBase;mssqlserver;${database}`), {
    friendlyName: database,
    protectionState: "Protected",
    lastBackupTime: "2020-02-10T08:41:33.0264375Z",
    protectedItemType: "AzureVmWorkloadSQLDatabase",
    backupManagementType: "AzureWorkload",
    workloadType: "SQLDataBase",
    containerName: container,
    ...properties,
  });
}

/** azcli2024__test_afs_backup_container, seq 83: the container is spelled `storage` here. */
export function fileShareAnswer(account: string, share: string, properties: Properties = {}): ArmResource {
  const container = `StorageContainer;storage;rg-files;${account}`;
  return answer(inFabric(`protectionContainers/${container}/protectedItems/AzureFileShare;f08f3532b3e149a6`), {
    friendlyName: share,
    protectionState: "IRPending",
    protectedItemType: "AzureFileShareProtectedItem",
    backupManagementType: "AzureStorage",
    workloadType: "AzureFileShare",
    containerName: container,
    softDeleteRetentionPeriod: 0,
    ...properties,
  });
}

/** azcli2024__test_backup_softdelete, seq 33 (and 44: the same body in the list of registered ones). */
export function vmContainerAnswer(name: string, registrationStatus = "Registered"): ArmResource {
  return answer(inFabric(`protectionContainers/IaasVMContainer;iaasvmcontainerv2;rg-app;${name}`), {
    virtualMachineId: `${subscription}/resourceGroups/rg-app/providers/Microsoft.Compute/virtualMachines/${name}`,
    friendlyName: name,
    backupManagementType: "AzureIaasVM",
    registrationStatus,
    containerType: "Microsoft.Compute/virtualMachines",
  });
}

/** azcli2024__test_afs_backup_container, seq 81: the container is spelled `Storage` here. */
export function storageAccountAnswer(account: string, registrationStatus = "Registered"): ArmResource {
  return answer(inFabric(`protectionContainers/StorageContainer;Storage;rg-files;${account}`), {
    sourceResourceId: `${subscription}/resourceGroups/rg-files/providers/Microsoft.Storage/storageAccounts/${account}`,
    protectedItemCount: 1,
    acquireStorageAccountLock: "Acquire",
    friendlyName: account,
    backupManagementType: "AzureStorage",
    registrationStatus,
    containerType: "StorageContainer",
  });
}

/** azcli2024__test_backup_wl_hana_archive, seq 6. */
export function workloadContainerAnswer(server: string, registrationStatus = "Registered"): ArmResource {
  return answer(inFabric(`protectionContainers/VMAppContainer;Compute;rg-data;${server}`), {
    sourceResourceId: `${subscription}/resourceGroups/rg-data/providers/Microsoft.Compute/virtualMachines/${server}`,
    friendlyName: server,
    backupManagementType: "AzureWorkload",
    registrationStatus,
    containerType: "VMAppContainer",
  });
}

/** azcli2024__test_backup_wl_sql_auto_protection, seq 60: `/Subscriptions/`, and a container without its type prefix. */
export function intentAnswer(server: string): ArmResource {
  const odd = vaultPath.replace("/subscriptions/", "/Subscriptions/");
  const container = `${odd}/backupFabrics/Azure/protectionContainers/Compute;rg-data;${server}`;
  return answer(`${odd}/backupFabrics/Azure/backupProtectionIntent/870c1b1b-9a44-46c9-995e-bf620d41923b`, {
    protectionIntentItemType: "RecoveryServiceVaultItem",
    backupManagementType: "AzureWorkload",
    sourceResourceId: container,
    itemId: `${container}/protectableItems/MSSQLSERVER`,
    protectionState: "NotProtected",
  });
}

/** azcli2024__test_backup_job, seq 127; workload and storage jobs name no container (azcli2020__test_afs_backup_restore, seq 56). */
export function jobAnswer(properties: Properties = {}): ArmResource {
  return answer(`${vaultPath}/backupJobs/db580642-065c-4748-8e9b-7fa0d87dd1bb`, {
    jobType: "AzureIaaSVMJob",
    entityFriendlyName: "vm-1",
    backupManagementType: "AzureIaasVM",
    operation: "Restore",
    status: "InProgress",
    startTime: "2024-05-13T11:01:01.5322387Z",
    ...properties,
  });
}

/** A connection as it stands inside the vault's answer (documented shape; no recording has one). */
export function connectionMember(name: string, endpoint: string | undefined, status = "Approved"): Properties {
  return {
    id: `${vaultPath}/privateEndpointConnections/${name}`,
    name,
    properties: {
      ...(endpoint === undefined ? {} : { privateEndpoint: { id: endpoint } }),
      privateLinkServiceConnectionState: { status },
    },
  };
}

/** The id of a private endpoint in a resource group of its own. */
export function endpointPath(name: string): string {
  return `${subscription}/resourceGroups/rg-net/providers/Microsoft.Network/privateEndpoints/${name}`;
}

/** A reader of an empty vault that answers `given` instead where it is given. */
export function readerOf(given: Partial<VaultReader> = {}): VaultReader {
  const nothing = async (): Promise<readonly ArmResource[]> => [];
  const absent = async (): Promise<undefined> => undefined;
  return {
    vault: async () => vaultAnswer(),
    vaultConfig: absent,
    protectedItems: nothing,
    containers: nothing,
    softDeletedContainers: nothing,
    intents: nothing,
    jobsInProgress: nothing,
    policies: nothing,
    backupInstances: nothing,
    deletedBackupInstances: nothing,
    backupEngines: nothing,
    guardProxies: nothing,
    replicationUsage: async () => ({ protectedItems: 0, recoveryPlans: 0, registeredServers: 0 }),
    recoveryPoints: nothing,
    replication: nothing,
    privateEndpoint: absent,
    privateEndpoints: nothing,
    resourceGroup: absent,
    locks: nothing,
    grants: async () => [],
    resourcesOfType: nothing,
    roleAssignments: nothing,
    deletedVaults: nothing,
    ...given,
  };
}

/** A list that answers these resources when it is asked for this management type, and nothing for the others. */
export function onlyFor(
  wanted: ManagementType,
  ...resources: readonly ArmResource[]
): (type: ManagementType) => Promise<readonly ArmResource[]> {
  return async (type) => (type === wanted ? resources : []);
}

/** The same id as Azure spells it elsewhere: other casing, a doubled slash, a slash at the end. */
export function respelled(id: string): ReturnType<typeof armId> {
  return armId(`${id.toUpperCase().replace("/RESOURCEGROUPS", "//resourcegroups")}/`);
}
