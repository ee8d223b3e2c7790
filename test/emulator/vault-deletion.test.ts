// Deleting vaults: what refuses it, old and new api-versions, and what stays behind.
import { expect, test } from "vitest";

import {
  at,
  bench,
  names,
  softDeleted,
  sqlServer,
  storageAccount,
  subscription,
  vault,
  vaultId,
  vm,
  vmItem,
  world,
} from "./world-builder.ts";

const deletedVaults = `/subscriptions/${subscription}/providers/Microsoft.RecoveryServices/locations/westeurope/deletedVaults`;
const gone =
  "The Resource 'Microsoft.RecoveryServices/vaults/rsv-test' under resource group 'rg-test' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix";

test("a newer api-version answers 202, and the operation's own url turns 404 when the vault is gone", async () => {
  const { send, wait, follow } = bench(world([vault()]));
  const accepted = await send("DELETE", "~?api-version=2024-04-01");
  expect(accepted.status).toBe(202);
  expect(accepted.body).toEqual({});
  expect(accepted.headers.get("retry-after")).toBe("60");
  const id = /operationStatus\/([^?]+)/u.exec(accepted.headers.get("azure-asyncoperation") ?? "")?.[1] ?? "";
  expect(Buffer.from(id, "base64").toString()).toMatch(/^1023;[0-9a-f-]{36}$/u);
  expect(accepted.headers.get("location")).toContain(`/operationResults/${id}?`);

  const running = await follow(accepted);
  expect(running.body).toEqual({ id: `${vaultId}/operationStatus/${id}`, name: id, status: "InProgress" });
  expect(running.headers.get("location")).toContain("/operationResults/");
  expect((await send("GET", "~")).status).toBe(200);
  wait(60);
  const ended = await follow(accepted);
  expect(ended.status).toBe(404);
  expect(ended.headers.get("x-ms-failure-cause")).toBe("gateway");
  expect(ended.body).toEqual({ error: { code: "ResourceNotFound", message: gone } });
  expect((await follow(accepted, "location")).status).toBe(404);
  expect((await send("GET", "~")).body).toEqual(ended.body);
});

test("an api-version up to 2023-04-01 deletes at once, without operation headers", async () => {
  const { send } = bench(world([vault()]));
  const answer = await send("DELETE", "~?api-version=2023-04-01");
  expect(answer.status).toBe(200);
  expect(answer.headers.get("azure-asyncoperation")).toBeNull();
  expect(answer.headers.get("location")).toBeNull();
  expect((await send("GET", "~")).status).toBe(404);
});

test("deleting an absent vault answers 204, in an absent resource group 404", async () => {
  const { send } = bench(world([vault()]));
  expect((await send("DELETE", vaultId.replace("rsv-test", "rsv-none"))).status).toBe(204);
  const answer = await send("DELETE", vaultId.replace("rg-test", "rg-none"));
  expect(at(answer.body, "error.code")).toBe("ResourceGroupNotFound");
});

test("asking again while the vault dies gives the same operation", async () => {
  const { send } = bench(world([vault()]));
  const [one, two] = [await send("DELETE", "~"), await send("DELETE", "~")];
  const path = (url: string | null): string => new URL(url ?? "").pathname;
  expect(path(two.headers.get("location"))).toBe(path(one.headers.get("location")));
});

test("active items and registered containers refuse with their friendly names", async () => {
  const parts = [vm("vm1"), sqlServer("sql1", { a: {} }), storageAccount("st1", [])];
  const answer = await bench(world([vault({ parts })])).send("DELETE", "~");
  expect(answer.status).toBe(400);
  expect(answer.body).toEqual({
    error: {
      code: "ServiceResourceNotEmptyWithContainerDetails",
      message:
        "Vault cannot be deleted as there are existing resources within the vault. : vm1,sql1,st1\nUnregister all containers from the vault and then retry to delete vault. For instructions, see https://aka.ms/AB-AA4ecq5",
      target: null,
      details: null,
      innerError: null,
    },
  });
});

