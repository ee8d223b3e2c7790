// Changes a vault's settings, unregisters what is registered, and deletes the vault. It must not delete items.
import type { Client } from "../client.ts";
import type { Properties } from "../exchange.ts";
import { member, operationIdOf, textOf } from "../exchange.ts";
import { guardRequest } from "./items.ts";

const containerTypes = ["AzureStorage", "AzureWorkload", "AzureSql"];

export async function unregisterAll(client: Client, vaultId: string): Promise<void> {
  for (const { id } of await client.list(`${vaultId}/backupProtectionIntents`)) await client.send("DELETE", textOf(id));
  for (const type of containerTypes) {
    for (const { id } of await client.list(
      `${vaultId}/backupProtectionContainers?$filter=backupManagementType eq '${type}'`,
    )) {
      await unregister(client, textOf(id));
    }
  }
  for (const { name } of await client.list(
    `${vaultId}/backupProtectionContainers?$filter=backupManagementType eq 'MAB'`,
  )) {
    await client.send("DELETE", `${vaultId}/registeredIdentities/${textOf(name).replace(/^Windows;/u, "")}`);
  }
  for (const { name } of await client.list(`${vaultId}/backupEngines`)) {
    await client.send("DELETE", `${vaultId}/registeredIdentities/${textOf(name)}`);
  }
}

/** As whoever undeletes a container does. */
export async function registerAgain(client: Client, vaultId: string): Promise<void> {
  for (const type of containerTypes) {
    const filter = `$filter=backupManagementType eq '${type}'`;
    for (const { id, properties } of await client.list(`${vaultId}/backupProtectionContainers?${filter}`)) {
      const containerType = textOf(member(properties, "containerType"));
      const body = { properties: { backupManagementType: type, containerType, operationType: "Reregister" } };
      const accepted = await client.send("PUT", textOf(id), body);
      await client.follow(accepted, "location", 30);
    }
  }
}

async function unregister(client: Client, id: string): Promise<void> {
  const accepted = await client.send("DELETE", id);
  const operation = operationIdOf(accepted, "location");
  if (operation === undefined) return;
  // recorded: asked below the container, not at the Location
  const url = `${id}/operationResults/${operation}`;
  for (let status = 202; status === 202; client.wait(6)) ({ status } = await client.send("GET", url));
}

/** Through both apis: the older one refuses once the vault's own was used. */
export async function turnSoftDeleteOff(client: Client, vaultId: string): Promise<void> {
  const guarded = guardRequest(client, vaultId, "/backupconfig/write");
  const older = { softDeleteFeatureState: "Disabled", enhancedSecurityState: "Disabled", ...guarded };
  await client.send("PATCH", `${vaultId}/backupconfig/vaultconfig`, { properties: older });
  const softDeleteSettings = { softDeleteState: "Disabled", enhancedSecurityState: "Disabled" };
  await change(client, vaultId, { securitySettings: { softDeleteSettings }, ...guarded });
}

export async function turnImmutabilityOff(client: Client, vaultId: string): Promise<void> {
  const guarded = guardRequest(client, vaultId, "/write#reduceImmutabilityState");
  await change(client, vaultId, { securitySettings: { immutabilitySettings: { state: "Disabled" } }, ...guarded });
}

async function change(client: Client, vaultId: string, properties: Properties): Promise<void> {
  await client.follow(await client.send("PATCH", vaultId, { properties }), "azure-asyncoperation", 60);
}

export async function deletePolicies(client: Client, vaultId: string): Promise<void> {
  for (const { id } of await client.list(`${vaultId}/backupPolicies`)) await client.send("DELETE", textOf(id));
}

const customerKey = {
  keyVaultProperties: { keyUri: "https://kv-backup.vault.azure.net/keys/vault-key" },
  kekIdentity: { useSystemAssignedIdentity: true, userAssignedIdentity: "" },
  infrastructureEncryption: "Disabled",
};

/** The changes of a vault that recordings show. */
export async function changeSettings(client: Client, vaultId: string): Promise<void> {
  const changes = [
    { identity: { type: "systemassigned,userassigned" } },
    { identity: { type: "systemassigned" } },
    { identity: { type: "none" } },
    { properties: { monitoringSettings: { azureMonitorAlertSettings: { alertsForAllJobFailures: "Enabled" } } } },
    { properties: { publicNetworkAccess: "Disabled" } },
    { properties: { redundancySettings: { standardTierStorageRedundancy: "GeoRedundant" } } },
    { properties: { restoreSettings: {}, securitySettings: { immutabilitySettings: { state: "Unlocked" } } } },
    { properties: { encryption: customerKey } },
  ];
  for (const change of changes) {
    await client.follow(await client.send("PATCH", vaultId, change), "azure-asyncoperation", 60);
  }
}

export async function deleteVault(client: Client, vaultId: string): Promise<void> {
  const accepted = await client.send("DELETE", vaultId);
  await client.follow(accepted, "azure-asyncoperation", 60);
  await client.send("GET", vaultId);
}
