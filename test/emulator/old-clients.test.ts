// Old api-versions and old ways of writing a request, answered as they were recorded to be.
import { expect, test } from "vitest";

import {
  at,
  bench,
  names,
  sqlContainer,
  sqlServer,
  textAt,
  vault,
  vaultId,
  vm,
  vmItem,
  world,
} from "./world-builder.ts";

const parts = [vm("vm1"), vm("vm2")];
const policy = { name: "DefaultPolicy", properties: { backupManagementType: "AzureIaasVM" } };
const unused = { name: "Unused", properties: { backupManagementType: "AzureIaasVM" } };

test.each([
  ["2019-06-15", false],
  ["2023-04-01", false],
  ["2024-04-01", true],
])("urls of Backup's operations with %s are signed: %s", async (apiVersion, signed) => {
  const { send, follow } = bench(world([vault({ parts })]), apiVersion);
  const accepted = await send("DELETE", vmItem("vm1"));
  for (const header of ["azure-asyncoperation", "location"]) {
    const url = new URL(accepted.headers.get(header) ?? "");
    expect([...url.searchParams.keys()]).toEqual(["api-version", ...(signed ? ["t", "c", "s", "h"] : [])]);
  }
  expect((await follow(accepted)).body["status"]).toBe("InProgress");
});

test.each([
  ["2022-04-01", false, true],
  ["2023-02-01", true, false],
])("with %s a vault's operation is signed: %s, and tells percentComplete: %s", async (apiVersion, signed, tells) => {
  const { send, follow } = bench(world([vault()]), apiVersion);
  const accepted = await send("PATCH", "~", { properties: { publicNetworkAccess: "Disabled" } });
  expect(accepted.headers.get("azure-asyncoperation")?.includes("&t=")).toBe(signed);
  expect("percentComplete" in (await follow(accepted)).body).toBe(tells);
});

test("until 2019 unregistering a workload container gives a Location and no status url", async () => {
  const { send, wait, follow } = bench(world([vault({ parts: [sqlServer("sql1", {})] })]), "2016-12-01");
  const accepted = await send("DELETE", sqlContainer("sql1"));
  expect(accepted.headers.get("azure-asyncoperation")).toBeNull();
  expect(accepted.headers.get("location")).toMatch(/\/backupOperationResults\/[0-9a-f-]{36}\?api-version=2016-12-01$/u);
  expect((await follow(accepted, "location")).status).toBe(202);
  wait(94);
  expect((await follow(accepted, "location")).status).toBe(204);
});

test.each([
  [{ type: "none" }, 200],
  [{ type: "systemassigned" }, 200],
  [{ type: "systemassigned,userassigned" }, 202],
  [{ type: "userassigned", userAssignedIdentities: {} }, 202],
])("an identity of %j answers %i", async (identity, status) => {
  const { send } = bench(world([vault()]), "2021-03-01");
  const answer = await send("PATCH", "~", { identity });
  expect(answer.status).toBe(status);
  if (status === 200) expect(at(answer.body, "identity")).toEqual(identity);
});

const slashed = vaultId.replace("/resourceGroups", "//resourceGroups");
const shouted = vaultId.replace("/subscriptions", "/Subscriptions");
const kind = "backupManagementType eq 'AzureIaasVM'";
test.each([
  ["a capital S", `${shouted}/backupProtectedItems?$filter=${kind}`],
  ["double slashes", `${slashed}//backupProtectedItems?$filter=${kind}`],
  ["+ for a blank", `~/backupProtectedItems?%24filter=${kind.replaceAll(" ", "+").replaceAll("'", "%27")}`],
  ["%20 for a blank", `~/backupProtectedItems?$filter=${kind.replaceAll(" ", "%20")}`],
  ["clauses in another order", `~/backupProtectedItems?$filter=itemType eq 'VM' and ${kind}`],
  ["clauses in order", `~/backupProtectedItems?$filter=${kind} and itemType eq 'VM'`],
  ["an & at the end", `~/backupProtectedItems?$filter=${kind}&`],
  ["an empty filter", "~/backupProtectedItems?$filter="],
  ["$top", "~/backupProtectedItems?$top=200"],
])("a request with %s is understood", async (_, path) => {
  const { send } = bench(world([vault({ parts })]));
  const answer = await send("GET", path);
  expect(answer.status).toBe(200);
  expect(names(answer.body)).toHaveLength(2);
});

test.each([";", "%3B", "%3b"])("names with %s name the same thing", async (separator) => {
  const { send } = bench(world([vault({ parts })]));
  expect((await send("GET", vmItem("vm1").replaceAll(";", separator))).status).toBe(200);
});

test("a page's link spells the token as Azure does, and the token is taken in any spelling", async () => {
  const { send } = bench(world([vault({ parts })], { pageSize: 1 }));
  const first = await send("GET", `~/backupProtectedItems?$filter=${kind}`);
  const link = textAt(first.body, "nextLink").replace("https://management.azure.com", "");
  expect(link).toContain("&%24skiptoken=");
  for (const spelled of ["%24skiptoken", "$skiptoken", "$skipToken", "%24skipToken"]) {
    const second = await send("GET", link.replace("%24skiptoken", spelled));
    expect(names(second.body)).toEqual(["VM;iaasvmcontainerv2;rg-test;vm2"]);
    expect(second.body["nextLink"]).toBeUndefined();
  }
});

test("a policy is read and deleted by name; one in use stays", async () => {
  const { send } = bench(world([vault({ parts, more: { backupPolicies: [policy, unused] } })]));
  expect((await send("GET", "~/backupPolicies/unused")).body["name"]).toBe("Unused");
  expect((await send("GET", "~/backupPolicies/none")).status).toBe(404);
  expect((await send("DELETE", "~/backupPolicies/DefaultPolicy")).status).toBe(400);
  expect((await send("DELETE", "~/backupPolicies/Unused")).status).toBe(200);
  expect((await send("DELETE", "~/backupPolicies/Unused")).status).toBe(204);
  expect(names((await send("GET", "~/backupPolicies")).body)).toEqual(["DefaultPolicy"]);
});

test("a list leaves an item's extendedInfo out, the item itself has it", async () => {
  const { send } = bench(world([vault({ parts: [vm("vm1", { extendedInfo: { recoveryPointCount: 3 } })] })]));
  expect(at((await send("GET", "~/backupProtectedItems")).body, "value.0.properties.extendedInfo")).toBeUndefined();
  expect(at((await send("GET", vmItem("vm1"))).body, "properties.extendedInfo.recoveryPointCount")).toBe(3);
});
