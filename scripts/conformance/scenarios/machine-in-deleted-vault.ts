// A machine in a deleted vault, as azcli2025p__test_vault_soft_delete_with_items_middle shows it: protected, and never backed
// up. It must stay data.
import type { World } from "../../../src/emulator/world.ts";

const subscription = "00000000-0000-0000-0000-000000000000";
const group = `/subscriptions/${subscription}/resourceGroups/AzureBackupRG_clitest_000001`;
const vaultId = `${group}/providers/Microsoft.RecoveryServices/vaults/clitest-vault000002`;
const machine = `${group}/providers/Microsoft.Compute/virtualMachines/clitest-vm000003`;
const container = "iaasvmcontainerv2;azurebackuprg_clitest_000001;clitest-vm000003";

export const machineInDeletedVault: World = {
  formatVersion: 1,
  name: "machine-in-deleted-vault",
  description: "A vault that was deleted with a machine in it.",
  speed: 60,
  subscriptions: [{ id: subscription }],
  vaults: [],
  privateEndpoints: [],
  deletedVaults: [
    {
      name: "AzureBackupRG_clitest_000001_c1809397-0803-4e8f-8f9b-dafaf2f36849",
      location: "eastus2euap",
      properties: {
        vaultId,
        vaultDeletionTime: "2026-02-28T10:00:00Z",
        purgeAt: "2026-03-14T10:00:00Z",
      },
      contents: {
        id: vaultId,
        location: "eastus2euap",
        sku: { name: "Standard" },
        regime: "secure-by-default",
        properties: {},
        protectionContainers: [],
        protectedItems: [
          {
            container: `IaasVMContainer;${container}`,
            name: `VM;${container}`,
            properties: {
              friendlyName: "clitest-vm000003",
              backupManagementType: "AzureIaasVM",
              workloadType: "VM",
              protectedItemType: "Microsoft.Compute/virtualMachines",
              containerName: container,
              sourceResourceId: machine,
              virtualMachineId: machine,
              policyName: "DefaultPolicy",
              protectionState: "IRPending",
            },
          },
        ],
        protectionIntents: [],
        backupJobs: [],
        backupPolicies: [],
        backupEngines: [],
        resourceGuardProxies: [],
      },
    },
  ],
};
