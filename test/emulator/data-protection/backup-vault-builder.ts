// Small Backup vaults for tests. It must not test anything.
import type {
  BackupVaultRegime,
  WorldBackupInstance,
  WorldBackupVault,
} from "../../../src/emulator/data-protection/world-backup-vault.ts";
import type { Properties } from "../../../src/emulator/json.ts";
import { subscription } from "../world-builder.ts";

const group = `/subscriptions/${subscription}/resourceGroups/rg-bv`;
export const backupVaultId: string = `${group}/providers/Microsoft.DataProtection/backupVaults/bv-test`;

export function disk(name: string, properties: Properties = {}): WorldBackupInstance {
  return {
    name: `${name}-instance`,
    properties: {
      friendlyName: name,
      dataSourceInfo: {
        resourceID: `${group}/providers/Microsoft.Compute/disks/${name}`,
        datasourceType: "Microsoft.Compute/disks",
        resourceName: name,
        objectType: "Datasource",
      },
      policyInfo: { policyId: `${backupVaultId}/backupPolicies/disk-daily` },
      protectionStatus: { status: "ProtectionConfigured" },
      currentProtectionState: "ProtectionConfigured",
      provisioningState: "Succeeded",
      objectType: "BackupInstance",
      ...properties,
    },
  };
}

export function softDeletedDisk(name: string, purge: string): WorldBackupInstance {
  return disk(name, {
    deletionInfo: {
      deletionTime: "2026-02-20T10:00:00.0000000Z",
      billingEndDate: "2026-02-20T10:00:00.0000000Z",
      scheduledPurgeTime: purge,
      deleteActivityID: "aa034ac8-3390-11ef-a8c2-60a5e243551b",
    },
    protectionStatus: { status: "SoftDeleted" },
    currentProtectionState: "SoftDeleted",
    objectType: "DeletedBackupInstance",
  });
}

type Options = {
  readonly regime?: BackupVaultRegime;
  readonly softDelete?: "On" | "Off" | "AlwaysOn";
  readonly immutability?: "Disabled" | "Unlocked" | "Locked";
  readonly more?: Partial<WorldBackupVault>;
};

export function backupVault(options: Options = {}): WorldBackupVault {
  const { regime = "secure-by-default", immutability = "Disabled" } = options;
  const state = options.softDelete ?? (regime === "classic" ? "On" : "AlwaysOn");
  return {
    id: backupVaultId,
    location: "westeurope",
    regime,
    properties: {
      provisioningState: "Succeeded",
      storageSettings: [{ datastoreType: "VaultStore", type: "LocallyRedundant" }],
      isVaultProtectedByResourceGuard: false,
      securitySettings: {
        softDeleteSettings: { state, retentionDurationInDays: 14 },
        immutabilitySettings: { state: immutability },
      },
    },
    backupInstances: [disk("disk-1"), disk("disk-2")],
    deletedBackupInstances: [],
    backupPolicies: [{ name: "disk-daily", properties: { datasourceTypes: ["Microsoft.Compute/disks"] } }],
    backupJobs: [],
    resourceGuardProxies: [],
    ...options.more,
  };
}
