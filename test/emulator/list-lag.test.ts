// Lists that lag behind removals and changes, where the world says for how long; single things never lag.
import { describe, expect, test } from "vitest";

import { removeItem } from "../../src/emulator/item-effects.ts";
import type { Properties } from "../../src/emulator/json.ts";
import { stateFrom } from "../../src/emulator/state.ts";
import type { World, WorldVault } from "../../src/emulator/world.ts";
import { parseWorld } from "../../src/emulator/world.ts";
import { fabric, item, itemPath, policy, policyPath, replicatingWorld } from "./replication-builder.ts";
import {
  at,
  bench,
  names,
  softDeleted,
  sqlContainer,
  sqlIntent,
  sqlItem,
  sqlServer,
  start,
  storageAccount,
  storageContainer,
  shareItem,
  subscription,
  textAt,
  vault,
  vm,
  vmItem,
  world,
} from "./world-builder.ts";

const listLag = 60;
const items = "~/backupProtectedItems";
const machines = "~/backupProtectionContainers?$filter=backupManagementType eq 'AzureIaasVM'";
const accounts = "~/backupProtectionContainers?$filter=backupManagementType eq 'AzureStorage'";
const off = { regime: "classic", softDelete: "Disabled" } as const;
const servers = "~/backupProtectionContainers?$filter=backupManagementType eq 'MAB'";
const server = { name: "Windows;mars-1", properties: { friendlyName: "mars-1", backupManagementType: "MAB" } };
const withServer = world([vault({ more: { protectionContainers: [server] } })], { listLag });
const engine: Partial<WorldVault> = {
  backupEngines: [{ name: "DPM-1", properties: { friendlyName: "DPM-1", backupManagementType: "DPM" } }],
};

function classic(...parts: readonly ReturnType<typeof vm>[]): World {
  return world([vault({ ...off, parts })], { listLag });
}

function replicating(...parts: Parameters<typeof replicatingWorld>[0]): World {
  return { ...replicatingWorld(parts), listLag };
}

const intent = sqlIntent("sql1");
const replicated = replicating(fabric("east"), item("east", "vm1"));
const intents = world([vault({ more: { protectionIntents: [intent] } })], { listLag });
const engines = world([vault({ more: engine })], { listLag });
const intentPath = `~/backupFabrics/Azure/backupProtectionIntent/${intent.name}`;
const east = `~/${itemPath("east", "vm1")}`;

describe("a list goes on showing what is gone, as it was, for as long as the world says", () => {
  test.each([
    ["items", items, classic(vm("vm1")), "DELETE", vmItem("vm1"), 111],
    ["containers of machines", machines, classic(vm("vm1")), "DELETE", vmItem("vm1"), 111],
    ["items of storage accounts", items, classic(storageAccount("st1", ["a"])), "DELETE", shareItem("st1", "a"), 21],
    ["containers", accounts, classic(storageAccount("st1", [])), "DELETE", storageContainer("st1"), 25],
    ["intents", "~/backupProtectionIntents", intents, "DELETE", intentPath, 0],
    ["servers", servers, withServer, "DELETE", "~/registeredIdentities/mars-1", 0],
    ["engines", "~/backupEngines", engines, "DELETE", "~/registeredIdentities/DPM-1", 0],
    ["replicated items", "~/replicationProtectedItems", replicated, "POST", `${east}/remove`, 63],
    ["replication policies", "~/replicationPolicies", replicating(policy), "DELETE", `~/${policyPath("pol")}`, 1],
  ])("%s", async (_, list, content, method, path, seconds) => {
    const { send, wait } = bench(content);
    const before = await send("GET", list);
    expect(names(before.body)).toHaveLength(1);
    expect((await send(method, path)).status).toBeLessThan(300);
    wait(seconds);
    expect((await send("GET", list)).body).toEqual(before.body);
    wait(listLag - 0.001);
    expect((await send("GET", list)).body).toEqual(before.body);
    wait(0.001);
    expect(names((await send("GET", list)).body)).toEqual([]);
  });
});

test("meanwhile the single thing is absent, and to delete it again answers 204", async () => {
  const { send, wait } = bench(classic(vm("vm1")));
  await send("DELETE", vmItem("vm1"));
  wait(111);
  expect((await send("GET", vmItem("vm1"))).status).toBe(404);
  expect((await send("DELETE", vmItem("vm1"))).status).toBe(204);
  expect(names((await send("GET", items)).body)).toHaveLength(1);
});

