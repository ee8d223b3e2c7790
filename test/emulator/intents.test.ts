// Auto-protection intents, and the databases they protect again.
import { expect, test } from "vitest";

import { at, bench, names, sqlContainer, sqlIntent, sqlItem, sqlServer, vault, world } from "./world-builder.ts";

const intent = sqlIntent("sql1");
const intentPath = `~/backupFabrics/Azure/backupProtectionIntent/${intent.name}`;
const content = world([
  vault({
    regime: "classic",
    softDelete: "Disabled",
    parts: [sqlServer("sql1", { orders: {} }), sqlServer("sql2", { billing: {} })],
    more: { protectionIntents: [intent] },
  }),
]);

test("a database deleted while its intent lives is protected again some minutes later", async () => {
  const { send, wait } = bench(content);
  await send("DELETE", sqlItem("sql1", "orders"));
  wait(32);
  expect((await send("GET", sqlItem("sql1", "orders"))).status).toBe(404);
  wait(300);
  const item = await send("GET", sqlItem("sql1", "orders"));
  expect(item.body["properties"]).toMatchObject({
    protectionState: "IRPending",
    policyId: expect.stringContaining("HourlyLogBackup") as string,
    softDeleteRetentionPeriod: 0,
  });
});

test("a database on another server is not protected again", async () => {
  const { send, wait } = bench(content);
  await send("DELETE", sqlItem("sql2", "billing"));
  wait(3_600);
  expect((await send("GET", sqlItem("sql2", "billing"))).status).toBe(404);
});

test("once the intent is deleted the database stays away", async () => {
  const { send, wait } = bench(content);
  const deleted = await send("DELETE", intentPath);
  expect(deleted.status).toBe(204);
  expect((await send("DELETE", intentPath)).status).toBe(204);
  await send("DELETE", sqlItem("sql1", "orders"));
  wait(3_600);
  expect((await send("GET", sqlItem("sql1", "orders"))).status).toBe(404);
});

test("intents are found by instance and server, as the Azure CLI asks", async () => {
  const { send } = bench(content);
  const filter = (server: string) =>
    `$filter=backupManagementType+eq+%27AzureWorkload%27+and+itemName+eq+%27MSSQLSERVER%27+and+itemType+eq+%27SQLInstance%27+and+parentName+eq+%27vmappcontainer%3Bcompute%3Brg-test%3B${server}%27`;
  const found = await send("GET", `~/backupProtectionIntents?${filter("sql1")}`);
  expect(names(found.body)).toEqual([intent.name]);
  expect(at(found.body, "value.0.type")).toBe("Microsoft.RecoveryServices/vaults/backupProtectionIntent");
  expect(names((await send("GET", `~/backupProtectionIntents?${filter("sql2")}`)).body)).toEqual([]);
});

test("an intent deleted after the database still keeps it away", async () => {
  const { send, wait } = bench(content);
  await send("DELETE", sqlItem("sql1", "orders"));
  wait(60);
  await send("DELETE", intentPath);
  wait(3_600);
  expect((await send("GET", sqlItem("sql1", "orders"))).status).toBe(404);
});

test("a database of an unregistered server is not protected again", async () => {
  const { send, wait } = bench(content);
  await send("DELETE", sqlItem("sql1", "orders"));
  wait(52);
  expect((await send("DELETE", sqlContainer("sql1"))).status).toBe(202);
  wait(3_600);
  expect((await send("GET", sqlItem("sql1", "orders"))).status).toBe(404);
});
