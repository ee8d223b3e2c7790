// Resource Graph, asked what deleted vaults held: the queries it reads, its pages, and what it refuses.

import { describe, expect, it } from "vitest";
import type { Json, Properties } from "../../src/emulator/json.ts";
import type { World, WorldDeletedVault } from "../../src/emulator/world.ts";
import type { Bench } from "./world-builder.ts";
import {
  at,
  bench,
  softDeleted,
  sqlServer,
  storageAccount,
  subscription,
  textAt,
  vault,
  vm,
  world,
} from "./world-builder.ts";

const type = "microsoft.recoveryservices/locations/deletedvaults/backupfabrics/protectioncontainers/protecteditems";
const ofType = `| where type =~ '${type}'`;
const recorded = (part: string): string =>
  `recoveryservicesresources\n| where type == "${type}"\n| extend dataSourceType = strcat(properties.backupManagementType, '/', properties.workloadType)\n| where tostring(id) contains "${part}"\n| project id, type, name, location, resourceGroup, subscriptionId, dataSourceType, properties, tags`;

type Held = NonNullable<WorldDeletedVault["contents"]>;

function deleted(name: string, contents: Held | undefined): WorldDeletedVault {
  const vaultId = `/subscriptions/${subscription}/resourceGroups/rg-test/providers/Microsoft.RecoveryServices/vaults/${name}`;
  const properties = { vaultId, vaultDeletionTime: "2026-02-20T10:00:00Z", purgeAt: "2026-03-06T10:00:00Z" };
  return {
    name: `RG-Test_${name}`,
    location: "westeurope",
    properties,
    ...(contents === undefined ? {} : { contents }),
  };
}

const gone = softDeleted("2026-02-20T10:00:00Z");
const mixed = vault({
  parts: [vm("vm-1", gone), sqlServer("sql-1", { orders: gone, billing: gone }), storageAccount("stapp", ["docs"])],
});
const late = vault({ parts: [vm("vm-late", gone), vm("vm-purged", softDeleted("2026-01-01T10:00:00Z"))] });

const graphWorld = (more: Partial<World> = {}): World =>
  world([vault({ parts: [vm("vm-standing")] })], {
    deletedVaults: [deleted("first", mixed), deleted("second", late), deleted("empty", undefined)],
    ...more,
  });

const path = "/providers/Microsoft.ResourceGraph/resources";

function ask(of: Bench, query: string, more: Properties = {}): ReturnType<Bench["send"]> {
  return of.send("POST", path, { query, subscriptions: [subscription], ...more });
}

const dataOf = (body: Properties): readonly Json[] => (body["data"] ?? []) as readonly Json[];
const friendly = (body: Properties): readonly string[] =>
  dataOf(body).map((row) => textAt(row, "properties.friendlyName"));

it("the recorded query for one deleted vault is answered with its items, in the recorded form", async () => {
  const { send } = bench(graphWorld(), "2021-03-01");
  const options = { subscriptions: [subscription] };
  const { status, headers, body } = await send("POST", path, { query: recorded("rg-test_FIRST"), options });
  expect([status, headers.get("x-ms-ratelimit-remaining-tenant-resource-requests")]).toEqual([200, "14"]);
  expect(headers.get("x-ms-ratelimit-remaining-subscription-writes")).toBeNull();
  expect({ ...body, data: 0 }).toEqual({ totalRecords: 4, count: 4, data: 0, facets: [], resultTruncated: "false" });
  expect(friendly(body)).toEqual(["vm-1", "orders", "billing", "docs"]);
  const [row] = dataOf(body);
  const deletedVault = `/subscriptions/${subscription}/providers/Microsoft.RecoveryServices/locations/westeurope/deletedVaults/rg-test_first`;
  expect(Object.keys(row as Properties)).toEqual(
    "id,type,name,location,resourceGroup,subscriptionId,dataSourceType,properties,tags".split(","),
  );
  expect(row).toMatchObject({
    id: `${deletedVault}/backupFabrics/Azure/protectionContainers/IaasVMContainer;iaasvmcontainerv2;rg-test;vm-1/protectedItems/VM;iaasvmcontainerv2;rg-test;vm-1`,
    type,
    location: "westeurope",
    resourceGroup: "",
    dataSourceType: "AzureIaasVM/VM",
    properties: { vaultId: deletedVault, policyId: `${deletedVault}/backupPolicies/DefaultPolicy` },
    tags: null,
  });
});

it("without a part of an id all deleted vaults of the subscription are told, but not what stands or was purged", async () => {
  const { body } = await ask(bench(graphWorld()), `RecoveryServicesResources ${ofType} | project id, name, properties`);
  expect(friendly(body)).toEqual(["vm-1", "orders", "billing", "docs", "vm-late"]);
});

it("what has been brought back is a deleted vault's no more", async () => {
  const made = bench(graphWorld({ resourceGroups: [{ id: `/subscriptions/${subscription}/resourceGroups/rg-test` }] }));
  const vaults = `/subscriptions/${subscription}/providers/Microsoft.RecoveryServices/locations/westeurope/deletedVaults`;
  const into = { properties: { recoveryResourceGroupId: `/subscriptions/${subscription}/resourceGroups/rg-test` } };
  expect((await made.send("POST", `${vaults}/RG-Test_first/undelete`, into)).status).toBe(202);
  made.wait(600);
  expect(friendly((await ask(made, recorded(""))).body)).toEqual(["vm-late"]);
});

