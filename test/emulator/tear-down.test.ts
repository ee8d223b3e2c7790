// Every shipped world can be torn down in the right order, by nothing but requests.
import { expect, test } from "vitest";

import type { Properties } from "../../src/emulator/json.ts";
import type { World } from "../../src/emulator/world.ts";
import { loadWorld, shippedWorlds } from "../../src/emulator/worlds.ts";
import { removeReplication, withoutAppliances } from "./replication-tear-down.ts";
import type { Bench } from "./world-builder.ts";
import { at, bench, names, textAt } from "./world-builder.ts";

async function list(send: Bench["send"], path: string): Promise<readonly Properties[]> {
  const { status, body } = await send("GET", path);
  expect(status, path).toBe(200);
  return (body["value"] ?? []) as readonly Properties[];
}

const serverTypes: readonly string[] = ["MAB", "DPM", "AzureBackupServer"];

/** Unlocked immutability is turned off; the points of a locked vault are waited for. */
async function endImmutability({ send, wait }: Bench, vault: string): Promise<void> {
  const state = at((await send("GET", vault)).body, "properties.securitySettings.immutabilitySettings.state");
  if (state === "Locked") wait(46 * 86_400);
  if (state !== "Unlocked") return;
  const off = { properties: { securitySettings: { immutabilitySettings: { state: "Disabled" } } } };
  expect((await send("PATCH", vault, off)).status).toBe(202);
  wait(61);
}

async function unregisterServers({ send }: Bench, vault: string): Promise<void> {
  const machines = await list(send, `${vault}/backupProtectionContainers?$filter=backupManagementType eq 'MAB'`);
  for (const server of [...machines, ...(await list(send, `${vault}/backupEngines`))])
    expect((await send("DELETE", `${vault}/registeredIdentities/${textAt(server, "name")}`)).status).toBe(204);
}

/** The request that stands for an operation at the vault's resource guard, as the member that names it; empty without one. */
async function atGuard({ send }: Bench, vault: string, operation: string): Promise<Properties> {
  for (const proxy of await list(send, `${vault}/backupResourceGuardProxies`)) {
    const details = (at(proxy, "properties.resourceGuardOperationDetails") ?? []) as readonly Properties[];
    const detail = details.find((entry) => textAt(entry, "vaultCriticalOperation").endsWith(operation));
    if (detail !== undefined) return { resourceGuardOperationRequests: [textAt(detail, "defaultResourceRequest")] };
  }
  return {};
}

async function unlock(client: Bench, vault: string, item: string): Promise<void> {
  const named = await atGuard(client, vault, "/protectedItems/delete");
  if (Object.keys(named).length === 0) return;
  const body = { ...named, resourceToBeDeleted: item };
  const answer = await client.send("POST", `${vault}/backupResourceGuardProxies/VaultProxy/unlockDelete`, body);
  expect(answer.status).toBe(200);
}

/** One change at a time per container, so each item's change is awaited. */
async function writeItems(client: Bench, vault: string, method: string, body?: Properties): Promise<void> {
  const { send, wait } = client;
  for (const item of await list(send, `${vault}/backupProtectedItems`)) {
    const deleted = at(item, "properties.isScheduledForDeferredDelete") === true;
    if (deleted !== (method === "PUT") || serverTypes.includes(textAt(item, "properties.backupManagementType")))
      continue;
    if (method === "DELETE") await unlock(client, vault, textAt(item, "id"));
    const answer = await send(method, textAt(item, "id"), body);
    expect(answer.status, textAt(item, "id")).toBe(202);
    wait(111);
  }
}

async function removeIntents({ send }: Bench, vault: string): Promise<void> {
  for (const intent of await list(send, `${vault}/backupProtectionIntents`)) {
    expect((await send("DELETE", textAt(intent, "id"))).status).toBe(204);
  }
}

async function unregister({ send, wait }: Bench, vault: string): Promise<void> {
  for (const kind of ["AzureWorkload", "AzureStorage"]) {
    const filter = `$filter=backupManagementType eq '${kind}'`;
    for (const container of await list(send, `${vault}/backupProtectionContainers?${filter}`)) {
      expect((await send("DELETE", textAt(container, "id"))).status, textAt(container, "id")).toBe(202);
      wait(94);
    }
  }
}

async function removeEndpoints({ send, wait }: Bench, vault: string): Promise<void> {
  const connections = at((await send("GET", vault)).body, "properties.privateEndpointConnections") ?? [];
  for (const connection of connections as readonly Properties[]) {
    await send("DELETE", textAt(connection, "id"));
    wait(5);
    const endpoint = textAt(connection, "properties.privateEndpoint.id");
    expect((await send("DELETE", endpoint)).status).toBe(202);
    wait(5);
    expect((await send("GET", endpoint)).status).toBe(404);
  }
}

async function removeLocks({ send }: Bench, content: World): Promise<void> {
  for (const { id } of content.locks ?? []) expect((await send("DELETE", id)).status, id).toBe(200);
}

test.each(shippedWorlds.filter((name) => loadWorld(name).vaults.length > 0))("the world %s", async (name) => {
  const content = loadWorld(name);
  const vault = content.vaults[0]?.id ?? "";
  const client = bench(withoutAppliances(content));
  const { send, wait } = client;
  await removeLocks(client, content);
  expect((await send("DELETE", vault)).status).toBe(400);
  await endImmutability(client, vault);
  await removeIntents(client, vault);
  await removeReplication(client, vault);
  if (content.vaults[0]?.regime === "classic") {
    const atConfig = await atGuard(client, vault, "/backupconfig/write");
    const off = { enhancedSecurityState: "Enabled", softDeleteFeatureState: "Disabled", ...atConfig };
    expect((await send("PATCH", `${vault}/backupconfig/vaultconfig`, { properties: off })).status).toBe(200);
    const atItems = await atGuard(client, vault, "/protectedItems/write");
    const undelete = { isRehydrate: true, protectionState: "ProtectionStopped", policyId: "", ...atItems };
    await writeItems(client, vault, "PUT", { properties: undelete });
  }
  await writeItems(client, vault, "DELETE");
  await unregister(client, vault);
  await unregisterServers(client, vault);
  await removeEndpoints(client, vault);
  expect((await send("DELETE", vault)).status).toBe(202);
  wait(60);
  expect((await send("GET", vault)).status).toBe(404);
  const group = vault.split("/providers/")[0] ?? "";
  expect(names((await send("GET", `${group}/providers/Microsoft.RecoveryServices/vaults`)).body)).toEqual([]);
});
