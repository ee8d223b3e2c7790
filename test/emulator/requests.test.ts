// How requests are read and answered, whatever they ask for: paths, headers, filters, pages, unknown things, the log.
import { expect, test } from "vitest";

import type { Bench } from "./world-builder.ts";
import { at, bench, names, subscription, vault, vaultId, vm, vmItem, world, textAt } from "./world-builder.ts";

const three = (): Bench => bench(world([vault({ parts: [vm("vm1"), vm("vm2"), vm("vm3")] })], { pageSize: 2 }));

test.each([
  ["GET", `/SUBSCRIPTIONS/${subscription}/resourcegroups/RG-TEST/providers/microsoft.recoveryservices/Vaults/RSV-test`],
  [
    "GET",
    `//subscriptions//${subscription}/resourceGroups/rg-test/providers/Microsoft.RecoveryServices/vaults/rsv-test/`,
  ],
  ["GET", vmItem("vm1").replaceAll(";", "%3B")],
  ["GET", vmItem("VM1").replace("protectedItems", "PROTECTEDITEMS")],
])("%s %s is found", async (method, path) => {
  expect((await three().send(method, path)).status).toBe(200);
});

test.each([
  ["$filter=backupManagementType eq 'AzureIaasVM' and friendlyName eq 'vm2'"],
  ["%24filter=backupManagementType+eq+%27azureiaasvm%27+AND+itemType+eq+%27vm%27+and+friendlyName+eq+%27VM2%27"],
  ["$filter=containerName%20eq%20%27iaasvmcontainerv2;rg-test;vm2%27"],
])("the filter %s finds one item", async (filter) => {
  expect(names((await three().send("GET", `~/backupProtectedItems?${filter}`)).body)).toEqual([
    "VM;iaasvmcontainerv2;rg-test;vm2",
  ]);
});

test.each([["friendlyName ne 'vm2'"], ["friendlyName eq vm2"], ["colour eq 'red'"]])(
  "the filter %s is refused instead of being ignored",
  async (filter) => {
    const answer = await three().send("GET", `~/backupProtectedItems?$filter=${encodeURIComponent(filter)}`);
    expect(answer.status).toBe(400);
  },
);

test("a list longer than a page is linked, and the link alone leads on", async () => {
  const { send } = three();
  const filter = "$filter=backupManagementType eq 'AzureIaasVM'";
  const first = await send("GET", `~/backupProtectedItems?${filter}`);
  expect(names(first.body)).toHaveLength(2);
  const link = textAt(first.body, "nextLink");
  expect(link).toMatch(/^https:\/\/management\.azure\.com\/.*api-version=2025-08-01.*%24filter=.*%24skiptoken=/u);
  const second = await send("GET", link.replace("https://management.azure.com", ""));
  expect(names(second.body)).toEqual(["VM;iaasvmcontainerv2;rg-test;vm3"]);
  expect(second.body["nextLink"]).toBeUndefined();
  expect((await send("GET", "~/backupProtectedItems?$skipToken=nonsense")).status).toBe(400);
});

test("vaults of a subscription come in pages of 610", async () => {
  const many = Array.from({ length: 611 }, (_, index) => vault({ id: vaultId.replace("rsv-test", `rsv-${index}`) }));
  const { send } = bench(world(many));
  const first = await send("GET", `/subscriptions/${subscription}/providers/Microsoft.RecoveryServices/vaults`);
  expect(names(first.body)).toHaveLength(610);
  const second = await send("GET", textAt(first.body, "nextLink").replace("https://management.azure.com", ""));
  expect(names(second.body)).toEqual(["rsv-610"]);
});

test("vaults of a resource group, and of one that is not there", async () => {
  const { send } = three();
  const group = `/subscriptions/${subscription}/resourceGroups`;
  const tail = "providers/Microsoft.RecoveryServices/vaults";
  expect(names((await send("GET", `${group}/rg-test/${tail}`)).body)).toEqual(["rsv-test"]);
  const answer = await send("GET", `${group}/rg-none/${tail}`);
  expect(answer.status).toBe(404);
  expect(answer.body).toEqual({
    error: { code: "ResourceGroupNotFound", message: "Resource group 'rg-none' could not be found." },
  });
});

test("an unknown subscription is named on any path", async () => {
  const answer = await three().send("GET", "/subscriptions/nobody/providers/Microsoft.Anything/else");
  expect(answer.status).toBe(404);
  expect(answer.body).toEqual({
    error: { code: "SubscriptionNotFound", message: "The subscription 'nobody' could not be found." },
  });
});

