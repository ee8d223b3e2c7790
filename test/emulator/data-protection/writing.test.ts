// Deleting and undeleting what stands in a Backup vault, its settings, its deletion and its return.
import { describe, expect, test } from "vitest";

import { createEmulator } from "../../../src/emulator/emulator.ts";
import type { Json, Properties } from "../../../src/emulator/json.ts";
import { parseWorld } from "../../../src/emulator/world.ts";
import { at, bench, names, start, subscription, textAt, world } from "../world-builder.ts";
import type { Bench } from "../world-builder.ts";
import { backupVault, backupVaultId, disk, softDeletedDisk } from "./backup-vault-builder.ts";

const inGroup = `/subscriptions/${subscription}/resourceGroups/rg-bv/providers/Microsoft.DataProtection/locations/westeurope`;
const inSubscription = `/subscriptions/${subscription}/providers/Microsoft.DataProtection/locations/westeurope`;
const first = `${backupVaultId}/backupInstances/disk-1-instance`;
const policy = `${backupVaultId}/backupPolicies/disk-daily`;
const empty = { backupInstances: [], backupPolicies: [] };

function emulated(options: Parameters<typeof backupVault>[0] = {}, apiVersion = "2026-03-01"): Bench {
  return bench(world([], { backupVaults: [backupVault(options)] }), apiVersion);
}

async function instances({ send }: Bench, segment = "backupInstances"): Promise<readonly string[]> {
  return names((await send("GET", `${backupVaultId}/${segment}`)).body);
}

function code(body: Properties): Json | undefined {
  return at(body, "error.code");
}

describe("deleting an instance", () => {
  test("takes as long as recorded, then it is soft-deleted with the times of the request", async () => {
    const vault = emulated();
    const { send, wait, follow } = vault;
    const reply = await send("DELETE", first);
    expect(reply.status).toBe(202);
    expect(reply.headers.get("azure-asyncoperation")).toContain(`${backupVaultId}/operationStatus/`);
    expect(reply.headers.get("location")).toContain(`${inSubscription}/operationResults/`);
    expect((await follow(reply)).body).toMatchObject({ status: "Inprogress", endTime: "0001-01-01T00:00:00Z" });
    expect((await follow(reply, "location")).status).toBe(202);
    expect(at((await send("GET", first)).body, "properties.currentProtectionState")).toBe("SoftDeleting");
    wait(68);
    expect((await follow(reply)).body).toMatchObject({ status: "Succeeded", endTime: "2026-03-01T10:01:08Z" });
    expect((await follow(reply, "location")).status).toBe(200);
    expect(await instances(vault)).toEqual(["disk-2-instance"]);
    const { body } = await send("GET", `${backupVaultId}/deletedBackupInstances/disk-1-instance`);
    expect(body["properties"]).toMatchObject({
      currentProtectionState: "SoftDeleted",
      protectionStatus: { status: "SoftDeleted" },
      objectType: "DeletedBackupInstance",
      deletionInfo: { deletionTime: "2026-03-01T10:00:00Z", scheduledPurgeTime: "2026-03-15T10:00:00Z" },
    });
  });

  test("once more while it runs is the same operation, and afterwards 204", async () => {
    const { send, wait } = emulated();
    const [one, other] = [await send("DELETE", first), await send("DELETE", first)];
    const id = /operationStatus\/([^?]+)/u;
    const [, operation] = id.exec(one.headers.get("azure-asyncoperation") ?? "") ?? [];
    expect(operation).toBeDefined();
    expect(id.exec(other.headers.get("azure-asyncoperation") ?? "")?.[1]).toBe(operation);
    wait(68);
    expect((await send("DELETE", first)).status).toBe(204);
  });

  test("is for good where soft delete is off, and for operational backups of blobs", async () => {
    const off = emulated({ regime: "classic", softDelete: "Off" });
    await off.send("DELETE", first);
    off.wait(68);
    expect(await instances(off)).toEqual(["disk-2-instance"]);
    expect(await instances(off, "deletedBackupInstances")).toEqual([]);
    const dataSourceInfo = { datasourceType: "Microsoft.Storage/storageAccounts/blobServices" };
    const containers = { backupDatasourceParametersList: [{ containersList: ["c"] }] };
    const vaulted = disk("vaulted", { dataSourceInfo, policyInfo: { policyParameters: containers } });
    const blobs = emulated({ more: { backupInstances: [disk("operational", { dataSourceInfo }), vaulted] } });
    for (const name of ["operational", "vaulted"])
      await blobs.send("DELETE", `${backupVaultId}/backupInstances/${name}-instance`);
    blobs.wait(68);
    expect(await instances(blobs, "deletedBackupInstances")).toEqual(["vaulted-instance"]);
  });

  test("is refused in an immutable vault while points of the vault tier have not expired", async () => {
    const kept = (type: string, expiryTime: string): Properties => ({
      recoveryPointDataStoresDetails: [{ type, expiryTime }],
    });
    const points = [
      ["operational", kept("OperationalStore", "2027-01-01T00:00:00Z")],
      ["expired", kept("VaultStore", "2026-01-01T00:00:00Z")],
      ["vaulted", kept("VaultStore", "2027-01-01T00:00:00Z")],
    ] as const;
    const { send } = emulated({
      immutability: "Locked",
      more: {
        backupInstances: points.map(([name, properties]) => ({
          ...disk(name),
          recoveryPoints: [{ name: "p", properties }],
        })),
      },
    });
    const statuses: number[] = [];
    for (const [name] of points)
      statuses.push((await send("DELETE", `${backupVaultId}/backupInstances/${name}-instance`)).status);
    expect(statuses).toEqual([202, 202, 400]);
  });

  test("a saved world goes on with it", async () => {
    const { send, emulator } = emulated();
    await send("DELETE", first);
    const saved = parseWorld(JSON.stringify(emulator.world()), "saved");
    const later = createEmulator({ world: saved, clock: { now: () => start + 68_000 } });
    expect(later.world().backupVaults?.[0]?.deletedBackupInstances).toHaveLength(1);
  });
});

