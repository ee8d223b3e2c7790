// Listing and unregistering containers.
import { expect, test } from "vitest";

import {
  at,
  bench,
  names,
  softDeleted,
  sqlContainer,
  sqlItem,
  sqlServer,
  storageAccount,
  storageContainer,
  subscription,
  vault,
  vaultId,
  vm,
  world,
} from "./world-builder.ts";

const workloads = "~/backupProtectionContainers?$filter=backupManagementType eq 'AzureWorkload'";

test("an empty storage account is unregistered after 25 seconds, at every url Azure offers", async () => {
  const { send, wait, follow } = bench(world([vault({ parts: [storageAccount("st1", [])] })]), "2024-04-01");
  const accepted = await send("DELETE", storageContainer("st1"));
  expect(accepted.status).toBe(202);
  expect(accepted.headers.get("retry-after")).toBe("60");
  const status = accepted.headers.get("azure-asyncoperation") ?? "";
  const location = accepted.headers.get("location") ?? "";
  const id = /operationsStatus\/([^?]+)/u.exec(status)?.[1] ?? "";
  expect(status).toContain(`/rsv-test/backupFabrics/Azure/operationsStatus/${id}?api-version=2019-05-13-preview&t=`);
  expect(location).toContain(`/rsv-test/backupOperationResults/${id}?fabricName=Azure%3fapi-version%3d2024-04-01&t=`);

  const results = `${storageContainer("st1")}/operationResults/${id}`;
  const running = await send("GET", results);
  expect(running.status).toBe(202);
  expect(running.body).toEqual({});
  expect(running.headers.get("location")).toContain("StorageContainer;Storage;rg-test;st1/operationResults/");
  expect((await follow(accepted)).body["status"]).toBe("InProgress");
  expect((await follow(accepted, "location")).status).toBe(202);
  wait(25);
  expect((await send("GET", results)).status).toBe(204);
  expect((await follow(accepted, "location")).status).toBe(204);
  expect((await follow(accepted)).body["status"]).toBe("Succeeded");
  expect((await send("GET", `${storageContainer("st1")}/operationsStatus/${id}`)).body["status"]).toBe("Succeeded");
  expect((await send("GET", storageContainer("st1"))).status).toBe(404);
  expect((await send("DELETE", storageContainer("st1"))).status).toBe(204);
});

test("a container with active items cannot be unregistered", async () => {
  const { send } = bench(world([vault({ parts: [sqlServer("sql1", { a: {}, b: softDeleted("now-1d") })] })]));
  const answer = await send("DELETE", sqlContainer("sql1"));
  expect(answer.status).toBe(400);
  expect(at(answer.body, "error.code")).toBe("BMSUserErrorContainerHasDatasources");
});

test("a container with only soft-deleted items becomes a soft-deleted container after 94 seconds", async () => {
  const { send, wait } = bench(world([vault({ parts: [sqlServer("sql1", { a: softDeleted("now-1d") })] })]));
  expect((await send("DELETE", sqlContainer("sql1"))).status).toBe(202);
  wait(93);
  expect(at((await send("GET", workloads)).body, "value.0.properties.registrationStatus")).toBe("Registered");
  wait(1);
  expect(at((await send("GET", workloads)).body, "value.0.properties.registrationStatus")).toBe("SoftDeleted");
  const deleted = await send(
    "GET",
    "~/backupDeletedProtectionContainers?$filter=backupManagementType eq 'AzureWorkload'",
  );
  expect(names(deleted.body)).toHaveLength(1);
  expect((await send("GET", sqlItem("sql1", "a"))).status).toBe(200);
  expect((await send("DELETE", "~")).status).toBe(202);
});

test("a soft-deleted container goes when the last of its items is purged", async () => {
  const { send, wait } = bench(world([vault({ parts: [sqlServer("sql1", { a: softDeleted("now-1d") })] })]));
  await send("DELETE", sqlContainer("sql1"));
  wait(13 * 86_400);
  expect(names((await send("GET", workloads)).body)).toEqual([]);
});

test("unregistering the container of a virtual machine does nothing", async () => {
  const { send, wait } = bench(world([vault({ parts: [vm("vm1", softDeleted("now-1d"))] })]));
  const path = "~/backupFabrics/Azure/protectionContainers/IaasVMContainer;iaasvmcontainerv2;rg-test;vm1";
  expect((await send("DELETE", path)).status).toBe(202);
  wait(200);
  expect((await send("GET", path)).status).toBe(200);
});