test("nor does it keep the vault from being deleted", async () => {
  const { send, wait } = bench(classic(vm("vm1")));
  await send("DELETE", vmItem("vm1"));
  wait(111);
  expect((await send("DELETE", "~")).status).toBe(202);
  wait(60);
  expect((await send("GET", items)).status).toBe(404);
});

test("the list of one fabric's replicated items does not lag", async () => {
  const { send, wait } = bench(replicated);
  await send("POST", `${east}/remove`);
  wait(63);
  const list = east.slice(0, east.lastIndexOf("/"));
  expect(names((await send("GET", list)).body)).toEqual([]);
});

test("a soft-deleted item and its container are listed as they were, and read alone as they are", async () => {
  const { send, wait } = bench(world([vault({ parts: [vm("vm1")] })], { listLag }));
  await send("DELETE", vmItem("vm1"));
  wait(12);
  const listed = async (list: string, member: string) =>
    at((await send("GET", list)).body, `value.0.properties.${member}`);
  expect(at((await send("GET", vmItem("vm1"))).body, "properties.isScheduledForDeferredDelete")).toBe(true);
  expect(await listed(items, "protectionState")).toBe("Protected");
  expect(await listed(items, "isScheduledForDeferredDelete")).toBeUndefined();
  expect(await listed(machines, "registrationStatus")).toBe("Registered");
  wait(listLag);
  expect(await listed(items, "isScheduledForDeferredDelete")).toBe(true);
  expect(await listed(machines, "registrationStatus")).toBe("SoftDeleted");
});

test("a machine whose test failover was cleaned up is listed as it was", async () => {
  const { send, wait } = bench(replicating(fabric("east"), item("east", "vm1", { testFailoverState: "Waiting" })));
  const listed = async () =>
    at((await send("GET", "~/replicationProtectedItems")).body, "value.0.properties.testFailoverState");
  expect((await send("POST", `${east}/testFailoverCleanup`, { properties: {} })).status).toBe(202);
  wait(63);
  expect(at((await send("GET", east)).body, "properties.testFailoverState")).toBe("None");
  expect(await listed()).toBe("Waiting");
  wait(listLag);
  expect(await listed()).toBe("None");
});

test("a database that is protected again is listed as deleted for a while", async () => {
  const parts = [sqlServer("sql1", { a: {} })];
  const latencies = { deleteWorkload: 10, reprotect: 100 };
  const content = world([vault({ parts, more: { protectionIntents: [intent] } })], { listLag, latencies });
  const { send, wait } = bench(content);
  const listed = async () => at((await send("GET", items)).body, "value.0.properties.protectionState");
  await send("DELETE", sqlItem("sql1", "a"));
  wait(110);
  expect(at((await send("GET", sqlItem("sql1", "a"))).body, "properties.protectionState")).toBe("IRPending");
  expect(await listed()).toBe("ProtectionStopped");
  wait(listLag);
  expect(await listed()).toBe("IRPending");
});

test("a container with deleted databases that is unregistered is listed as it was", async () => {
  const parts = [sqlServer("sql1", { a: softDeleted("now-1d") })];
  const { send, wait } = bench(world([vault({ parts })], { listLag, latencies: { unregisterWorkload: 5 } }));
  const list = "~/backupProtectionContainers?$filter=backupManagementType eq 'AzureWorkload'";
  const status = async () => at((await send("GET", list)).body, "value.0.properties.registrationStatus");
  expect((await send("DELETE", sqlContainer("sql1"))).status).toBe(202);
  wait(5);
  expect(await status()).toBe("Registered");
  wait(listLag);
  expect(await status()).toBe("SoftDeleted");
});

test("of several changes each shows when its time has come", async () => {
  const content = world([vault({ regime: "classic", parts: [vm("vm1", softDeleted("now-1d"))] })], { listLag });
  const { send, wait } = bench(content);
  const shown = async (): Promise<unknown> =>
    at((await send("GET", items)).body, "value.0.properties.softDeleteRetentionPeriod");
  await send("PUT", vmItem("vm1"), { properties: { isRehydrate: true } });
  wait(11);
  await send("PATCH", "~/backupconfig/vaultconfig", { properties: { softDeleteRetentionPeriodInDays: 20 } });
  await send("DELETE", vmItem("vm1"));
  wait(12);
  expect(await shown()).toBe(14);
  wait(listLag - 12);
  expect(await shown()).toBe(0);
  wait(12);
  expect(await shown()).toBe(20);
});