describe("undeleting an instance", () => {
  const more = { backupInstances: [], deletedBackupInstances: [softDeletedDisk("disk-3", "2026-03-05T10:00:00Z")] };

  test("it stands again at once, stopped, and can be deleted for good once soft delete is off", async () => {
    const vault = emulated({ regime: "classic", more });
    const { send, wait } = vault;
    const path = `${backupVaultId}/deletedBackupInstances/disk-3-instance/undelete`;
    expect((await send("POST", path)).status).toBe(200);
    expect(code((await send("POST", path)).body)).toBe("UserErrorGenericResourceNotFound");
    const again = `${backupVaultId}/backupInstances/disk-3-instance`;
    const { body } = await send("GET", again);
    expect(body["properties"]).toMatchObject({
      currentProtectionState: "ProtectionStopped",
      objectType: "BackupInstance",
    });
    expect(body["properties"]).not.toHaveProperty("deletionInfo");
    await send("PATCH", backupVaultId, {
      properties: { securitySettings: { softDeleteSettings: { state: "Off" } } },
    });
    wait(1);
    await send("DELETE", again);
    wait(68);
    expect([await instances(vault), await instances(vault, "deletedBackupInstances")]).toEqual([[], []]);
  });

  test("is refused where one of its name stands", async () => {
    const { send } = emulated({ more: { ...more, backupInstances: [disk("disk-3")] } });
    const reply = await send("POST", `${backupVaultId}/deletedBackupInstances/disk-3-instance/undelete`);
    expect(code(reply.body)).toBe("UserErrorDppDatasourceAlreadyHasBackupInstance");
  });
});

describe("deleting a policy", () => {
  test("is refused while an instance or a soft-deleted one names it", async () => {
    const { send, wait } = emulated({ more: { backupInstances: [disk("disk-1")] } });
    expect((await send("DELETE", policy)).status).toBe(400);
    await send("DELETE", first);
    wait(68);
    expect(code((await send("DELETE", policy)).body)).toBe("UserErrorPolicyAssociatedWithSoftDeletedItems");
    wait(14 * 86_400);
    const gone = await send("DELETE", policy);
    expect([gone.status, gone.body]).toEqual([200, {}]);
    expect((await send("DELETE", policy)).status).toBe(204);
  });
});

