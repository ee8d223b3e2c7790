// Undeleting an item as the Azure CLI does it. It must not test deletion.
import { expect, test } from "vitest";

import { at, bench, softDeleted, vault, vm, vmItem, world, textAt } from "./world-builder.ts";

const undelete = {
  properties: {
    protectedItemType: "Microsoft.Compute/virtualMachines",
    sourceResourceId: "/subscriptions/x",
    policyId: "",
    isRehydrate: true,
    protectionState: "ProtectionStopped",
  },
};

test("an undeleted item comes back without a policy, and its container still reads SoftDeleted", async () => {
  const { send, wait, follow } = bench(
    world([vault({ regime: "classic", parts: [vm("vm1", softDeleted("now-3d"))] })]),
  );
  const accepted = await send("PUT", vmItem("vm1"), undelete);
  expect(accepted.status).toBe(202);
  const status = accepted.headers.get("azure-asyncoperation") ?? "";
  expect(status).toMatch(/protectedItems\/VM;iaasvmcontainerv2;rg-test;vm1\/operationsStatus\//u);
  expect(accepted.headers.get("location")).toMatch(/protectedItems\/[^/]+\/operationResults\//u);
  expect((await follow(accepted)).body["status"]).toBe("InProgress");
  wait(12);
  const id = /operationsStatus\/([^?]+)/u.exec(status)?.[1] ?? "";
  const byVault = await send("GET", `~/backupOperations/${id}`);
  expect(byVault.body["status"]).toBe("Succeeded");
  const job = await send("GET", `~/backupJobs/${textAt(byVault.body, "properties.jobId")}`);
  expect(at(job.body, "properties.operation")).toBe("Undelete");
  const item = await follow(accepted, "location");
  expect(item.status).toBe(200);
  const properties = at(item.body, "properties") as object;
  expect(properties).toMatchObject({
    protectionState: "ProtectionStopped",
    policyId: "",
    softDeleteRetentionPeriod: 0,
  });
  expect(Object.keys(properties).filter((name) => /deferred/iu.test(name))).toEqual([]);
  const containers = await send("GET", "~/backupProtectionContainers?$filter=backupManagementType eq 'AzureIaasVM'");
  expect(at(containers.body, "value.0.properties.registrationStatus")).toBe("SoftDeleted");
});

test("the container goes on reading SoftDeleted, until it goes with its last item", async () => {
  const parts = [vm("vm1", softDeleted("now-3d"))];
  const { send, wait } = bench(world([vault({ regime: "classic", softDelete: "Disabled", parts })]));
  const list = "~/backupProtectionContainers?$filter=backupManagementType eq 'AzureIaasVM'";
  await send("PUT", vmItem("vm1"), undelete);
  wait(30 * 86_400);
  expect(at((await send("GET", list)).body, "value.0.properties.registrationStatus")).toBe("SoftDeleted");
  await send("DELETE", vmItem("vm1"));
  wait(111);
  expect((await send("GET", list)).body["value"]).toEqual([]);
});

test("after soft delete is switched off, undelete and delete purge the item for good", async () => {
  const { send, wait } = bench(world([vault({ regime: "classic", parts: [vm("vm1", softDeleted("now-3d"))] })]));
  const off = { properties: { enhancedSecurityState: "Enabled", softDeleteFeatureState: "Disabled" } };
  expect((await send("PATCH", "~/backupconfig/vaultconfig", off)).status).toBe(200);
  await send("PUT", vmItem("vm1"), undelete);
  wait(12);
  await send("DELETE", vmItem("vm1"));
  wait(111);
  expect((await send("GET", vmItem("vm1"))).status).toBe(404);
  expect((await send("DELETE", "~")).status).toBe(202);
});

test("other writes to an item are refused as not supported", async () => {
  const { send } = bench(world([vault({ parts: [vm("vm1")] })]));
  const answer = await send("PUT", vmItem("vm1"), { properties: { protectionState: "ProtectionStopped" } });
  expect(answer.status).toBe(501);
  expect(at(answer.body, "error.code")).toBe("NotImplemented");
});

test("an item that is not soft-deleted cannot be undeleted", async () => {
  const { send } = bench(world([vault({ parts: [vm("vm1")] })]));
  expect((await send("PUT", vmItem("vm1"), undelete)).status).toBe(400);
  expect((await send("PUT", vmItem("vm9"), undelete)).status).toBe(404);
});
