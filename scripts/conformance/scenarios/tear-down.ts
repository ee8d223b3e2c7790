// Whole teardowns of shipped worlds, in the api-versions of each era. It must not hold any rule of its own.
import { loadWorld } from "../../../src/emulator/worlds.ts";
import type { Client } from "../client.ts";
import { clientOf } from "../client.ts";
import type { Exchange } from "../exchange.ts";
import { member, textOf } from "../exchange.ts";
import { deleteItem, guardRequest, itemsOf, undeleteItem } from "./items.ts";
import { readAll } from "./reading.ts";
import { removeReplication } from "./site-recovery.ts";
import {
  changeSettings,
  deletePolicies,
  deleteVault,
  registerAgain,
  turnImmutabilityOff,
  turnSoftDeleteOff,
  unregisterAll,
} from "./vault.ts";

/** One api-version of each era. */
export const apiVersions: readonly string[] = ["2016-05-01", "2022-04-01", "2023-04-01", "2024-04-01"];

export async function tearDown(world: string, apiVersion: string): Promise<readonly Exchange[]> {
  const client = clientOf(loadWorld(world), apiVersion, `${world} ${apiVersion}`);
  const vaultId = client.emulator.world().vaults[0]?.id ?? "";
  await removeLocks(client, vaultId);
  await cancelJobs(client, vaultId);
  await readAll(client, vaultId);
  await turnImmutabilityOff(client, vaultId);
  await deleteAll(client, vaultId);
  await client.send("DELETE", vaultId);
  await readAll(client, vaultId);
  await turnSoftDeleteOff(client, vaultId);
  for (const item of await itemsOf(client, vaultId)) await undeleteItem(client, vaultId, item);
  await deleteAll(client, vaultId);
  await removeReplication(client, vaultId, false);
  client.wait(120);
  await registerAgain(client, vaultId);
  await unregisterAll(client, vaultId);
  await deletePolicies(client, vaultId);
  await removeGuards(client, vaultId);
  await changeSettings(client, vaultId);
  await removeConnections(client, vaultId);
  await readAll(client, vaultId);
  await deleteVault(client, vaultId);
  return client.exchanges;
}

async function removeLocks(client: Client, vaultId: string): Promise<void> {
  const subscription = vaultId.split("/").slice(0, 3).join("/");
  for (const { id } of await client.list(
    `${subscription}/providers/Microsoft.Authorization/locks?api-version=2016-09-01`,
  )) {
    await client.send("DELETE", `${textOf(id)}?api-version=2016-09-01`);
  }
}

async function cancelJobs(client: Client, vaultId: string): Promise<void> {
  for (const job of await client.list(`${vaultId}/backupJobs`)) {
    if (textOf(member(job, "properties", "status")) !== "InProgress") continue;
    const accepted = await client.send("POST", `${textOf(job["id"])}/cancel`);
    await client.follow(accepted, "location", 6);
  }
}

async function deleteAll(client: Client, vaultId: string): Promise<void> {
  for (const { id } of await itemsOf(client, vaultId)) {
    await unlock(client, vaultId, textOf(id), "/backupFabrics/protectionContainers/protectedItems/delete");
    await deleteItem(client, vaultId, textOf(id));
  }
}

async function unlock(client: Client, vaultId: string, id: string, operation: string): Promise<void> {
  const request = guardRequest(client, vaultId, operation);
  if (Object.keys(request).length === 0) return;
  for (const { id: proxy } of await client.list(`${vaultId}/backupResourceGuardProxies`)) {
    await client.send("POST", `${textOf(proxy)}/unlockDelete`, { ...request, resourceToBeDeleted: id });
  }
}

async function removeGuards(client: Client, vaultId: string): Promise<void> {
  for (const { id } of await client.list(`${vaultId}/backupResourceGuardProxies`)) {
    await unlock(client, vaultId, textOf(id), "/backupResourceGuardProxies/delete");
    await client.send("DELETE", textOf(id));
  }
}

async function removeConnections(client: Client, vaultId: string): Promise<void> {
  const { body } = await client.send("GET", vaultId);
  const connections = (member(body, "properties", "privateEndpointConnections") ?? []) as readonly {
    readonly id?: string;
  }[];
  for (const { id } of connections) {
    await client.follow(await client.send("DELETE", id ?? ""), "azure-asyncoperation", 6);
  }
}