test("the container of a virtual machine without items cannot be unregistered away either", async () => {
  const { send, wait } = bench(world([vault({ parts: [{ ...vm("vm1"), items: [] }] })]));
  const path = "~/backupFabrics/Azure/protectionContainers/IaasVMContainer;iaasvmcontainerv2;rg-test;vm1";
  await send("DELETE", path);
  wait(200);
  expect((await send("GET", path)).status).toBe(200);
});

test("the list of containers needs a backup management type", async () => {
  const { send } = bench(world([vault({ parts: [vm("vm1")] })]));
  const answer = await send("GET", "~/backupProtectionContainers");
  expect(answer.status).toBe(400);
  expect((await send("GET", "~/backupProtectionContainers?$filter=status eq 'Registered'")).status).toBe(400);
});

const again = { properties: { backupManagementType: "AzureWorkload", operationType: "Reregister" } };

test("a soft-deleted container that is registered again reads Registered, and its items stay soft-deleted", async () => {
  const { send, wait, follow } = bench(world([vault({ parts: [sqlServer("sql1", { a: softDeleted("now-1d") })] })]));
  await send("DELETE", sqlContainer("sql1"));
  wait(94);
  const accepted = await send("PUT", sqlContainer("sql1"), again);
  expect(accepted.status).toBe(202);
  expect(accepted.body).toEqual({});
  const status = accepted.headers.get("azure-asyncoperation") ?? "";
  expect(status).toMatch(
    /VMAppContainer;Compute;rg-test;sql1\/operationsStatus\/[^/]+\?api-version=2019-05-13-preview/u,
  );
  expect((await follow(accepted, "location")).status).toBe(202);
  wait(150);
  expect((await follow(accepted)).body["status"]).toBe("InProgress");
  wait(1);
  const ended = await follow(accepted, "location");
  expect(ended.status).toBe(200);
  expect(at(ended.body, "properties.registrationStatus")).toBe("Registered");
  expect(at((await send("GET", sqlContainer("sql1"))).body, "properties.registrationStatus")).toBe("Registered");
  const deleted = "~/backupDeletedProtectionContainers?$filter=backupManagementType eq 'AzureWorkload'";
  expect(names((await send("GET", deleted)).body)).toEqual([]);
  const item = await send("GET", sqlItem("sql1", "a"));
  expect(at(item.body, "properties.isScheduledForDeferredDelete")).toBe(true);
});

test("a storage account is registered again after 29 seconds, without an operation type too", async () => {
  const { send, wait } = bench(world([vault({ parts: [storageAccount("st1", [])] })]));
  expect((await send("PUT", storageContainer("st1"), { properties: {} })).status).toBe(202);
  wait(29);
  expect(at((await send("GET", storageContainer("st1"))).body, "properties.registrationStatus")).toBe("Registered");
});

test("a container that is registered to another vault cannot be registered again here, nor with an unknown type", async () => {
  const server = sqlServer("sql1", { a: softDeleted("now-1d") });
  const other = vaultId.replace("rsv-test", "rsv-other");
  const properties = { ...server.container.properties, registrationStatus: "SoftDeleted" };
  const container = { ...server.container, properties, registeredElsewhere: other };
  const { send, wait, emulator } = bench(world([vault({ parts: [{ ...server, container }, sqlServer("sql2", {})] })]));
  const refused = await send("PUT", sqlContainer("sql1"), again);
  expect(refused.status).toBe(400);
  expect(at(refused.body, "error.message")).toContain(other);
  wait(1_000);
  expect(at((await send("GET", sqlContainer("sql1"))).body, "properties.registrationStatus")).toBe("SoftDeleted");
  expect(emulator.world().vaults[0]?.protectionContainers[0]?.registeredElsewhere).toBe(other);
  const unknown = await send("PUT", sqlContainer("sql2"), { properties: { operationType: "Rehydrate" } });
  expect(unknown.status).toBe(400);
});

test("a container that the vault does not know is registered where the request says what it is", async () => {
  const { send, wait } = bench(world([vault({ parts: [] })]));
  expect((await send("PUT", storageContainer("st1"), again)).status).toBe(400);
  const sourceResourceId = `/subscriptions/${subscription}/resourceGroups/rg-test/providers/Microsoft.Storage/storageAccounts/st1`;
  const properties = {
    backupManagementType: "AzureStorage",
    containerType: "StorageContainer",
    sourceResourceId,
    operationType: "Register",
  };
  expect((await send("PUT", storageContainer("st1"), { properties })).status).toBe(202);
  expect((await send("GET", storageContainer("st1"))).status).toBe(404);
  wait(29);
  const { body } = await send("GET", storageContainer("st1"));
  expect(at(body, "properties.registrationStatus")).toBe("Registered");
  expect(at(body, "properties.friendlyName")).toBe("st1");
  expect(at(body, "properties.sourceResourceId")).toBe(sourceResourceId);
});
