// Lists of resources by subscription and group, private endpoints among them, and role assignments of a principal.
import { describe, expect, test } from "vitest";

import { at, bench, names, subscription, vault, vaultId, world } from "./world-builder.ts";

const inGroup = (group: string, provider: string, name: string) =>
  `/subscriptions/${subscription}/resourceGroups/${group}/providers/${provider}/${name}`;
const endpoint = inGroup("rg-net", "Microsoft.Network/privateEndpoints", "pe-1");
const helper = inGroup("rg-net", "Microsoft.Network/privateEndpoints", "pe-1_ecs-a_blob");
const collection = inGroup("AzureBackupRG_we_1", "Microsoft.Compute/restorePointCollections", "AzureBackup_vm-1_5");
const assignment = inGroup("rg-net", "Microsoft.Authorization/roleAssignments", "11111111-2222-4333-8444-555555555555");
const content = world([vault()], {
  privateEndpoints: [endpoint, helper].map((id) => ({ id, location: "westeurope", properties: { of: "it" } })),
  resources: [
    {
      id: collection,
      type: "Microsoft.Compute/restorePointCollections",
      location: "westeurope",
      properties: { hidden: true },
    },
  ],
  roleAssignments: [{ id: assignment, properties: { principalId: "P-1", scope: "/somewhere" } }],
});
const group = `/subscriptions/${subscription}/resourceGroups/rg-test`;
const ofType = (type: string) => `resources?$filter=${encodeURIComponent(`resourceType eq '${type}'`)}`;
const vaults = ofType("Microsoft.RecoveryServices/vaults");

describe("lists of resources", () => {
  test("show everything of a subscription, by type, without properties", async () => {
    const { send } = bench(content);
    expect(names((await send("GET", `/subscriptions/${subscription}/resources`)).body)).toHaveLength(4);
    const { body } = await send(
      "GET",
      `/subscriptions/${subscription}/${ofType("microsoft.compute/RestorePointCollections")}`,
    );
    expect(body["value"]).toEqual([
      {
        id: collection,
        name: "AzureBackup_vm-1_5",
        type: "Microsoft.Compute/restorePointCollections",
        location: "westeurope",
      },
    ]);
  });

  test("show what stands in a group, and refuse a filter they do not know", async () => {
    const { send } = bench(content);
    expect(names((await send("GET", `${group}/resources`)).body)).toEqual(["rsv-test"]);
    expect((await send("GET", `${group}/resources?$filter=name eq 'x'`)).status).toBe(400);
    const absent = await send("GET", `/subscriptions/${subscription}/resourceGroups/rg-none/resources`);
    expect(at(absent.body, "error.code")).toBe("ResourceGroupNotFound");
  });

  test.each([
    [true, ["rsv-test"]],
    [undefined, []],
  ])("keep a deleted vault for a while where the world says so: %s", async (listsDeletedVaults, listed) => {
    const { send, wait } = bench({ ...content, ...(listsDeletedVaults === undefined ? {} : { listsDeletedVaults }) });
    await send("DELETE", vaultId);
    wait(61);
    expect((await send("GET", vaultId)).status).toBe(404);
    expect(names((await send("GET", `${group}/${vaults}`)).body)).toEqual(listed);
    wait(180);
    expect(names((await send("GET", `${group}/${vaults}`)).body)).toEqual([]);
  });
});

test("private endpoints are listed by group and by subscription, with their properties", async () => {
  const { send } = bench(content);
  const path = "providers/Microsoft.Network/privateEndpoints";
  const { body } = await send("GET", `/subscriptions/${subscription}/resourceGroups/RG-NET/${path}`);
  expect(names(body)).toEqual(["pe-1", "pe-1_ecs-a_blob"]);
  expect(at(body, "value.0.properties.of")).toBe("it");
  expect(names((await send("GET", `/subscriptions/${subscription}/${path}`)).body)).toHaveLength(2);
  expect((await send("GET", `/subscriptions/${subscription}/resourceGroups/rg-none/${path}`)).status).toBe(404);
});

test("deleting an endpoint leaves the ones that Backup made beside it", async () => {
  const { send, wait } = bench(content);
  await send("DELETE", endpoint);
  wait(5);
  expect((await send("GET", endpoint)).status).toBe(404);
  expect((await send("GET", helper)).status).toBe(200);
});

test("role assignments are listed by principal", async () => {
  const { send } = bench(content);
  const of = (principal: string) =>
    `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleAssignments?$filter=${encodeURIComponent(`principalId eq '${principal}'`)}`;
  expect(at((await send("GET", of("p-1"))).body, "value.0.properties.scope")).toBe("/somewhere");
  expect((await send("GET", of("p-2"))).body).toEqual({ value: [] });
});
