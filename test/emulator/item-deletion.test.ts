// Deleting protected items, in both regimes. It must not reach into the emulator's state.
import { expect, test } from "vitest";

import {
  at,
  bench,
  names,
  shareItem,
  softDeleted,
  sqlItem,
  sqlServer,
  storageAccount,
  vault,
  vm,
  vmItem,
  world,
  textAt,
} from "./world-builder.ts";

test("a virtual machine in a secure-by-default vault becomes soft-deleted after 12 seconds", async () => {
  const { send, wait, follow } = bench(world([vault({ parts: [vm("vm1")] })]));
  const accepted = await send("DELETE", vmItem("vm1"));
  expect(accepted.status).toBe(202);
  expect(accepted.headers.get("retry-after")).toBe("60");
  expect(accepted.headers.get("content-type")).toBeNull();
  expect(accepted.headers.get("azure-asyncoperation")).toMatch(
    /^https:\/\/management\.azure\.com\/subscriptions\/.*\/vaults\/rsv-test\/backupOperations\/[0-9a-f-]{36}\?api-version=2025-08-01&t=\d+&c=.{64}&s=.{64}&h=.{64}$/u,
  );
  expect(accepted.headers.get("location")).toContain("/vaults/rsv-test/backupOperationResults/");

  const running = await follow(accepted);
  expect(running.body).toMatchObject({ status: "InProgress", endTime: "0001-01-01T00:00:00" });
  expect((await follow(accepted, "location")).status).toBe(202);
  wait(12);
  const done = await follow(accepted);
  expect(done.body["status"]).toBe("Succeeded");
  expect(done.body["endTime"]).toBe(done.body["startTime"]);
  expect(at(done.body, "properties.objectType")).toBe("OperationStatusJobExtendedInfo");
  expect((await follow(accepted, "location")).status).toBe(204);

  const job = await send("GET", `~/backupJobs/${textAt(done.body, "properties.jobId")}`);
  expect(job.body["properties"]).toMatchObject({
    operation: "DeleteBackupData",
    status: "Completed",
    duration: "PT12S",
    endTime: "2026-03-01T10:00:12Z",
  });
  const item = await send("GET", vmItem("vm1"));
  expect(item.body["properties"]).toMatchObject({
    protectionState: "ProtectionStopped",
    policyId: "",
    isScheduledForDeferredDelete: true,
    deferredDeleteTimeInUTC: "2026-03-01T10:00:00Z",
    deferredDeleteTimeRemaining: "13.23:59:48",
    softDeleteRetentionPeriod: 14,
  });
});

test("the container of a soft-deleted virtual machine reads SoftDeleted and is still listed as Registered", async () => {
  const { send, wait } = bench(world([vault({ parts: [vm("vm1")] })]));
  await send("DELETE", vmItem("vm1"));
  wait(12);
  const filter = "$filter=backupManagementType eq 'AzureIaasVM' and status eq 'Registered'";
  const listed = await send("GET", `~/backupProtectionContainers?${filter}`);
  expect(at(listed.body, "value.0.properties.registrationStatus")).toBe("SoftDeleted");
  const deleted = await send(
    "GET",
    "~/backupDeletedProtectionContainers?$filter=backupManagementType eq 'AzureIaasVM'",
  );
  expect(names(deleted.body)).toHaveLength(1);
});

test("with soft delete off in a classic vault the item and its container are gone after 111 seconds", async () => {
  const { send, wait } = bench(
    world([vault({ regime: "classic", softDelete: "Disabled", parts: [vm("vm1"), vm("vm2")] })]),
  );
  await send("DELETE", vmItem("vm1"));
  wait(110);
  expect((await send("GET", vmItem("vm1"))).status).toBe(200);
  wait(1);
  expect((await send("GET", vmItem("vm1"))).status).toBe(404);
  const containers = await send("GET", "~/backupProtectionContainers?$filter=backupManagementType eq 'AzureIaasVM'");
  expect(names(containers.body)).toEqual(["IaasVMContainer;iaasvmcontainerv2;rg-test;vm2"]);
});