describe("changing the settings of a vault", () => {
  const softDelete = (state: string): Properties => ({ securitySettings: { softDeleteSettings: { state } } });
  const immutable = (state: string): Properties => ({ securitySettings: { immutabilitySettings: { state } } });

  test("takes a second, at urls below the vault, and keeps the other settings", async () => {
    const { send, wait, follow } = emulated({ regime: "classic", immutability: "Unlocked" });
    const reply = await send("PATCH", backupVaultId, { properties: immutable("Disabled"), tags: { a: "b" } });
    expect(reply.status).toBe(202);
    expect(reply.headers.get("location")).toContain(`${backupVaultId}/operationResults/`);
    wait(1);
    expect((await follow(reply)).body["status"]).toBe("Succeeded");
    const { body } = await send("GET", backupVaultId);
    expect(body["tags"]).toEqual({ a: "b" });
    expect(at(body, "properties.securitySettings")).toEqual({
      softDeleteSettings: { state: "On", retentionDurationInDays: 14 },
      immutabilitySettings: { state: "Disabled" },
    });
  });

  test.each([
    [{ regime: "secure-by-default" }, softDelete("Off"), "DppAlwaysOnSoftDeleteStateMandatory"],
    [{ regime: "classic", softDelete: "AlwaysOn" }, softDelete("Off"), "UserErrorDisableSoftDeleteNotAllowed"],
    [{ immutability: "Locked" }, immutable("Disabled"), "UserErrorUnsupportedVaultImmutabilityStateChange"],
  ] as const)("%j refuses %j", async (options, properties, refusal) => {
    const { send } = emulated(options);
    const reply = await send("PATCH", backupVaultId, { properties });
    expect([reply.status, code(reply.body)]).toEqual([400, refusal]);
  });
});

describe("deleting a vault", () => {
  test("a classic one is refused until instances, soft-deleted ones and policies are gone", async () => {
    const deleted = [softDeletedDisk("d", "2026-03-05T10:00:00Z")];
    const stands = [
      { backupPolicies: [] },
      { backupInstances: [] },
      { ...empty, deletedBackupInstances: deleted },
    ] as const;
    for (const more of stands) {
      const { send } = emulated({ regime: "classic", more });
      const reply = await send("DELETE", backupVaultId);
      expect(reply.status).toBe(400);
      expect(textAt(reply.body, "error.message")).toMatch(/existing backup instances or backup policies/u);
    }
    const { send, wait, follow } = emulated({ regime: "classic", more: empty });
    const reply = await send("DELETE", backupVaultId);
    expect(reply.headers.get("azure-asyncoperation")).toContain(`${inGroup}/operationStatus/`);
    expect(reply.headers.get("location")).toContain(`${inSubscription}/operationResults/`);
    wait(1);
    expect((await follow(reply)).body["status"]).toBe("Succeeded");
    expect((await follow(reply, "location")).status).toBe(200);
    expect((await send("GET", backupVaultId)).status).toBe(404);
    expect((await send("DELETE", backupVaultId)).status).toBe(204);
    expect(names((await send("GET", `${inSubscription}/deletedVaults`)).body)).toEqual([]);
  });

  test("one that is secure by default goes with what is soft-deleted in it, from 2025-09-01 on", async () => {
    const more = { backupInstances: [], deletedBackupInstances: [softDeletedDisk("d", "2026-03-05T10:00:00Z")] };
    expect((await emulated({ more }, "2025-07-01").send("DELETE", backupVaultId)).status).toBe(400);
    expect((await emulated().send("DELETE", backupVaultId)).status).toBe(400);
    const { send, wait } = emulated({ more });
    expect((await send("DELETE", backupVaultId)).status).toBe(202);
    wait(1);
    const { body } = await send("GET", `${inSubscription}/deletedVaults`);
    expect(at(body, "value.0.properties")).toMatchObject({
      originalBackupVaultName: "bv-test",
      originalBackupVaultResourcePath: backupVaultId,
      resourceDeletionInfo: { deletionTime: "2026-03-01T10:00:00Z", scheduledPurgeTime: "2026-03-05T10:00:00Z" },
    });
  });

  test("an empty one that is always on is purged after ten minutes", async () => {
    const { send, wait } = emulated({ regime: "classic", softDelete: "AlwaysOn", more: empty });
    await send("DELETE", backupVaultId);
    wait(599);
    expect(names((await send("GET", `${inSubscription}/deletedVaults`)).body)).toHaveLength(1);
    wait(1);
    expect(names((await send("GET", `${inSubscription}/deletedVaults`)).body)).toHaveLength(0);
  });
});