test("a private endpoint connection refuses with the text that names private endpoints", async () => {
  const properties = { privateEndpointConnections: [{ id: `${vaultId}/privateEndpointConnections/pe1.1.backup.x` }] };
  const answer = await bench(world([vault({ properties })])).send("DELETE", "~");
  expect(answer.status).toBe(400);
  expect(at(answer.body, "error.code")).toBe("ServiceResourceNotEmptyWithBackendMessage");
  expect(at(answer.body, "error.message")).toBe(
    "Vault cannot be deleted as there are existing resources within the vault. : pe1.1.backup.x\nPlease ensure all containers have been unregistered from the vault and all private endpoints associated with the vault have been deleted, and retry operation. For more details, see https://aka.ms/AB-AA4ecq5",
  );
});

test("in the classic regime soft-deleted items refuse, with the wording of the api-version", async () => {
  const parts = [vm("vm1", softDeleted("now-3d")), vm("vm2", softDeleted("now-2d"))];
  const { send } = bench(world([vault({ regime: "classic", parts })]));
  const newer = await send("DELETE", "~?api-version=2022-04-01");
  expect(newer.status).toBe(400);
  expect(at(newer.body, "error.code")).toBe("ServiceResourceNotEmptyWithBackendMessage");
  expect(at(newer.body, "error.message")).toContain(
    "backup items still present in soft delete state. Visit the following link for the steps to permanently delete soft deleted items: https://aka.ms/undeletesoftdeleteditems.  : vm1,vm2. Please ensure",
  );
  const older = await send("DELETE", "~?api-version=2016-06-01");
  expect(at(older.body, "error.message")).toContain(
    "https://aka.ms/SoftDeleteCloudWorkloads. The registered items are : vm1,vm2\nPlease ensure all containers",
  );
});

test("in a secure-by-default vault soft-deleted items and containers do not refuse, and it becomes a deleted vault", async () => {
  const parts = [vm("vm1", softDeleted("now-3d")), vm("vm2", softDeleted("now-1d"))];
  const { send, wait } = bench(world([vault({ parts })]));
  expect((await send("DELETE", "~")).status).toBe(202);
  expect(names((await send("GET", deletedVaults)).body)).toEqual([]);
  wait(61);
  const listed = await send("GET", deletedVaults);
  const [name] = names(listed.body);
  expect(name).toMatch(/^rg-test_[0-9a-f-]{36}$/u);
  const entry = await send("GET", `${deletedVaults}/${name ?? ""}`);
  expect(entry.body).toEqual({
    id: `${deletedVaults}/${name ?? ""}`,
    name,
    type: "Microsoft.RecoveryServices/locations/deletedVaults",
    location: "westeurope",
    properties: {
      vaultId,
      vaultDeletionTime: "2026-03-01T10:01:00Z",
      purgeAt: "2026-03-14T10:00:00Z",
    },
  });
  expect(at(listed.body, "value.0")).toEqual(entry.body);
});

test("a deleted vault without recoverable data has a purge time just before its deletion", async () => {
  const { send, wait } = bench(world([vault()]));
  await send("DELETE", "~");
  wait(60);
  const properties = at((await send("GET", deletedVaults)).body, "value.0.properties");
  expect(properties).toMatchObject({ vaultDeletionTime: "2026-03-01T10:01:00Z", purgeAt: "2026-03-01T10:00:59.6Z" });
});

test("a classic vault leaves no deleted vault behind", async () => {
  const { send, wait } = bench(world([vault({ regime: "classic" })]));
  await send("DELETE", "~");
  wait(60);
  expect(names((await send("GET", deletedVaults)).body)).toEqual([]);
});

test("a whole tear-down in order ends with the vault gone", async () => {
  const { send, wait } = bench(world([vault({ parts: [vm("vm1")] })]));
  expect((await send("DELETE", "~")).status).toBe(400);
  await send("DELETE", vmItem("vm1"));
  expect((await send("DELETE", "~")).status).toBe(400);
  wait(12);
  expect((await send("DELETE", "~")).status).toBe(202);
});
