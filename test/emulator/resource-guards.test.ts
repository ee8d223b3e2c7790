// A vault behind a resource guard: the proxy, unlocking a deletion, and every refusal.
import { expect, test } from "vitest";

import { createEmulator } from "../../src/emulator/emulator.ts";
import type { WorldGuard } from "../../src/emulator/world.ts";
import { at, bench, start, subscription, textAt, vault, vaultId, vm, vmItem, world } from "./world-builder.ts";

const other = "00000000-0000-0000-0000-000000000009";
const guardId = `/subscriptions/${other}/resourceGroups/rg-sec/providers/Microsoft.DataProtection/resourceGuards/g`;
const request = (kind: string) => `${guardId.toLowerCase()}/${kind}/default`;
const proxy = {
  name: "VaultProxy",
  properties: {
    resourceGuardResourceId: guardId.toLowerCase(),
    resourceGuardOperationDetails: [
      ["backupFabrics/protectionContainers/protectedItems/delete", "deleteProtectedItemRequests"],
      ["backupconfig/write", "disableSoftDeleteRequests"],
      ["write#reduceImmutabilityState", "reduceImmutabilityStateRequests"],
    ].map(([operation, kind]) => ({
      vaultCriticalOperation: `Microsoft.RecoveryServices/vaults/${operation}`,
      defaultResourceRequest: request(kind ?? ""),
    })),
  },
};

function guarded(guard: Partial<WorldGuard> = {}, more: Parameters<typeof world>[1] = {}) {
  const content = vault({
    regime: "classic",
    parts: [vm("vm1")],
    immutability: "Disabled",
    more: { resourceGuardProxies: [proxy] },
  });
  return world([content], {
    subscriptions: [{ id: subscription }, { id: other }],
    resourceGuards: [{ id: guardId, properties: {}, ...guard }],
    ...more,
  });
}

const unlock = "~/backupResourceGuardProxies/VaultProxy/unlockDelete";
const item = vmItem("vm1").replace("~", vaultId);
const forItem = { resourceGuardOperationRequests: [request("deleteProtectedItemRequests")], resourceToBeDeleted: item };

test("the proxy is listed and read", async () => {
  const { send } = bench(guarded());
  expect(at((await send("GET", "~/backupResourceGuardProxies")).body, "value.0.name")).toBe("VaultProxy");
  const { body } = await send("GET", "~/backupResourceGuardProxies/vaultproxy");
  expect(textAt(body, "properties.resourceGuardResourceId")).toBe(guardId.toLowerCase());
  expect((await send("GET", "~/backupResourceGuardProxies/none")).status).toBe(404);
});

test("a guarded deletion is refused until it is unlocked, and again half an hour later", async () => {
  const { send, wait } = bench(guarded());
  expect((await send("DELETE", item)).status).toBe(403);
  const unlocked = await send("POST", unlock, forItem);
  expect(unlocked.status).toBe(200);
  expect(Date.parse(textAt(unlocked.body, "unlockDeleteExpiryTime"))).toBe(start + 30 * 60_000);
  wait(29 * 60);
  expect((await send("DELETE", item)).status).toBe(202);
  wait(2 * 60);
  expect((await send("DELETE", item)).status).toBe(403);
});

test("an unlocked deletion unlocks no other, and survives being saved", async () => {
  const first = bench(guarded());
  await first.send("POST", unlock, { ...forItem, resourceToBeDeleted: `${item}2` });
  expect((await first.send("DELETE", item)).status).toBe(403);
  await first.send("POST", unlock, forItem);
  const second = bench(first.emulator.world());
  expect((await second.send("DELETE", item)).status).toBe(202);
});

test("a request that is none of the guard's unlocks nothing", async () => {
  const { send } = bench(guarded());
  expect((await send("POST", unlock, { resourceToBeDeleted: item })).status).toBe(400);
  const wrong = { ...forItem, resourceGuardOperationRequests: [request("x")] };
  expect((await send("POST", unlock, wrong)).status).toBe(400);
  expect((await send("DELETE", item)).status).toBe(403);
});

test.each([
  [
    "~",
    { securitySettings: { softDeleteSettings: { softDeleteState: "Disabled", enhancedSecurityState: "Enabled" } } },
    202,
  ],
  ["~/backupconfig/vaultconfig", { softDeleteFeatureState: "Disabled", enhancedSecurityState: "Enabled" }, 200],
])("turning soft delete off needs the guard's request: PATCH %s", async (path, properties, accepted) => {
  const { send } = bench(guarded());
  expect((await send("PATCH", path, { properties })).status).toBe(403);
  const resourceGuardOperationRequests = [request("disableSoftDeleteRequests")];
  const passing = { properties: { ...properties, resourceGuardOperationRequests } };
  expect((await send("PATCH", path, passing)).status).toBe(accepted);
});

test("what is not guarded needs nothing", async () => {
  const { send } = bench(guarded());
  expect((await send("PATCH", "~", { tags: { a: "b" } })).status).toBe(202);
});

test("a caller without rights at the guard is refused with the linked scope", async () => {
  const access = [
    { scope: `/subscriptions/${subscription}`, actions: ["*"] },
    { scope: guardId, actions: ["*/read"] },
  ];
  const { send } = bench(guarded({}, { access }));
  const { status, body } = await send("POST", unlock, forItem);
  expect([status, at(body, "error.code")]).toEqual([403, "LinkedAuthorizationFailed"]);
  expect(textAt(body, "error.message")).toContain(
    "'Microsoft.DataProtection/resourceGuards/deleteProtectedItemRequests/action' on the linked scope(s)",
  );
});

test("a guard of another tenant wants that tenant's token, which no record of the request keeps", async () => {
  const emulator = createEmulator({ world: guarded({ tenant: "t-2" }), clock: { now: () => start } });
  const send = async (token: string | undefined) => {
    const headers = token === undefined ? {} : { "x-ms-authorization-auxiliary": `Bearer ${token}` };
    const url = `https://management.azure.com${unlock.replace("~", vaultId)}?api-version=2025-02-01`;
    const response = await emulator.handle(
      new Request(url, { method: "POST", headers, body: JSON.stringify(forItem) }),
    );
    return [response.status, await response.text()] as const;
  };
  expect((await send(undefined))[0]).toBe(403);
  const [status, text] = await send("emulator:t-1");
  expect(status).toBe(403);
  expect(text).toContain(`is not authorized to access linked subscription '${other}'`);
  expect((await send("emulator:t-2"))[0]).toBe(200);
  expect(JSON.stringify(emulator.requests())).not.toContain("emulator:t-");
});

test("the subscription of a guard of another tenant does not know the caller", async () => {
  const { send } = bench(guarded({ tenant: "t-2" }));
  const { status, body } = await send("GET", `${guardId}/providers/Microsoft.Authorization/permissions`);
  expect([status, at(body, "error.code")]).toEqual([401, "InvalidAuthenticationTokenTenant"]);
});
