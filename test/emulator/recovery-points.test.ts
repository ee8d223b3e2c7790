// Recovery points: listed for an item, and what holds an immutable one.
import { describe, expect, test } from "vitest";

import type { WorldItem } from "../../src/emulator/world.ts";
import { at, bench, names, sqlItem, sqlServer, vault, vm, vmItem, world } from "./world-builder.ts";

function immutable(...points: readonly (readonly [string, boolean])[]): ReturnType<typeof bench> {
  const { container, items } = vm("vm1");
  const recoveryPoints = points.map(([expiryTime, isSoftDeleted], index) => ({
    name: `rp-${index}`,
    properties: { recoveryPointProperties: { expiryTime, isSoftDeleted } },
  }));
  const held = items.map((item): WorldItem => ({ ...item, recoveryPoints }));
  return bench(world([vault({ immutability: "Locked", parts: [{ container, items: held }] })]));
}

async function statusOfDeletion({ send, wait, follow }: ReturnType<typeof bench>): Promise<unknown> {
  const accepted = await send("DELETE", vmItem("vm1"));
  wait(120);
  return (await follow(accepted)).body["status"];
}

test("an item's recovery points are listed, and saved with the world", async () => {
  const { send, emulator } = immutable(["now+1d", false], ["now+2d", true]);
  const { body } = await send("GET", `${vmItem("vm1")}/recoveryPoints`);
  expect(names(body)).toEqual(["rp-0", "rp-1"]);
  expect(at(body, "value.0.properties.recoveryPointProperties.expiryTime")).toBe("2026-03-02T10:00:00Z");
  expect(emulator.world().vaults[0]?.protectedItems[0]?.recoveryPoints).toHaveLength(2);
});

test("the recovery points of an item that is not there are 404", async () => {
  expect((await immutable().send("GET", `${vmItem("vm2")}/recoveryPoints`)).status).toBe(404);
});

test("an immutable item is held until its last recovery point has expired, deleted points aside", async () => {
  const held = immutable(["now+1d", false], ["now+2d", false], ["now+9d", true]);
  expect(await statusOfDeletion(held)).toBe("Failed");
  held.wait(2 * 86_400);
  expect(await statusOfDeletion(held)).toBe("Succeeded");
});

test("an immutable item whose recovery points nobody knows is held", async () => {
  expect(await statusOfDeletion(immutable())).toBe("Failed");
});

test("the entry for the logs of an immutable item holds nothing by itself", async () => {
  const { container, items } = vm("vm1");
  const recoveryPoints = [
    { name: "rp-0", properties: { recoveryPointProperties: { expiryTime: "now-1d", isSoftDeleted: false } } },
    { name: "DefaultRangeRecoveryPoint", properties: { timeRanges: [], type: "Log" } },
  ];
  const free = items.map((item): WorldItem => ({ ...item, recoveryPoints }));
  const emulated = bench(world([vault({ immutability: "Locked", parts: [{ container, items: free }] })]));
  expect(await statusOfDeletion(emulated)).toBe("Succeeded");
});

describe("the filter of recovery points", () => {
  const points = [
    {
      name: "1",
      properties: { objectType: "AzureWorkloadSQLRecoveryPoint", recoveryPointTimeInUTC: "2026-02-01T00:00:00Z" },
    },
    {
      name: "2",
      properties: { objectType: "AzureWorkloadSQLRecoveryPoint", recoveryPointTimeInUTC: "2026-02-20T00:00:00Z" },
    },
    { name: "logs", properties: { objectType: "AzureWorkloadSQLPointInTimeRecoveryPoint", timeRanges: [] } },
  ];
  const { container, items } = sqlServer("sql1", { orders: {} });
  const parts = [{ container, items: items.map((item) => ({ ...item, recoveryPoints: points })) }];

  test.each([
    ["", ["1", "2", "logs"]],
    ["restorePointQueryType eq 'Log'", ["logs"]],
    ["restorePointQueryType eq 'Full'", ["1", "2"]],
    ["restorePointQueryType eq 'All'", ["1", "2", "logs"]],
    ["startDate eq '2026-02-10 12:00:00 AM'", ["2", "logs"]],
    ["startDate eq '2026-01-01 12:00:00 AM' and endDate eq '2026-02-10 12:00:00 AM'", ["1", "logs"]],
  ])("%s shows %j", async (filter, expected) => {
    const { send } = bench(world([vault({ parts })]));
    const { body } = await send("GET", `${sqlItem("sql1", "orders")}/recoveryPoints?$filter=${filter}`);
    expect(names(body)).toEqual(expected);
  });

  test("refuses what it does not know", async () => {
    const { send } = bench(world([vault({ parts })]));
    expect((await send("GET", `${sqlItem("sql1", "orders")}/recoveryPoints?$filter=colour eq 'red'`)).status).toBe(400);
  });
});
