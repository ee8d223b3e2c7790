// The Azure actions that looking at a vault takes: part of the role a plan writes, none of them needed by a step. Data only.

import type { VaultKind } from "../model/arm-id.ts";

const vaults = "Microsoft.RecoveryServices/Vaults";
const fabrics = `${vaults}/backupFabrics`;
const containers = `${fabrics}/protectionContainers`;
const replication = `${vaults}/replicationFabrics`;

const backupVaults = "Microsoft.DataProtection/backupVaults";

const ofAnyVault: readonly string[] = [
  "Microsoft.Authorization/locks/read",
  "Microsoft.Authorization/permissions/read",
  "Microsoft.Authorization/roleAssignments/read",
  "Microsoft.Resources/subscriptions/resourceGroups/read",
  "Microsoft.Resources/subscriptions/resourceGroups/resources/read",
  "Microsoft.Resources/subscriptions/resources/read",
];

const ofRecoveryServicesVaults: readonly string[] = [
  "Microsoft.Network/locations/operationResults/read",
  "Microsoft.Network/locations/operations/read",
  "Microsoft.Network/privateEndpoints/read",
  "Microsoft.RecoveryServices/locations/deletedVaults/read",
  `${vaults}/read`,
  `${vaults}/backupDeletedProtectionContainers/read`,
  `${vaults}/backupEngines/read`,
  `${fabrics}/operationsStatus/read`,
  `${containers}/operationResults/read`,
  `${containers}/operationsStatus/read`,
  `${containers}/protectedItems/operationResults/read`,
  `${containers}/protectedItems/operationsStatus/read`,
  `${containers}/protectedItems/recoveryPoints/read`,
  `${vaults}/backupJobs/operationResults/read`,
  `${vaults}/backupJobs/operationsStatus/read`,
  `${vaults}/backupJobs/read`,
  `${vaults}/backupOperationResults/read`,
  `${vaults}/backupOperations/read`,
  `${vaults}/backupPolicies/read`,
  `${vaults}/backupProtectedItems/read`,
  `${vaults}/backupProtectionContainers/read`,
  `${vaults}/backupProtectionIntents/read`,
  `${vaults}/backupResourceGuardProxies/read`,
  `${vaults}/backupconfig/read`,
  `${vaults}/operationResults/read`,
  `${vaults}/operationStatus/read`,
  `${vaults}/privateEndpointConnections/operationResults/read`,
  `${vaults}/privateEndpointConnections/operationsStatus/read`,
  `${vaults}/privateEndpointConnections/read`,
  `${replication}/operationresults/read`,
  `${replication}/read`,
  `${vaults}/replicationAppliances/read`,
  `${vaults}/replicationJobs/read`,
  `${vaults}/replicationMigrationItems/read`,
  `${vaults}/replicationNetworkMappings/read`,
  `${vaults}/replicationPolicies/read`,
  `${vaults}/replicationProtectedItems/read`,
  `${vaults}/replicationProtectionContainerMappings/read`,
  `${vaults}/replicationProtectionContainers/read`,
  `${vaults}/replicationRecoveryPlans/read`,
  `${vaults}/replicationRecoveryServicesProviders/read`,
  `${vaults}/replicationStorageClassificationMappings/read`,
  `${vaults}/replicationUsages/read`,
  `${vaults}/replicationvCenters/read`,
];

/**
 * The reads of locations by a wildcard: Azure refuses a role that names an operation it does not know, and documents none
 * for the list of deleted vaults.
 */
const ofBackupVaults: readonly string[] = [
  `${backupVaults}/read`,
  `${backupVaults}/backupInstances/operationResults/read`,
  `${backupVaults}/backupInstances/read`,
  `${backupVaults}/backupInstances/recoveryPoints/read`,
  `${backupVaults}/backupJobs/read`,
  `${backupVaults}/backupPolicies/read`,
  `${backupVaults}/backupResourceGuardProxies/read`,
  `${backupVaults}/deletedBackupInstances/read`,
  `${backupVaults}/operationResults/read`,
  `${backupVaults}/operationStatus/read`,
  "Microsoft.DataProtection/locations/*/read",
  "Microsoft.DataProtection/subscriptions/resourceGroups/providers/locations/operationStatus/read",
];

/** Reads, and asking how an operation stands. Names: documented operations of the providers. */
export const discoveryActions: { readonly [K in VaultKind]: readonly string[] } = {
  "recovery-services": [...ofAnyVault, ...ofRecoveryServicesVaults],
  backup: [...ofAnyVault, ...ofBackupVaults],
};
