// Reads everything that can stand in a vault and around it, by list and one by one. It must not change anything.
import type { Client } from "../client.ts";
import { textOf } from "../exchange.ts";

const managementTypes = ["AzureIaasVM", "AzureStorage", "AzureWorkload", "AzureSql", "MAB", "DPM", "AzureBackupServer"];
const replicationLists = [
  "replicationFabrics",
  "replicationProtectionContainers",
  "replicationProtectedItems",
  "replicationMigrationItems",
  "replicationProtectionContainerMappings",
  "replicationNetworkMappings",
  "replicationStorageClassificationMappings",
  "replicationvCenters",
  "replicationRecoveryServicesProviders",
  "replicationPolicies",
  "replicationRecoveryPlans",
  "replicationJobs",
];

export async function readAll(client: Client, vaultId: string): Promise<void> {
  await readAround(client, vaultId);
  await readBackup(client, vaultId);
  await readReplication(client, vaultId);
}

async function readAround({ send, list }: Client, vaultId: string): Promise<void> {
  const group = vaultId.split("/").slice(0, 5).join("/");
  const subscription = vaultId.split("/").slice(0, 3).join("/");
  await list(`${subscription}/providers/Microsoft.RecoveryServices/vaults`);
  await list(`${group}/providers/Microsoft.RecoveryServices/vaults`);
  await send("GET", vaultId);
  await send("GET", `${vaultId}-absent`);
  await list(`${group}/providers/Microsoft.Authorization/locks?api-version=2016-09-01`);
  await list(`${vaultId}/providers/Microsoft.Authorization/locks?api-version=2016-09-01`);
}

async function readBackup({ send, list }: Client, vaultId: string): Promise<void> {
  await send("GET", `${vaultId}/backupconfig/vaultconfig`);
  for (const type of managementTypes) {
    const filter = `$filter=backupManagementType eq '${type}'`;
    for (const { id } of await list(`${vaultId}/backupProtectionContainers?${filter}`)) await send("GET", textOf(id));
    await list(`${vaultId}/backupDeletedProtectionContainers?${filter}`);
    for (const { id } of await list(`${vaultId}/backupProtectedItems?${filter}`)) {
      await send("GET", textOf(id));
      await list(`${textOf(id)}/recoveryPoints`);
    }
  }
  const kinds = ["backupJobs", "backupPolicies", "backupResourceGuardProxies"];
  for (const kind of kinds) for (const { id } of await list(`${vaultId}/${kind}`)) await send("GET", textOf(id));
  await list(`${vaultId}/backupProtectionIntents`);
  await list(`${vaultId}/backupEngines`);
}

async function readReplication({ send, list }: Client, vaultId: string): Promise<void> {
  for (const kind of replicationLists) {
    for (const { id } of await list(`${vaultId}/${kind}`)) {
      const path = textOf(id);
      await send("GET", path);
      // the list it stands in, below its own parent
      await list(path.slice(0, path.lastIndexOf("/")));
    }
  }
}
