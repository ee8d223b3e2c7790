// Whole lives of Backup vaults, in the api-versions of each era: made, filled, changed, emptied, deleted.
// It must not hold any rule of its own.
import type { WorldBackupVault } from "../../../src/emulator/data-protection/world-backup-vault.ts";
import type { Json as WorldJson } from "../../../src/emulator/json.ts";
import type { World, WorldResource } from "../../../src/emulator/world.ts";
import { loadWorld } from "../../../src/emulator/worlds.ts";
import type { Client } from "../client.ts";
import { clientOf } from "../client.ts";
import type { Exchange, Properties } from "../exchange.ts";
import { member, textOf } from "../exchange.ts";

const worldName = "backup-vault";
const apiVersions = ["2022-04-01", "2023-01-01", "2024-04-01"] as const;
const group = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-backup-weu";
const vaults = `${group}/providers/Microsoft.DataProtection/backupVaults`;
const vaultId = `${vaults}/bv-new`;
const location = "westeurope";
const guard = `${group}/providers/Microsoft.DataProtection/resourceGuards/guard`;
const proxy = `${vaultId}/backupResourceGuardProxies/DppResourceGuardProxy`;

export async function liveBackupVaults(): Promise<readonly Exchange[]> {
  const exchanges: (readonly Exchange[])[] = [];
  for (const apiVersion of apiVersions) exchanges.push(await live(apiVersion));
  exchanges.push(await readShipped(), await deleteSoftly());
  return exchanges.flat();
}

/** A vault of its own, beside none, with the data sources of the shipped world. */
async function live(apiVersion: string): Promise<readonly Exchange[]> {
  const shipped = loadWorld(worldName);
  const [template] = shipped.backupVaults ?? [];
  if (template === undefined) throw new Error(`the world '${worldName}' has no Backup vault; correct the scenario`);
  // recorded with the older api-versions: disks alone
  const backupInstances = template.backupInstances.slice(0, apiVersion < "2024" ? 1 : undefined);
  const elsewhere = {
    ...template,
    id: `${vaults}/bv-elsewhere`,
    properties: { ...template.properties, featureSettings: { crossRegionRestoreSettings: { state: "Enabled" } } },
    backupInstances: [],
    deletedBackupInstances: [],
  };
  const client = clientOf({ ...shipped, backupVaults: [elsewhere] }, apiVersion, `${worldName} ${apiVersion}`);
  await makeVault(client);
  await protectAll(client, { ...template, backupInstances });
  await changeProtection(client, `${vaultId}/backupInstances/${template.backupInstances[0]?.name ?? ""}`);
  await mapGuard(client);
  await empty(client, { ...template, backupInstances });
  await client.send("DELETE", `${vaults}/bv-elsewhere/backupInstances/${backupInstances[0]?.name ?? ""}`);
  await removeVault(client);
  return client.exchanges;
}

async function makeVault(client: Client): Promise<void> {
  const softDeleteSettings = { state: "On", retentionDurationInDays: 14 };
  const securitySettings = { softDeleteSettings, immutabilitySettings: { state: "Disabled" } };
  const properties = {
    storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }],
    featureSettings: { crossRegionRestoreSettings: { state: "Enabled" } },
    securitySettings,
  };
  await client.follow(
    await client.send("PUT", vaultId, { location, identity: { type: "SystemAssigned" }, properties }),
    "azure-asyncoperation",
    10,
  );
  await client.send("GET", vaultId);
  const azureMonitorAlertSettings = { alertsForAllJobFailures: "Enabled" };
  await ended(
    client,
    await client.send("PATCH", vaultId, { properties: { monitoringSettings: { azureMonitorAlertSettings } } }),
  );
}

/** Both urls, and the one that the result leads to. */
async function finish(client: Client, accepted: Exchange): Promise<void> {
  const running = await client.send("GET", accepted.headers.get("location") ?? "");
  await client.send("GET", running.headers.get("azure-asyncoperation") ?? "");
  await ended(client, accepted);
  const result = await client.follow(accepted, "location", 30);
  if (result !== undefined) await client.follow(result, "azure-asyncoperation", 30);
}

async function ended(client: Client, accepted: Exchange): Promise<void> {
  await client.follow(accepted, "azure-asyncoperation", 30);
}

async function protectAll(client: Client, template: WorldBackupVault): Promise<void> {
  for (const { name, properties } of template.backupPolicies)
    await client.send("PUT", `${vaultId}/backupPolicies/${name}`, { properties: given(properties) });
  for (const { id } of await client.list(`${vaultId}/backupPolicies`)) await client.send("GET", textOf(id));
  for (const { name, properties } of template.backupInstances) {
    const body = { tags: { owner: "backup" }, properties: given(properties) };
    await finish(
      client,
      await client.send("POST", `${vaultId}/validateForBackup`, { backupInstance: body.properties }),
    );
    const created = await client.send("PUT", `${vaultId}/backupInstances/${name}`, body);
    await client.follow(created, "azure-asyncoperation", 30);
    await client.send("GET", `${vaultId}/backupInstances/${name}`);
  }
  client.wait(120);
  await client.list(`${vaultId}/backupInstances`);
}

/** Bodies of worlds are what Azure answers, and can be sent as they are. */
function given(properties: WorldResource["properties"]): Properties {
  return properties as WorldJson as Properties;
}

async function changeProtection(client: Client, instance: string): Promise<void> {
  for (const action of ["stopProtection", "resumeProtection", "suspendBackups", "resumeProtection"]) {
    await finish(client, await client.send("POST", `${instance}/${action}`));
    await client.send("GET", instance);
  }
  await client.send("POST", `${instance}/resumeProtection`);
  await client.send("GET", instance.replace("rg-backup-weu", "rg-absent"));
}