test("a request without an api-version, or with a senseless one, is refused", async () => {
  const { emulator } = three();
  const ask = async (query: string) =>
    (await (await emulator.handle(new Request(`https://management.azure.com${vaultId}${query}`))).json()) as object;
  expect(at((await ask("")) as never, "error.code")).toBe("MissingApiVersionParameter");
  expect(at((await ask("?api-version=latest")) as never, "error.code")).toBe("InvalidApiVersionParameter");
});

test.each([
  ["GET", "~/something", 404],
  ["GET", "/tenants", 404],
  ["DELETE", "~/backupEngines/server", 501],
  ["POST", "~/backupProtectedItems", 501],
  ["GET", "~/backupOperations/00000000-0000-4000-8000-000000000000", 404],
  ["GET", "~/%E0%A4%A", 400],
])("%s %s is never a silent success but %i", async (method, path, status) => {
  const answer = await three().send(method, path);
  expect(answer.status).toBe(status);
  expect(at(answer.body, "error.code")).toBeTypeOf("string");
});

test.each([
  "backupPolicies",
  "backupEngines",
  "backupResourceGuardProxies",
  "backupProtectionIntents",
  "backupJobs",
  "replicationUsages",
  "usages",
  "providers/Microsoft.Authorization/locks",
  "backupDeletedProtectionContainers",
])("the empty list %s is a 200", async (list) => {
  const answer = await three().send("GET", `~/${list}`);
  expect(answer.status).toBe(200);
  expect(answer.body).toEqual({ value: [] });
});

test("locks can be listed at every scope", async () => {
  const { send } = three();
  const locks = "providers/Microsoft.Authorization/locks";
  expect((await send("GET", `/subscriptions/${subscription}/${locks}`)).body).toEqual({ value: [] });
  expect((await send("GET", `/subscriptions/${subscription}/resourceGroups/rg-test/${locks}`)).status).toBe(200);
  expect((await send("GET", `/subscriptions/${subscription}/resourceGroups/rg-none/${locks}`)).status).toBe(404);
});

test("every answer carries request ids, world time and counters", async () => {
  const { emulator } = three();
  const headers = { "x-ms-correlation-request-id": "run-1", authorization: "Bearer secret" };
  const url = `https://management.azure.com${vaultId}?api-version=2025-08-01`;
  const answer = await emulator.handle(new Request(url, { headers }));
  expect(answer.headers.get("x-ms-correlation-request-id")).toBe("run-1");
  expect(answer.headers.get("x-ms-request-id")).toMatch(/^[0-9a-f-]{36}$/u);
  expect(answer.headers.get("date")).toBe("Sun, 01 Mar 2026 10:00:00 GMT");
  expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
  expect(JSON.stringify(emulator.requests())).not.toContain("secret");
});

test("the log keeps method, url, status and the body of writes", async () => {
  const { emulator, send } = three();
  await send("GET", "~");
  await send("PATCH", "~", { tags: { a: "b" } });
  expect(emulator.requests()).toEqual([
    {
      seq: 1,
      at: "2026-03-01T10:00:00.000Z",
      method: "GET",
      url: `https://management.azure.com${vaultId}?api-version=2025-08-01`,
      status: 200,
    },
    expect.objectContaining({ seq: 2, method: "PATCH", status: 202, body: { tags: { a: "b" } } }),
  ]);
});

test("two emulators of the same world hand out the same ids", async () => {
  const ids = await Promise.all(
    [three(), three()].map(async ({ send }) => (await send("DELETE", vmItem("vm1"))).headers.get("location")),
  );
  expect(ids[0]).toBe(ids[1]);
});

test("no two requests or operations share an id", async () => {
  const { send } = three();
  const answers = [await send("DELETE", vmItem("vm1")), await send("DELETE", vmItem("vm2"))];
  const ids = answers.flatMap(({ headers }) => [
    headers.get("x-ms-request-id"),
    headers.get("x-ms-correlation-request-id"),
    /backupOperations\/([^?]+)/u.exec(headers.get("azure-asyncoperation") ?? "")?.[1],
  ]);
  expect(new Set(ids).size).toBe(6);
});

test("an operation is known only in the vault it belongs to", async () => {
  const other = vaultId.replace("rsv-test", "rsv-other");
  const { send } = bench(world([vault({ parts: [vm("vm1")] }), vault({ id: other })]));
  const accepted = await send("DELETE", vmItem("vm1"));
  const path = new URL(accepted.headers.get("azure-asyncoperation") ?? "").pathname;
  expect((await send("GET", path)).status).toBe(200);
  expect((await send("GET", path.replace("rsv-test", "rsv-other"))).status).toBe(404);
});