it.each<readonly [string, Properties, readonly string[]]>([
  ["other subscriptions have nothing here", { subscriptions: ["11111111-1111-4111-8111-111111111111"] }, []],
  ["without subscriptions all are meant", { subscriptions: null }, ["vm-1", "orders", "billing", "docs", "vm-late"]],
  ["$skip leaves out the first", { options: { $skip: 3 } }, ["docs", "vm-late"]],
])("%s", async (_, more, expected) => {
  expect(friendly((await ask(bench(graphWorld()), recorded("rg-test_"), more)).body)).toEqual(expected);
});

it("who may read only some deleted vaults is shown those alone, and needs no right to ask", async () => {
  const scope = `/subscriptions/${subscription}/providers/Microsoft.RecoveryServices/locations/westeurope/deletedVaults/rg-test_second`;
  const made = bench(graphWorld({ access: [{ scope, actions: ["*/read"] }] }));
  const { status, body } = await ask(made, recorded(""));
  expect([status, friendly(body)]).toEqual([200, ["vm-late"]]);
});

describe("pages", () => {
  const short = `recoveryservicesresources ${ofType} | project id, properties`;

  it.each<readonly [string, Partial<World>, Properties]>([
    ["of $top rows", {}, { $top: 2 }],
    ["of the world's size", { pageSize: 2 }, {}],
  ])("%s are led to by tokens until there is no more", async (_, more, options) => {
    const made = bench(graphWorld(more));
    const pages: (readonly string[])[] = [];
    let token: Properties = {};
    do {
      const { body } = await ask(made, short, { options: { ...options, ...token } });
      pages.push(friendly(body));
      expect([body["totalRecords"], body["count"], body["resultTruncated"]]).toEqual([
        5,
        pages.at(-1)?.length,
        "false",
      ]);
      token = textAt(body, "$skipToken") === "" ? {} : { $skipToken: textAt(body, "$skipToken") };
    } while ("$skipToken" in token && pages.length < 9);
    expect(pages).toEqual([["vm-1", "orders"], ["billing", "docs"], ["vm-late"]]);
  });

  it("do not exist without a column that can be ordered: the answer says that it is cut", async () => {
    const query = `recoveryservicesresources ${ofType} | project properties`;
    const { body } = await ask(bench(graphWorld()), query, { options: { $top: 2 } });
    expect([body["count"], body["resultTruncated"], body["$skipToken"]]).toEqual([2, "true", undefined]);
  });
});

describe("what it cannot read is refused, and never answered with too much or nothing", () => {
  it.each<readonly [string, string] | readonly [string, string, Properties]>([
    ["another table", "resources | where type =~ 'microsoft.recoveryservices/vaults'"],
    ["no type", "recoveryservicesresources | project id"],
    ["another type", "recoveryservicesresources | where type =~ 'microsoft.recoveryservices/vaults/backupjobs'"],
    ["another stage", `recoveryservicesresources ${ofType} | order by id asc`],
    ["another condition", `recoveryservicesresources ${ofType} | where name contains 'vm'`],
    ["a column that is not there", `recoveryservicesresources ${ofType} | project id, dataSourceType`],
    [
      "a column that was left out",
      `recoveryservicesresources ${ofType} | project name | where tostring(id) contains 'x'`,
    ],
    ["an open quote", `recoveryservicesresources ${ofType} | where tostring(id) contains "x`],
    ["no query", ""],
    ["another format", recorded(""), { options: { resultFormat: "table" } }],
    ["a token of nobody's", recorded(""), { options: { $skipToken: "x" } }],
    ["management groups", recorded(""), { managementGroups: ["mg"] }],
  ])("%s", async (_, query, more: Properties = {}) => {
    const { status, body } = await ask(bench(graphWorld()), query, more);
    expect([status, textAt(body, "error.code"), at(body, "data")]).toEqual([400, "BadRequest", undefined]);
    expect(textAt(body, "error.details.0.code")).toBe("InvalidQuery");
  });

  it("a quoted bar or quote is no end of anything, and == regards case", async () => {
    const made = bench(graphWorld());
    for (const part of [String.raw`a|b\"c`, "it's"]) expect((await ask(made, recorded(part))).body["data"]).toEqual([]);
    const { status, body } = await ask(made, recorded("").replace(type, type.toUpperCase()));
    expect([status, body["data"]]).toEqual([200, []]);
  });

  it("a GET of it, and other places of the tenant, are not there", async () => {
    const made = bench(graphWorld());
    expect((await made.send("GET", path)).status).toBe(501);
    expect((await made.send("GET", "/providers/Microsoft.Management/managementGroups")).status).toBe(404);
    expect((await made.send("POST", path.replace("resources", "operations"), {})).status).toBe(501);
  });
});

it("beyond fifteen questions in five seconds the next is told to wait, where the world throttles", async () => {
  const made = bench(graphWorld({ throttles: true }));
  for (let count = 0; count < 15; count += 1) expect((await ask(made, recorded(""))).status).toBe(200);
  const { status, headers, body } = await ask(made, recorded(""));
  expect([status, headers.get("retry-after"), textAt(body, "error.code")]).toEqual([429, "1", "RateLimiting"]);
  made.wait(1);
  expect((await ask(made, recorded(""))).status).toBe(200);
});