async function mapGuard(client: Client): Promise<void> {
  await client.send("PUT", proxy, { properties: { resourceGuardResourceId: guard } });
  const { body } = await client.send("GET", proxy);
  const details = member(body, "properties", "resourceGuardOperationDetails") as readonly Properties[] | undefined;
  const request = details?.find((detail) => textOf(detail["vaultCriticalOperation"]).endsWith("Proxies/delete"));
  const resourceGuardOperationRequests = [textOf(request?.["defaultResourceRequest"])];
  await client.send("POST", `${proxy}/unlockDelete`, { resourceGuardOperationRequests });
  await client.send("DELETE", proxy);
}

/** Softly, back again while another vault protects the first of them, and then for good. */
async function empty(client: Client, template: WorldBackupVault): Promise<void> {
  const [source] = template.backupInstances;
  const name = source?.name ?? "";
  await ended(client, await client.send("DELETE", `${vaultId}/backupInstances/${name}`));
  await readDeleted(client, vaultId);
  const other = `${vaults}/bv-elsewhere/backupInstances/${name}`;
  await client.follow(
    await client.send("PUT", other, { tags: { owner: "backup" }, properties: given(source?.properties ?? {}) }),
    "azure-asyncoperation",
    30,
  );
  for (const { id } of await readDeleted(client, vaultId)) await client.send("POST", `${textOf(id)}/undelete`);
  await client.send("POST", `${vaultId}/deletedBackupInstances/${name}/undelete`);
  await client.send("POST", `${vaultId}/backupInstances/${name}/resumeProtection`);
  const securitySettings = { softDeleteSettings: { state: "Off", retentionDurationInDays: 14 } };
  await ended(client, await client.send("PATCH", vaultId, { properties: { securitySettings } }));
  for (const { id } of await client.list(`${vaultId}/backupInstances`))
    await ended(client, await client.send("DELETE", textOf(id)));
  await client.send("DELETE", `${vaultId}/backupInstances/${name}`);
  for (const { id } of await client.list(`${vaultId}/backupPolicies`)) await client.send("DELETE", textOf(id));
}

async function readDeleted(client: Client, vault: string): Promise<readonly Properties[]> {
  const deleted = await client.list(`${vault}/deletedBackupInstances`);
  for (const { id } of deleted) await client.send("GET", textOf(id));
  return deleted;
}

async function removeVault(client: Client): Promise<void> {
  await client.list(vaults);
  await client.send("GET", vaultId);
  await ended(client, await client.send("DELETE", vaultId));
  await client.send("GET", vaultId);
}

/** What only a world can have: recovery points and jobs. */
async function readShipped(): Promise<readonly Exchange[]> {
  const runs = [
    clientOf(loadWorld(worldName), "2024-04-01", `${worldName}, read`),
    clientOf(withPointOnDemand(loadWorld(worldName)), "2022-04-01", `${worldName}, read by an old client`),
  ];
  for (const client of runs) {
    const standing = client.emulator.world().backupVaults ?? [];
    for (const { id, backupInstances } of standing) {
      for (const { name } of backupInstances) await client.list(`${id}/backupInstances/${name}/recoveryPoints`);
      for (const { name } of await client.list(`${id}/backupJobs`))
        await client.send("GET", `${id}/backupJobs/${textOf(name)}`);
    }
    const [{ id, backupInstances: [first] } = { id: "", backupInstances: [] }] = standing;
    const [point] = first?.recoveryPoints ?? [];
    await client.send("GET", `${id}/backupInstances/${first?.name ?? ""}/recoveryPoints/${point?.name ?? ""}`);
  }
  return runs.flatMap((client) => client.exchanges);
}

/** Recorded with the old api-version: the one point of an instance, kept until somebody deletes it. */
function withPointOnDemand(world: World): World {
  const points = (vault: WorldBackupVault): WorldBackupVault => ({
    ...vault,
    backupInstances: vault.backupInstances.slice(0, 1).map((instance) => ({
      ...instance,
      recoveryPoints: (instance.recoveryPoints ?? []).slice(0, 1).map(keptForGood),
    })),
  });
  return { ...world, backupVaults: (world.backupVaults ?? []).map(points) };
}

function keptForGood({ name, properties }: WorldResource): WorldResource {
  const stores = properties["recoveryPointDataStoresDetails"] as readonly WorldResource["properties"][];
  const recoveryPointDataStoresDetails = stores.map((store) => ({ ...store, expiryTime: null }));
  return { name, properties: { ...properties, expiryTime: null, recoveryPointDataStoresDetails } };
}

/** An empty vault that is always on becomes a deleted one. */
async function deleteSoftly(): Promise<readonly Exchange[]> {
  const empty = { ...loadWorld(worldName), resourceGroups: [{ id: group }], backupVaults: [] };
  const client = clientOf(empty, "2026-06-01", `${worldName}, deleted`);
  const list = `${group.split("/").slice(0, 3).join("/")}/providers/Microsoft.DataProtection/locations/${location}/deletedVaults`;
  const securitySettings = { softDeleteSettings: { state: "AlwaysOn", retentionDurationInDays: 14 } };
  const properties = { securitySettings, storageSettings: [{ datastoreType: "VaultStore", type: "LocallyRedundant" }] };
  await client.list(list);
  await client.follow(await client.send("PUT", vaultId, { location, properties }), "azure-asyncoperation", 10);
  await finish(client, await client.send("DELETE", vaultId));
  for (const { id } of await client.list(list)) await client.send("GET", textOf(id));
  return client.exchanges;
}
