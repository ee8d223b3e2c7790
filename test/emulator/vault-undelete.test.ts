// A deleted vault is brought back: accepted, watched, and standing again with what it held.
import { expect, test } from "vitest";

import { parseWorld } from "../../src/emulator/world.ts";
import type { Bench } from "./world-builder.ts";
import { at, bench, names, softDeleted, subscription, textAt, vault, vaultId, vm, world } from "./world-builder.ts";

const deletedVaults = `/subscriptions/${subscription}/providers/Microsoft.RecoveryServices/locations/westeurope/deletedVaults`;
const otherGroup = `/subscriptions/${subscription}/resourceGroups/rg-other`;
const intoGroup = (group: string): { readonly properties: { readonly recoveryResourceGroupId: string } } => ({
  properties: { recoveryResourceGroupId: group },
});
const sameGroup = intoGroup(vaultId.split("/").slice(0, 5).join("/"));

type Deleted = Bench & {
  /** Of the deleted vault. */
  readonly path: string;
  /** Asks for the vault back and waits until it stands again. */
  readonly undelete: (into: typeof sameGroup) => Promise<void>;
};

async function deleted(parts = [vm("vm1", softDeleted("now-3d"))], listLag = 0): Promise<Deleted> {
  const properties = { costManagementSettings: { granularityLevel: "ProtectedItem" }, publicNetworkAccess: "Enabled" };
  const made = bench(world([vault({ parts, properties })], { resourceGroups: [{ id: otherGroup }], listLag }));
  await made.send("DELETE", "~");
  made.wait(61);
  const [name = ""] = names((await made.send("GET", deletedVaults)).body);
  const path = `${deletedVaults}/${name}`;
  const undelete: Deleted["undelete"] = async (into) => {
    await made.send("POST", `${path}/undelete`, into);
    made.wait(66);
  };
  return { ...made, path, undelete };
}

test("it is accepted with one url in both headers, and says InProgress without times until it is done", async () => {
  const { send, wait, follow, path } = await deleted();
  const accepted = await send("POST", `${path}/undelete`, sameGroup);
  expect(accepted.status).toBe(202);
  const url = accepted.headers.get("azure-asyncoperation") ?? "";
  expect(url).toContain(`${path}/operations/`);
  expect(new URL(accepted.headers.get("location") ?? "").pathname).toBe(new URL(url).pathname);
  const running = await follow(accepted);
  expect(Object.keys(running.body).toSorted()).toEqual(["id", "name", "status"]);
  expect(running.body["status"]).toBe("InProgress");
  expect(running.headers.get("azure-asyncoperation")).toContain("/operations/");
  wait(66);
  const done = await follow(accepted);
  expect(done.body).toMatchObject({ status: "Succeeded", endTime: "2026-03-01T10:02:07Z" });
  expect(done.headers.get("azure-asyncoperation")).toBeNull();
  wait(1);
  expect((await follow(accepted)).body["endTime"]).toBe("2026-03-01T10:02:08Z");
});

test("the vault stands again without its cost management settings, its soft-deleted item is a stopped one", async () => {
  const { send, undelete } = await deleted();
  await undelete(sameGroup);
  const { status, body } = await send("GET", "~");
  expect(status).toBe(200);
  expect(at(body, "properties.publicNetworkAccess")).toBe("Enabled");
  expect(at(body, "properties.costManagementSettings")).toBeUndefined();
  const items = await send("GET", "~/backupProtectedItems");
  expect(at(items.body, "value.0.properties")).toMatchObject({
    protectionState: "ProtectionStopped",
    softDeleteRetentionPeriod: 0,
  });
  expect(at(items.body, "value.0.properties.isScheduledForDeferredDelete")).toBeUndefined();
  const filter = "$filter=backupManagementType eq 'AzureIaasVM'";
  const containers = await send("GET", `~/backupProtectionContainers?${filter}`);
  expect(at(containers.body, "value.0.properties.registrationStatus")).toBe("SoftDeleted");
  expect(names((await send("GET", deletedVaults)).body)).toEqual([]);
});

