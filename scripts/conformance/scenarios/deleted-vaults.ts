// Deletes an empty vault where secure by default holds, looks at it among the deleted ones, and brings it back; asks what
// another one held. It must not touch anything in a vault.
import { loadWorld } from "../../../src/emulator/worlds.ts";
import { clientOf } from "../client.ts";
import type { Exchange } from "../exchange.ts";
import { textOf } from "../exchange.ts";
import { machineInDeletedVault } from "./machine-in-deleted-vault.ts";
import { deleteVault } from "./vault.ts";

const apiVersion = "2026-05-01";

/** The question of recorded clients, for one deleted vault. */
export async function askWhatItHeld(): Promise<readonly Exchange[]> {
  const { deletedVaults, name, subscriptions } = machineInDeletedVault;
  const client = clientOf(machineInDeletedVault, "2021-03-01", name);
  for (const deleted of deletedVaults) {
    const query = [
      "recoveryservicesresources",
      '| where type == "microsoft.recoveryservices/locations/deletedvaults/backupfabrics/protectioncontainers/protecteditems"',
      "| extend dataSourceType = strcat(properties.backupManagementType, '/', properties.workloadType)",
      `| where tostring(id) contains "${deleted.name}"`,
      "| project id, type, name, location, resourceGroup, subscriptionId, dataSourceType, properties, tags",
    ].join("\n");
    const options = { subscriptions: subscriptions.map(({ id }) => id) };
    await client.send("POST", "/providers/Microsoft.ResourceGraph/resources", { query, options });
  }
  return client.exchanges;
}

export async function undeleteVault(): Promise<readonly Exchange[]> {
  const client = clientOf(loadWorld("recorded-deleted-vault"), apiVersion, "recorded-deleted-vault");
  const [deleted] = client.emulator.world().deletedVaults;
  const vaultId = textOf(deleted?.properties["vaultId"]);
  const group = vaultId.split("/").slice(0, 5).join("/");
  const list = `${vaultId.split("/").slice(0, 3).join("/")}/providers/Microsoft.RecoveryServices/locations/${deleted?.location ?? ""}/deletedVaults`;
  await client.send("GET", vaultId);
  for (const { id } of await client.list(list)) {
    await client.send("GET", textOf(id));
    const accepted = await client.send("POST", `${textOf(id)}/undelete`, {
      properties: { recoveryResourceGroupId: group },
    });
    await client.follow(accepted, "azure-asyncoperation", 60);
    await client.follow(accepted, "location", 60);
  }
  await client.send("GET", vaultId);
  await deleteVault(client, vaultId);
  return client.exchanges;
}