describe("bringing a vault back", () => {
  test("is a PUT under its old id that names the deleted vault in a header", async () => {
    let now = start;
    const content = world([], { backupVaults: [backupVault({ more: { backupInstances: [] } })] });
    const emulator = createEmulator({ world: content, clock: { now: () => now } });
    const identity = JSON.stringify({ location: "westeurope", identity: { type: "SystemAssigned" } });
    const send = async (method: string, path: string, headers: Readonly<Record<string, string>> = {}) => {
      const url = `https://management.azure.com${path}?api-version=2026-03-01`;
      const content = "x-ms-deleted-vault-id" in headers ? { body: identity } : {};
      const response = await emulator.handle(new Request(url, { method, headers, ...content }));
      const text = await response.text();
      return { status: response.status, body: (text === "" ? {} : JSON.parse(text)) as Properties };
    };
    await send("DELETE", backupVaultId, { "x-ms-client-request-id": "2e79c77d" });
    now += 1_000;
    const { body } = await send("GET", `${inSubscription}/deletedVaults`);
    expect(at(body, "value.0.properties.resourceDeletionInfo.deleteActivityID")).toBe("2e79c77d");
    expect((await send("PUT", backupVaultId)).status).toBe(400);
    expect((await send("PUT", backupVaultId, { "x-ms-deleted-vault-id": `${inSubscription}/none` })).status).toBe(404);
    const header = { "x-ms-deleted-vault-id": textAt(body, "value.0.id") };
    const reply = await send("PUT", backupVaultId, header);
    expect([reply.status, at(reply.body, "properties.provisioningState")]).toEqual([201, "Provisioning"]);
    now += 30_000;
    expect(names((await send("GET", `${backupVaultId}/backupPolicies`)).body)).toEqual(["disk-daily"]);
    expect(names((await send("GET", `${inSubscription}/deletedVaults`)).body)).toEqual([]);
    expect(at((await send("GET", backupVaultId)).body, "identity.type")).toBe("SystemAssigned");
    const again = await send("PUT", backupVaultId, header);
    expect(again.status).toBe(409);
    expect(at(again.body, "error.code")).toBe("UserErrorDeletedVaultUndeleteConflictingVaultPresent");
  });
});

describe("a resource guard", () => {
  const guard = `/subscriptions/${subscription}/resourceGroups/rg-bv/providers/Microsoft.DataProtection/resourceGuards/g`;
  const detail = (operation: string, request: string): Properties => ({
    vaultCriticalOperation: `Microsoft.DataProtection/backupVaults${operation}`,
    defaultResourceRequest: `${guard}/${request}/default`,
  });
  const properties = {
    resourceGuardResourceId: guard,
    resourceGuardOperationDetails: [
      detail("/backupInstances/delete", "deleteBackupInstanceRequests"),
      detail("/backupResourceGuardProxies/delete", "deleteResourceGuardProxyRequests"),
      detail("/write#reduceSoftDeleteSecurity", "dppReduceSoftDeleteSecurityRequests"),
    ],
  };
  const more = { resourceGuardProxies: [{ name: "DppResourceGuardProxy", properties }] };
  const proxy = `${backupVaultId}/backupResourceGuardProxies/DppResourceGuardProxy`;
  const off = { securitySettings: { softDeleteSettings: { state: "Off" } } };

  test("keeps an instance until its deletion is unlocked, and itself likewise", async () => {
    const { send } = emulated({ more });
    expect((await send("DELETE", first)).status).toBe(403);
    const unlocked = await send("POST", `${proxy}/unlockDelete`, {
      resourceGuardOperationRequests: [`${guard}/deleteBackupInstanceRequests/default`],
      resourceToBeDeleted: first,
    });
    expect(unlocked.body["unlockDeleteExpiryTime"]).toBe("2026-03-01T10:30:00Z");
    expect((await send("DELETE", first)).status).toBe(202);
    expect((await send("DELETE", proxy)).status).toBe(403);
    await send("POST", `${proxy}/unlockDelete`, {
      resourceGuardOperationRequests: [`${guard}/deleteResourceGuardProxyRequests/default`],
    });
    expect((await send("DELETE", proxy)).status).toBe(200);
    expect((await send("DELETE", proxy)).status).toBe(204);
  });

  test("lets soft delete be switched off only by who names its request", async () => {
    const { send } = emulated({ regime: "classic", more });
    expect((await send("PATCH", backupVaultId, { properties: off })).status).toBe(403);
    const resourceGuardOperationRequests = [`${guard}/dppReduceSoftDeleteSecurityRequests/default`];
    const named = await send("PATCH", backupVaultId, { properties: { ...off, resourceGuardOperationRequests } });
    expect(named.status).toBe(202);
  });
});