test("what was purged meanwhile does not come back, nor does a container without anything left in it", async () => {
  const { send, wait, undelete } = await deleted([vm("vm1", softDeleted("now-3d")), vm("vm2", softDeleted("now-13d"))]);
  wait(2 * 86_400);
  await undelete(sameGroup);
  const items = await send("GET", "~/backupProtectedItems");
  expect(names(items.body)).toEqual(["VM;iaasvmcontainerv2;rg-test;vm1"]);
  expect(at(items.body, "value.0.properties.protectionState")).toBe("ProtectionStopped");
  const filter = "$filter=backupManagementType eq 'AzureIaasVM'";
  const containers = await send("GET", `~/backupProtectionContainers?${filter}`);
  expect(names(containers.body)).toEqual(["IaasVMContainer;iaasvmcontainerv2;rg-test;vm1"]);
});

test("what was purged meanwhile does not come back, also when it all was", async () => {
  const { send, wait, undelete } = await deleted();
  wait(12 * 86_400);
  await undelete(sameGroup);
  expect((await send("GET", "~")).status).toBe(200);
  expect(names((await send("GET", "~/backupProtectedItems")).body)).toEqual([]);
});

test("where lists lag, they show what comes back as it is, and nothing that was purged", async () => {
  const { send, wait, undelete } = await deleted(
    [vm("vm1", softDeleted("now-3d")), vm("vm2", softDeleted("now-13d"))],
    600,
  );
  wait(2 * 86_400);
  await undelete(sameGroup);
  const items = await send("GET", "~/backupProtectedItems");
  expect(names(items.body)).toEqual(["VM;iaasvmcontainerv2;rg-test;vm1"]);
  expect(at(items.body, "value.0.properties.protectionState")).toBe("ProtectionStopped");
});

test("what falls due for its purge while the undelete is under way is gone", async () => {
  const { send, wait, undelete } = await deleted([vm("vm1", softDeleted("now-13d"))]);
  wait(86_400 - 61 - 30);
  await undelete(sameGroup);
  expect(names((await send("GET", "~/backupProtectedItems")).body)).toEqual([]);
});

test("into another resource group, the ids of what it holds follow it", async () => {
  const { send, undelete } = await deleted();
  await undelete(intoGroup(otherGroup));
  const moved = `${otherGroup}/providers/Microsoft.RecoveryServices/vaults/rsv-test`;
  expect((await send("GET", moved)).status).toBe(200);
  expect((await send("GET", "~")).status).toBe(404);
  const items = await send("GET", `${moved}/backupProtectedItems`);
  expect(textAt(items.body, "value.0.id").startsWith(moved)).toBe(true);
});

test("of the ids in what it holds, those of other vaults stay, and its own follow however they are spelled", async () => {
  const ids = {
    own: vaultId,
    below: `${vaultId}/backupPolicies/p`,
    capital: `${vaultId.replace("/subscriptions/", "/Subscriptions/")}/replicationPolicies/p`,
    lower: `${vaultId.toLowerCase()}/backuppolicies/p`,
    other: `${vaultId}2/backupPolicies/p`,
  };
  const { send, undelete } = await deleted([vm("vm1", { ...softDeleted("now-3d"), ids })]);
  await undelete(intoGroup(otherGroup));
  const moved = `${otherGroup}/providers/Microsoft.RecoveryServices/vaults/rsv-test`;
  const items = await send("GET", `${moved}/backupProtectedItems`);
  expect(at(items.body, "value.0.properties.ids")).toEqual({
    own: moved,
    below: `${moved}/backupPolicies/p`,
    capital: `${moved.replace("/subscriptions/", "/Subscriptions/")}/replicationPolicies/p`,
    lower: `${moved}/backuppolicies/p`,
    other: `${vaultId}2/backupPolicies/p`,
  });
});

test("a world saved while it is under way goes on where it was", async () => {
  const { send, emulator, path } = await deleted();
  await send("POST", `${path}/undelete`, sameGroup);
  const saved = bench(parseWorld(JSON.stringify(emulator.world()), "saved"));
  expect((await saved.send("GET", "~")).status).toBe(404);
  saved.wait(200);
  expect((await saved.send("GET", "~")).status).toBe(200);
});

