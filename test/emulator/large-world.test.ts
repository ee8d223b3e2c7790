// Worlds of any size: exactly as many items as asked for, of every kind, listed in pages, and found without a look at all.
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { Call } from "../../src/emulator/call.ts";
import type { Json, Properties } from "../../src/emulator/json.ts";
import { largeWorld } from "../../src/emulator/large-world.ts";
import { createRouter, pathSegments } from "../../src/emulator/router.ts";
import { routes } from "../../src/emulator/routes.ts";
import { settle } from "../../src/emulator/settle.ts";
import type { State } from "../../src/emulator/state.ts";
import { stateFrom } from "../../src/emulator/state.ts";
import { worldProblem } from "../../src/emulator/world-validation.ts";
import { resolveTimes } from "../../src/emulator/world.ts";
import { loadWorld } from "../../src/emulator/worlds.ts";
import type { Bench } from "./world-builder.ts";
import { at, bench, start, textAt } from "./world-builder.ts";

test("a large world is sound and has exactly as many items as its name says, no two of one name", () => {
  fc.assert(
    fc.property(fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 3_000 })), (count) => {
      const content = loadWorld(`large:${count}`);
      expect(worldProblem(content as unknown as Json)).toBeUndefined();
      expect(content.name).toBe(`large:${count}`);
      expect(content.vaults.map(({ regime }) => regime)).toEqual(["secure-by-default"]);
      expect(content.vaults[0]?.protectedItems).toHaveLength(count);
    }),
    { numRuns: 40 },
  );
});

test.each([1, 40, 500, 10_000])("in large:%i every intent protects a server that is there, one in forty", (count) => {
  const { protectionIntents, protectedItems, protectionContainers, id } = loadWorld(`large:${count}`).vaults[0]!;
  const servers = protectionContainers
    .filter(({ properties }) => properties["backupManagementType"] === "AzureWorkload")
    .map(({ name }) => name.replace(/^VMAppContainer;/u, ""));
  const containers = protectionIntents.map(({ properties }) => textAt(properties, "sourceResourceId"));
  const protectedServers = servers.filter((_, index) => index % 40 === 0);
  expect(containers).toEqual(protectedServers.map((name) => `${id}/backupFabrics/Azure/protectionContainers/${name}`));
  for (const [index, { properties }] of protectionIntents.entries()) {
    const guarded = protectedItems.find((item) =>
      item.container.toLowerCase().endsWith(protectedServers[index]!.toLowerCase()),
    );
    const instance = textAt(guarded?.properties, "parentName");
    expect(textAt(properties, "itemId")).toBe(`${containers[index]}/protectableItems/${instance}`);
  }
  expect(new Set(protectionIntents.map(({ name }) => name)).size).toBe(protectionIntents.length);
});

test("nothing else of the model is in a large world", () => {
  const other = [{ name: "x", properties: {} }];
  const model = loadWorld("small");
  const vaults = model.vaults.map((held) => ({
    ...held,
    backupJobs: other,
    backupEngines: other,
    resourceGuardProxies: other,
  }));
  const [held] = largeWorld(100, { ...model, vaults }).vaults;
  expect(held).toMatchObject({ backupJobs: [], backupEngines: [], resourceGuardProxies: [] });
});

test("a shape says how many items lie together", () => {
  const [held] = largeWorld(100, loadWorld("small"), { servers: [3, 1], accounts: [2] }).vaults;
  const sizes = (kind: string) =>
    [...Map.groupBy(held!.protectedItems, ({ container }) => container.toLowerCase()).values()]
      .filter(([item]) => item?.properties["backupManagementType"] === kind)
      .map(({ length }) => length);
  expect(sizes("AzureWorkload")).toEqual([3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 1]);
  expect(sizes("AzureStorage")).toEqual([2, 2, 2, 2, 2, 2, 2, 1]);
});

test("the same size is the same world", () => {
  expect(loadWorld("large:500")).toEqual(loadWorld("large:500"));
});

test("ten thousand items are of every kind and in every state", () => {
  const { protectedItems, protectionContainers, backupPolicies } = loadWorld("large:10000").vaults[0]!;
  const count = (entries: readonly { readonly properties: Properties }[], member: string) =>
    Object.fromEntries(
      [...Map.groupBy(entries, ({ properties }) => String(properties[member] as string | boolean | undefined))].map(
        ([value, { length }]) => [value, length],
      ),
    );
  expect(count(protectedItems, "workloadType")).toEqual({ VM: 6000, SQLDataBase: 2500, AzureFileShare: 1500 });
  expect(count(protectedItems, "protectionState")).toEqual({ Protected: 9617, ProtectionStopped: 383 });
  expect(count(protectedItems, "isScheduledForDeferredDelete")).toEqual({ true: 170, undefined: 9830 });
  expect(count(protectionContainers, "backupManagementType")).toEqual({
    AzureIaasVM: 6000,
    AzureWorkload: 313,
    AzureStorage: 462,
  });
  expect(backupPolicies.map(({ properties }) => properties["protectedItemsCount"])).toEqual([5730, 0, 2387, 1500]);
});

