// Which requests a scripted fault hits, how it counts them, and that a saved world goes on counting.
import { describe, expect, test } from "vitest";

import type { FaultMatch } from "../../../src/emulator/faults/fault.ts";
import { parseWorld } from "../../../src/emulator/world.ts";
import { bench, vaultId, vmItem } from "../world-builder.ts";
import { faulty, hit } from "./faulty.ts";

const teapot = { kind: "status", status: 418 } as const;
const jobs = { method: "GET", path: "*/backupJobs" } as const;

async function statuses(times: number, send: () => Promise<{ readonly status: number }>): Promise<readonly number[]> {
  const all: number[] = [];
  for (let time = 0; time < times; time += 1) all.push((await send()).status);
  return all;
}

describe("a request is hit", () => {
  test.each<[string, FaultMatch]>([
    ["by a match that leaves everything out", {}],
    ["by its method, in any case", { method: "get" }],
    ["by its whole path", { path: `${vaultId}/backupProtectedItems` }],
    ["by its path in another case", { path: vaultId.toUpperCase().concat("/BACKUPPROTECTEDITEMS") }],
    ["by a path with a star, which also stands for slashes", { path: "/subscriptions/*/BACKUPprotecteditems" }],
    ["by a path with several stars", { path: "*/vaults/*/backup*items" }],
    ["by a part of its decoded query", { query: "backupManagementType eq 'AzureIaasVM'" }],
    ["by its api-version", { apiVersion: "2025-08-01" }],
    ["by all of them", { method: "GET", path: "*items", query: "azureiaasvm", apiVersion: "2025-08-01" }],
  ])("%s", async (_, match) => {
    const { send } = faulty(hit(match, teapot));
    const path = "~/backupProtectedItems?$filter=backupManagementType%20eq%20%27AzureIaasVM%27";
    expect((await send("GET", path)).status).toBe(418);
  });

  test.each<[string, FaultMatch]>([
    ["another method", { method: "DELETE" }],
    ["the beginning of its path alone", { path: vaultId }],
    ["the end of its path alone", { path: "/backupJobs" }],
    ["parts of its path that overlap", { path: "*/backupJobs*backupJobs" }],
    ["a query it does not have", { query: "skipToken" }],
    ["another api-version", { apiVersion: "2025-08-01-preview" }],
    ["one thing that fits and one that does not", { method: "GET", path: "*/backupProtectedItems" }],
  ])("not by %s", async (_, match) => {
    expect((await faulty(hit(match, teapot)).send("GET", "~/backupJobs")).status).toBe(200);
  });

  test("by the names in its path as they are, however it encodes them", async () => {
    const { send } = faulty(hit({ path: "*/protectedItems/VM;*;vm1" }, teapot));
    expect((await send("GET", vmItem("vm1").replaceAll(";", "%3B"))).status).toBe(418);
  });

  test("even where its path cannot be decoded", async () => {
    expect((await faulty(hit({ path: "*/%zz" }, teapot)).send("GET", "~/%zz")).status).toBe(418);
  });
});

describe("of the matching requests", () => {
  test.each([
    [{}, [418, 200, 200, 200]],
    [{ times: 2 }, [418, 418, 200, 200]],
    [{ from: 2 }, [200, 418, 200, 200]],
    [{ from: 2, times: 2 }, [200, 418, 418, 200]],
    [{ from: 3, times: "always" }, [200, 200, 418, 418]],
    [{ seen: 1, from: 2 }, [418, 200, 200, 200]],
  ] as const)("those are hit that %j says", async (counts, expected) => {
    const { send } = faulty(hit(jobs, teapot, counts));
    expect(await statuses(4, () => send("GET", "~/backupJobs"))).toEqual(expected);
  });

  test("others are not counted", async () => {
    const { send } = faulty(hit(jobs, teapot, { from: 2 }));
    await send("GET", "~/backupPolicies");
    expect(await statuses(2, () => send("GET", "~/backupJobs"))).toEqual([200, 418]);
  });

  test("the first fault in the list that is due is applied, and every one that fits counts", async () => {
    const second = { kind: "status", status: 502 } as const;
    const { send } = faulty(hit(jobs, teapot, { from: 2 }), hit({}, second, { times: 3 }));
    expect(await statuses(4, () => send("GET", "~/backupJobs"))).toEqual([502, 418, 502, 200]);
  });
});

test("a saved world goes on counting", async () => {
  const first = faulty(hit(jobs, teapot, { from: 3, times: 2 }), hit({ path: "*/never" }, teapot));
  expect(await statuses(3, () => first.send("GET", "~/backupJobs"))).toEqual([200, 200, 418]);
  const saved = parseWorld(JSON.stringify(first.emulator.world()), "saved");
  expect(saved.faults?.map(({ seen }) => seen)).toEqual([3, undefined]);
  const second = bench(saved);
  expect(await statuses(2, () => second.send("GET", "~/backupJobs"))).toEqual([418, 200]);
  expect(second.emulator.world().faults?.[0]?.seen).toBe(5);
});

test("a world without faults is saved without them", () => {
  const { faults, ...rest } = faulty().emulator.world();
  expect(faults).toEqual([]);
  expect(bench(rest).emulator.world()).not.toHaveProperty("faults");
});

test("the log names the fault that hit a request, and what was answered", async () => {
  const { send, emulator } = faulty(
    hit(jobs, teapot),
    hit({ method: "DELETE" }, { kind: "drop", when: "after" }),
    hit({ path: "*/vm1", method: "GET" }, { kind: "no-operation-headers" }),
  );
  await send("GET", "~/backupJobs");
  await expect(send("DELETE", vmItem("vm1"))).rejects.toThrow("socket hang up");
  await send("GET", "~/backupJobs");
  expect(emulator.requests()).toMatchObject([
    { seq: 1, method: "GET", status: 418, fault: "status" },
    { seq: 2, method: "DELETE", status: 0, fault: "drop" },
    { seq: 3, method: "GET", status: 200 },
  ]);
  expect(emulator.requests()[2]).not.toHaveProperty("fault");
});