test("what comes back is listed at once", async () => {
  const parts = [sqlServer("sql1", { a: {} })];
  const content = world([vault({ ...off, parts, more: { protectionIntents: [intent] } })], {
    listLag: 10,
    latencies: { deleteWorkload: 30, reprotect: 30 },
  });
  const { send, wait } = bench(content);
  const listed = async (): Promise<number> => names((await send("GET", items)).body).length;
  await send("DELETE", sqlItem("sql1", "a"));
  wait(39);
  expect(await listed()).toBe(1);
  wait(1);
  expect(await listed()).toBe(0);
  wait(20);
  expect(await listed()).toBe(1);
});

test("pages and filters see what the list shows", async () => {
  const content = { ...classic(vm("vm1"), vm("vm2"), vm("vm3")), pageSize: 2 };
  const { send, wait } = bench(content);
  await send("DELETE", vmItem("vm2"));
  wait(111);
  const first = await send("GET", items);
  expect(first.body["value"]).toHaveLength(2);
  const rest = await send("GET", textAt(first.body, "nextLink").replace("https://management.azure.com", ""));
  expect(rest.body["value"]).toHaveLength(1);
  const filtered = await send("GET", `${items}?$filter=friendlyName eq 'vm2'`);
  expect(names(filtered.body)).toHaveLength(1);
});

test("a vault that comes back is listed as it is", async () => {
  const { send, wait } = bench(
    world([vault({ parts: [vm("vm1")] })], { listLag: 600, latencies: { deleteVault: 1, undeleteVault: 1 } }),
  );
  await send("DELETE", vmItem("vm1"));
  wait(12);
  expect((await send("DELETE", "~")).status).toBe(202);
  wait(1);
  const group = `/subscriptions/${subscription}/resourceGroups/rg-test`;
  const deletedVaults = `/subscriptions/${subscription}/providers/Microsoft.RecoveryServices/locations/westeurope/deletedVaults`;
  const [deleted] = names((await send("GET", deletedVaults)).body);
  const body = { properties: { recoveryResourceGroupId: group } };
  expect((await send("POST", `${deletedVaults}/${deleted}/undelete`, body)).status).toBe(202);
  wait(1);
  const alone = await send("GET", vmItem("vm1"));
  expect(textAt(alone.body, "properties.protectionState")).toBe("ProtectionStopped");
  const listed = await send("GET", items);
  expect(at(listed.body, "value.0.properties")).toEqual(alone.body["properties"]);
});

test("what is no longer shown is forgotten as soon as anything else changes", async () => {
  const names = Array.from({ length: 20 }, (_, index) => `vm${index}`);
  const content = classic(...names.map((name) => vm(name)));
  const state = stateFrom(content, start);
  const [held] = state.vaults;
  for (const [index, name] of names.entries()) {
    const [machine] = vm(name).items;
    removeItem(state, held!, { container: machine!.container, item: machine!.name }, start + index * 30_000);
    // the item and its container, of this change and the one before
    expect(held?.listedBefore).toHaveLength(index === 0 ? 2 : 4);
  }
});

test("a saved world goes on showing it for as long", async () => {
  const first = bench(replicated);
  await first.send("POST", `${east}/remove`);
  first.wait(63);
  const text = JSON.stringify(first.emulator.world());
  const second = bench(parseWorld(text, "saved"));
  second.wait(63 + listLag - 1);
  const list = "~/replicationProtectedItems";
  expect(names((await second.send("GET", list)).body)).toEqual(["vm1"]);
  second.wait(1);
  expect(names((await second.send("GET", list)).body)).toEqual([]);
});

test("without it lists show at once what is true", async () => {
  const { send, wait, emulator } = bench(world([vault({ ...off, parts: [vm("vm1")] })]));
  await send("DELETE", vmItem("vm1"));
  wait(111);
  expect(names((await send("GET", items)).body)).toEqual([]);
  expect(emulator.world().listedBefore).toBeUndefined();
});

test("a saved world with a time that cannot be read is refused", () => {
  const entry: Properties = { name: "i", properties: {} };
  const listedBefore = [{ vault: "v", list: "protectionIntents" as const, entry, until: "soon" }];
  const text = JSON.stringify(world([], { listedBefore }));
  expect(() => parseWorld(text, "w.json")).toThrow(/'listedBefore\[0\]\.until' is "soon"; use a date or one like/u);
});
