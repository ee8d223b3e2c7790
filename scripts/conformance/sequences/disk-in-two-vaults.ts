// The world in which the recorded sequence of a backup instance begins: what its recording lets one know of two Backup
// vaults, and nothing of the disk. It must not hold what comes about in the sequence.
import type { WorldBackupVault } from "../../../src/emulator/data-protection/world-backup-vault.ts";
import type { World } from "../../../src/emulator/world.ts";

const subscription = "00000000-0000-0000-0000-000000000000";
const group = `/subscriptions/${subscription}/resourceGroups/clitest-dpp-rg`;
const vaults = `${group}/providers/Microsoft.DataProtection/backupVaults`;
const keeping = `${vaults}/clitest-bkp-vault-sd1-donotdelete`;
const disk = "clitest-disk-sd-donotdelete";
const location = "centraluseuap";

function vault(id: string, softDelete: "On" | "Off"): WorldBackupVault {
  const softDeleteSettings = { state: softDelete, retentionDurationInDays: 14 };
  return {
    id,
    location,
    regime: "classic",
    properties: { provisioningState: "Succeeded", securitySettings: { softDeleteSettings } },
    backupInstances: [],
    deletedBackupInstances: [],
    backupPolicies: [],
    backupJobs: [],
    resourceGuardProxies: [],
  };
}

const protectedDisk: WorldBackupVault["backupInstances"][number] = {
  name: `${disk}-${disk}-b7e6f082-b310-11eb-8f55-9cfce85d4fa1`,
  properties: {
    friendlyName: disk,
    dataSourceInfo: {
      resourceID: `${group}/providers/Microsoft.Compute/disks/${disk}`,
      resourceUri: "",
      datasourceType: "Microsoft.Compute/disks",
      resourceName: disk,
      resourceType: "Microsoft.Compute/disks",
      resourceLocation: location,
      objectType: "Datasource",
    },
    policyInfo: {
      policyId: `${keeping}/backupPolicies/diskpol`,
      policyParameters: {
        dataStoreParametersList: [
          {
            dataStoreType: "OperationalStore",
            objectType: "AzureOperationalStoreParameters",
            resourceGroupId: group,
          },
        ],
      },
    },
    protectionStatus: { status: "ProtectionConfigured" },
    currentProtectionState: "ProtectionConfigured",
    provisioningState: "Succeeded",
    objectType: "BackupInstance",
  },
};

export const diskInTwoVaults: World = {
  formatVersion: 1,
  name: "disk-in-two-vaults",
  description: "A disk protected by a Backup vault with soft delete, beside a Backup vault without.",
  speed: 60,
  subscriptions: [{ id: subscription }],
  vaults: [],
  privateEndpoints: [],
  deletedVaults: [],
  backupVaults: [
    { ...vault(keeping, "On"), backupInstances: [protectedDisk] },
    vault(`${vaults}/clitest-bkp-vault-persistent-bi-donotdelete`, "Off"),
  ],
};
