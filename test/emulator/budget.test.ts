// The remaining-requests counters: which of them an answer carries, what a fresh one says, and how it fills up again.
import { expect, test } from "vitest";

import { bench, subscription, textAt, vault, vm, vmItem, world } from "./world-builder.ts";

const prefix = "x-ms-ratelimit-remaining-subscription-";
const deletedVaults = `/subscriptions/${subscription}/providers/Microsoft.RecoveryServices/locations/westeurope/deletedVaults`;

const dataProtection = "providers/Microsoft.DataProtection";
const backupVaults = `/subscriptions/${subscription}/resourceGroups/rg-test/${dataProtection}/backupVaults`;
const deletedBackupVaults = `/subscriptions/${subscription}/${dataProtection}/locations/westeurope/deletedVaults`;

async function countersOf(method: string, path: string): Promise<Readonly<Record<string, string>>> {
  const { send } = bench(world([vault({ parts: [vm("vm1")] })]));
  const { headers } = await send(method, path);
  return Object.fromEntries(
    [...headers].filter(([name]) => name.startsWith(prefix)).map(([name, value]) => [name.slice(prefix.length), value]),
  );
}

test.each([
  ["GET", "~", { reads: "1099", "global-reads": "16499" }],
  ["GET", "~/backupResourceGuardProxies", { reads: "1099", "global-reads": "16499" }],
  ["GET", "~/replicationFabrics", { reads: "1099", "global-reads": "16499" }],
  ["GET", deletedVaults, { reads: "1099", "global-reads": "16499" }],
  ["GET", "~/backupProtectedItems", { "resource-requests": "1099" }],
  ["GET", "~/backupconfig/vaultconfig", { "resource-requests": "1099" }],
  ["GET", "~/backupOperations/11111111-2222-4333-8444-555555555555", { "resource-requests": "1099" }],
  ["PATCH", "~", { "resource-requests": "799" }],
  ["DELETE", "~", { "resource-requests": "199" }],
  ["PATCH", "~/backupconfig/vaultconfig", { writes: "799", "global-writes": "11999" }],
  ["DELETE", vmItem("vm1"), { deletes: "799", "global-deletes": "11999" }],
  ["GET", `${backupVaults}/bv`, { "resource-requests": "499" }],
  ["GET", `${backupVaults}/bv/backupInstances`, { "resource-requests": "1999" }],
  ["GET", `${backupVaults}/bv/backupInstances/i/recoveryPoints`, { "resource-requests": "99" }],
  ["GET", `${backupVaults}/bv/backupJobs/j`, { "resource-requests": "199" }],
  ["DELETE", `${backupVaults}/bv/backupInstances/i`, { "resource-requests": "199" }],
  ["DELETE", `${backupVaults}/bv/backupPolicies/p`, { "resource-requests": "49" }],
  ["POST", `${backupVaults}/bv/deletedBackupInstances/i/undelete`, { "resource-requests": "1999" }],
  ["POST", `${backupVaults}/bv/backupInstances/i/stopProtection`, { writes: "799", "global-writes": "11999" }],
  ["GET", deletedBackupVaults, { reads: "1099", "global-reads": "16499" }],
])("%s %s counts as recorded", async (method, path, expected) => {
  expect(await countersOf(method, path)).toEqual(expected);
});

test("a counter falls with each request and fills up again with time", async () => {
  const { send, wait } = bench(world([vault()]));
  const left = async (): Promise<string | null> => (await send("GET", "~")).headers.get(`${prefix}reads`);
  expect([await left(), await left(), await left()]).toEqual(["1099", "1098", "1097"]);
  wait(1);
  expect(await left()).toBe("1099");
});

const throttling = () => bench(world([vault({ parts: [vm("vm1")] })], { throttles: true }));

test("in a world that throttles, a request beyond what is left is refused, has no effect, and says when to come back", async () => {
  const { send, wait } = throttling();
  for (let sent = 0; sent < 800; sent += 1) expect((await send("DELETE", vmItem("absent"))).status).toBe(204);
  const refused = await send("DELETE", vmItem("vm1"));
  expect(refused.status).toBe(429);
  expect(refused.headers.get("retry-after")).toBe("1");
  expect(refused.headers.get(`${prefix}deletes`)).toBe("0");
  expect(textAt(refused.body, "error.code")).toBe("SubscriptionRequestsThrottled");
  expect(textAt(refused.body, "error.message")).toContain("'delete' requests");
  expect((await send("GET", vmItem("vm1"))).status).toBe(200);
  wait(0.1);
  expect((await send("DELETE", vmItem("vm1"))).status).toBe(202);
  expect((await send("DELETE", vmItem("vm1"))).status).toBe(429);
});

test("without it, nothing is refused", async () => {
  const { send } = bench(world([vault()]));
  for (let sent = 0; sent < 820; sent += 1) expect((await send("DELETE", vmItem("absent"))).status).toBe(204);
});