test.each([
  ["a name that is not there", "absent", sameGroup, 404, "ResourceNotFound"],
  [
    "a resource group that is not there",
    "",
    intoGroup("/subscriptions/x/resourceGroups/none"),
    404,
    "ResourceGroupNotFound",
  ],
  ["no resource group", "", {}, 400, "BMSUserErrorInvalidInput"],
])("%s is refused", async (_, suffix, body, status, code) => {
  const { send, path } = await deleted();
  const answer = await send("POST", `${path}${suffix}/undelete`, body);
  expect(answer.status).toBe(status);
  expect(at(answer.body, "error.code")).toBe(code);
});

test("a second undelete is a conflict while the first is under way, wherever to, and finds nothing afterwards", async () => {
  const { send, wait, follow, path } = await deleted();
  const first = await send("POST", `${path}/undelete`, sameGroup);
  for (const target of [sameGroup, intoGroup(otherGroup)]) {
    const second = await send("POST", `${path.toUpperCase()}/undelete`, target);
    expect(second.status).toBe(409);
    expect(at(second.body, "error.code")).toBe("UserErrorDeletedVaultUndeleteInProgress");
  }
  wait(66);
  expect((await follow(first)).body["status"]).toBe("Succeeded");
  expect((await send("POST", `${path}/undelete`, sameGroup)).status).toBe(404);
});

test("two deleted vaults cannot both be on their way to the same place", async () => {
  const entry = (name: string, id: string) => ({ name, location: "westeurope", properties: { vaultId: id } });
  const elsewhere = vaultId.replace("rg-test", "rg-far");
  const { send, wait } = bench(
    world([], {
      deletedVaults: [entry("one", vaultId), entry("two", elsewhere), entry("three", `${elsewhere}3`)],
      resourceGroups: [{ id: otherGroup }],
    }),
  );
  const statuses: number[] = [];
  for (const name of ["one", "two", "three"]) {
    statuses.push((await send("POST", `${deletedVaults}/${name}/undelete`, intoGroup(otherGroup))).status);
  }
  expect(statuses).toEqual([202, 409, 202]);
  wait(66);
  expect(names((await send("GET", deletedVaults)).body)).toEqual(["two"]);
});

test("after an undelete that failed, another is accepted", async () => {
  const fails = { kind: "fails", code: "CloudInternalError", message: "No." } as const;
  const entry = { name: "rg-test_1", location: "westeurope", properties: { vaultId } };
  const faults = [{ match: { method: "POST" }, fault: fails }];
  const { send, wait } = bench(world([], { deletedVaults: [entry], resourceGroups: [{ id: otherGroup }], faults }));
  const path = `${deletedVaults}/rg-test_1`;
  await send("POST", `${path}/undelete`, intoGroup(otherGroup));
  wait(66);
  expect((await send("GET", path)).status).toBe(200);
  expect((await send("POST", `${path}/undelete`, intoGroup(otherGroup))).status).toBe(202);
  wait(66);
  expect((await send("GET", path)).status).toBe(404);
});

test("a vault of the same name in its place is a conflict", async () => {
  const again = bench(
    world([vault()], {
      deletedVaults: [{ name: "rg-test_1", location: "westeurope", properties: { vaultId, purgeAt: "now+14d" } }],
    }),
  );
  const answer = await again.send("POST", `${deletedVaults}/rg-test_1/undelete`, sameGroup);
  expect(answer.status).toBe(409);
  expect(at(answer.body, "error.code")).toBe("UserErrorDeletedVaultUndeleteConflictingVaultPresent");
});

test("a deleted vault of which nothing but its name is known comes back empty", async () => {
  const entry = { name: "rg-test_1", location: "westeurope", properties: { vaultId, purgeAt: "now+14d" } };
  const { send, wait } = bench(world([], { deletedVaults: [entry], resourceGroups: [{ id: otherGroup }] }));
  expect((await send("POST", `${deletedVaults}/rg-test_1/undelete`, intoGroup(otherGroup))).status).toBe(202);
  wait(66);
  const moved = `${otherGroup}/providers/Microsoft.RecoveryServices/vaults/rsv-test`;
  expect(names((await send("GET", `${moved}/backupProtectedItems`)).body)).toEqual([]);
});