test.each(["large:0", "large:-1", "large:100001", "large:1e3", "large:2.5", "large:", "large: 5", "large:many"])(
  "%s is refused with what would do",
  (name) => {
    expect(() => loadWorld(name)).toThrow(
      `world '${name}' has no usable size; use large:<n> with a whole number from 1 to 100000`,
    );
  },
);

async function pages({ send }: Bench, path: string): Promise<readonly (readonly string[])[]> {
  const found: (readonly string[])[] = [];
  for (let next = path; next !== "";) {
    const { status, body } = await send("GET", next);
    expect(status).toBe(200);
    found.push((body["value"] as readonly Properties[]).map((entry) => textAt(entry, "id").toLowerCase()));
    next = textAt(body, "nextLink").replace("https://management.azure.com", "");
  }
  return found;
}

describe("ten thousand items", () => {
  const content = loadWorld("large:10000");
  const vault = content.vaults[0]!;

  test("are listed in ten pages, each once, and their containers by kind", async () => {
    const client = bench(content);
    const items = await pages(client, `${vault.id}/backupProtectedItems`);
    expect(items.map((page) => page.length)).toEqual(Array.from({ length: 10 }, () => 1_000));
    const ids = items.flat();
    expect(new Set(ids).size).toBe(10_000);
    const containers = new Set<string>();
    for (const [kind, size] of [
      ["AzureIaasVM", 6],
      ["AzureWorkload", 1],
      ["AzureStorage", 1],
    ] as const) {
      const filter = `$filter=backupManagementType eq '${kind}'`;
      const listed = await pages(client, `${vault.id}/backupProtectionContainers?${filter}`);
      expect(listed).toHaveLength(size);
      for (const id of listed.flat()) containers.add(id);
    }
    expect(containers.size).toBe(6_775);
    expect(ids.filter((id) => !containers.has(id.replace(/\/protecteditems\/.*$/u, "")))).toEqual([]);
  });

  test.each([0, 60])(
    "are not looked through for one of them, nor when time passes and lists lag by %i s",
    (listLag) => {
      const state = withoutLooks(stateFrom(resolveTimes({ ...content, listLag }, start), start));
      const base = `${vault.id}/backupFabrics/Azure/protectionContainers`;
      const [machine, database] = [0, 6_000].map((index) => vault.protectedItems[index]!);
      const item = (of: typeof machine) => `${base}/${of!.container}/protectedItems/${of!.name}`;
      const ask = asking(state);
      const poll = (answer: { readonly headers?: Readonly<Record<string, string>> }) =>
        new URL(answer.headers?.["Azure-AsyncOperation"] ?? "").pathname;
      expect(ask("GET", item(machine)).status).toBe(200);
      expect(ask("GET", `${base}/${machine!.container}`).status).toBe(200);
      const accepted = [machine, database].map((of) => ask("DELETE", item(of)));
      expect(accepted.map(({ status }) => status)).toEqual([202, 202]);
      expect(ask("DELETE", item(database)).status).toBe(409);
      expect(ask("PATCH", vault.id, { tags: {} }).status).toBe(202);
      const jobs = accepted.map((answer) => {
        const done = ask("GET", poll(answer), undefined, start + 3_600_000);
        expect(at(done.body, "status")).toBe("Succeeded");
        return `${vault.id}/backupJobs/${textAt(done.body, "properties.jobId")}`;
      });
      for (const job of jobs) expect(ask("GET", job, undefined, start + 3_600_000).status).toBe(200);
      expect(ask("GET", vault.id, undefined, start + 3_600_000).status).toBe(200);
      expect(ask("DELETE", `${base}/${database!.container}`, undefined, start + 3_600_000).status).toBe(400);
      expect(ask("GET", item(machine), undefined, start + 20 * 86_400_000).status).toBe(404);
    },
  );
});

/** Whoever asks this state for all of anything fails. */
function withoutLooks(state: State): State {
  const never = (): never => {
    throw new Error("everything was looked through");
  };
  for (const entries of [
    state.operations,
    ...state.vaults.flatMap((vault) => [vault.protectedItems, vault.protectionContainers, vault.backupJobs]),
  ])
    Object.assign(entries, { all: never });
  return state;
}

function asking(state: State) {
  const router = createRouter(routes);
  return (method: string, path: string, body?: Properties, now = start) => {
    settle(state, now);
    const segments = pathSegments(path) ?? [];
    const match = router(method, segments);
    if (match.kind !== "found") throw new Error(`no route for ${method} ${path}`);
    const call: Call = {
      method,
      parameters: match.parameters,
      query: new Map(),
      apiVersion: "2025-08-01",
      path: `/${segments.join("/")}`,
      body,
      auxiliary: undefined,
      deletedVault: undefined,
      clientRequest: undefined,
      now,
      state,
    };
    return match.route.answer(call);
  };
}