test("a database in a classic vault with soft delete on is soft-deleted after 32 seconds", async () => {
  const { send, wait } = bench(world([vault({ regime: "classic", parts: [sqlServer("sql1", { orders: {} })] })]));
  await send("DELETE", sqlItem("sql1", "orders"));
  wait(31);
  expect(at((await send("GET", sqlItem("sql1", "orders"))).body, "properties.protectionState")).toBe("Protected");
  wait(1);
  const item = await send("GET", sqlItem("sql1", "orders"));
  expect(at(item.body, "properties.isScheduledForDeferredDelete")).toBe(true);
});

test("a file share is not covered by soft delete and vanishes after 21 seconds", async () => {
  const { send, wait } = bench(world([vault({ parts: [storageAccount("st1", ["one", "two"])] })]));
  const container = "~/backupFabrics/azure/protectioncontainers/StorageContainer%3BStorage%3Brg-test%3Bst1";
  expect(at((await send("GET", container)).body, "properties.protectedItemCount")).toBe(2);
  await send("DELETE", shareItem("st1", "one"));
  wait(21);
  expect((await send("GET", shareItem("st1", "one"))).status).toBe(404);
  expect(at((await send("GET", container)).body, "properties.protectedItemCount")).toBe(1);
});

test("deleting an item that is already soft-deleted is accepted and changes nothing", async () => {
  const { send, wait, follow } = bench(world([vault({ parts: [vm("vm1", softDeleted("now-3d"))] })]));
  const accepted = await send("DELETE", vmItem("vm1"));
  expect(accepted.status).toBe(202);
  wait(12);
  expect((await follow(accepted)).body["status"]).toBe("Succeeded");
  const item = await send("GET", vmItem("vm1"));
  expect(at(item.body, "properties.deferredDeleteTimeInUTC")).toBe("2026-02-26T10:00:00Z");
});

test("a missing item and a wrong container name are answered 204", async () => {
  const { send } = bench(world([vault({ parts: [vm("vm1")] })]));
  expect((await send("DELETE", vmItem("vm9"))).status).toBe(204);
  const wrong = vmItem("vm1").replace("IaasVMContainer;iaasvm", "iaasvm");
  expect((await send("DELETE", wrong)).status).toBe(204);
});

test("a second write to an item of the same container is refused while the first runs", async () => {
  const { send, wait } = bench(world([vault({ parts: [sqlServer("sql1", { a: {}, b: {} }), vm("vm1")] })]));
  expect((await send("DELETE", sqlItem("sql1", "a"))).status).toBe(202);
  const refused = await send("DELETE", sqlItem("sql1", "b"));
  expect(refused.status).toBe(409);
  expect(at(refused.body, "error.code")).toBe("BMSUserErrorConflictingProtectionOperation");
  expect((await send("DELETE", vmItem("vm1"))).status).toBe(202);
  wait(32);
  expect((await send("DELETE", sqlItem("sql1", "b"))).status).toBe(202);
});

test("in an immutable vault the deletion is accepted and then fails inside a 200", async () => {
  const { send, wait, follow } = bench(world([vault({ immutability: "Unlocked", parts: [vm("vm1")] })]));
  const accepted = await send("DELETE", vmItem("vm1"));
  expect(accepted.status).toBe(202);
  wait(12);
  const failed = await follow(accepted);
  expect(failed.status).toBe(200);
  expect(failed.body["status"]).toBe("Failed");
  expect(at(failed.body, "error.code")).toBe("UserErrorDeleteBackupItemOnImmutableItem");
  expect(at((await send("GET", vmItem("vm1"))).body, "properties.protectionState")).toBe("Protected");
});

test("a soft-deleted item vanishes when its retention has passed, and its container with it", async () => {
  const { send, wait } = bench(world([vault({ parts: [vm("vm1", softDeleted("now-13d"))] })]));
  wait(86_399);
  expect((await send("GET", vmItem("vm1"))).status).toBe(200);
  wait(1);
  expect(names((await send("GET", "~/backupProtectedItems")).body)).toEqual([]);
  const containers = await send("GET", "~/backupProtectionContainers?$filter=backupManagementType eq 'AzureIaasVM'");
  expect(names(containers.body)).toEqual([]);
});
