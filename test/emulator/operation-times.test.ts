// The time of an operation in a world: its median, what its seed draws, or what the world says.
import { describe, expect, test } from "vitest";

import { latencies } from "../../src/emulator/latencies.ts";
import type { World } from "../../src/emulator/world.ts";
import { parseWorld } from "../../src/emulator/world.ts";
import type { Bench } from "./world-builder.ts";
import {
  bench,
  sqlItem,
  sqlServer,
  start,
  storageAccount,
  shareItem,
  vault,
  vm,
  vmItem,
  world,
} from "./world-builder.ts";

const machines = ["vm1", "vm2", "vm3", "vm4", "vm5", "vm6"];
const parts = machines.map((name) => vm(name));

function off(more: Partial<World> = {}): World {
  return world([vault({ regime: "classic", softDelete: "Disabled", parts })], more);
}

/** Seconds each machine's deletion takes, in the order asked for. */
async function deletions({ send, emulator }: Bench, names: readonly string[]): Promise<readonly number[]> {
  const known = emulator.world().operations?.length ?? 0;
  for (const name of names) expect((await send("DELETE", vmItem(name))).status).toBe(202);
  return (emulator.world().operations ?? [])
    .slice(known)
    .map(({ startedAt, completesAt }) => (Date.parse(completesAt) - Date.parse(startedAt)) / 1_000);
}

test("without a seed every operation takes its median", async () => {
  const parts = [vm("vm1"), sqlServer("sql1", { a: {} }), storageAccount("st1", ["share1"])];
  const client = bench(world([vault({ parts })]));
  for (const item of [vmItem("vm1"), sqlItem("sql1", "a"), shareItem("st1", "share1")])
    await client.send("DELETE", item);
  const ends = (client.emulator.world().operations ?? []).map(({ completesAt }) => Date.parse(completesAt) - start);
  expect(ends).toEqual([12_000, 32_000, 21_000]);
});

test("with a seed each operation takes a time of its own, and the same world and seed give the same times", async () => {
  const times = await deletions(bench(off({ seed: 7 })), machines);
  expect(new Set(times).size).toBe(machines.length);
  const { minimum, maximum } = latencies.removeVm;
  for (const seconds of times) expect(seconds).toSatisfy((value: number) => value >= minimum && value <= maximum);
  expect(await deletions(bench(off({ seed: 7 })), machines)).toEqual(times);
});

test("another seed gives other times", async () => {
  const times = await deletions(bench(off({ seed: 7 })), machines);
  expect(await deletions(bench(off({ seed: 8 })), machines)).not.toEqual(times);
});

test("a saved world goes on drawing where it was", async () => {
  const times = await deletions(bench(off({ seed: 7 })), machines);
  const first = bench(off({ seed: 7 }));
  const before = await deletions(first, machines.slice(0, 3));
  const saved = first.emulator.world();
  expect(saved.drawnTimes).toBe(3);
  const second = bench(parseWorld(JSON.stringify(saved), "saved"));
  expect([...before, ...(await deletions(second, machines.slice(3)))]).toEqual(times);
});

describe("a time the world gives", () => {
  test.each([undefined, 7])("holds whatever the seed (%s)", async (seed) => {
    const given = { latencies: { removeVm: 5.5 }, ...(seed === undefined ? {} : { seed }) };
    expect(await deletions(bench(off(given)), machines.slice(0, 2))).toEqual([5.5, 5.5]);
  });

  test("does not change what the seed draws for others", async () => {
    const times = await deletions(bench(off({ seed: 7 })), machines);
    const given = bench(off({ seed: 7, latencies: { deleteFileShare: 1, propagation: 1 } }));
    expect(await deletions(given, machines)).toEqual(times);
  });

  test("holds for what is only seen for a while, too", async () => {
    const content = world([vault({ parts: [sqlServer("sql1", { a: {} })] })], { latencies: { propagation: 0 } });
    const { send, wait } = bench(content);
    await send("DELETE", sqlItem("sql1", "a"));
    wait(32);
    const container = sqlItem("sql1", "a").split("/protectedItems/")[0] ?? "";
    expect((await send("DELETE", container)).status).toBe(202);
  });

  test("is refused for an operation that is not known, with the known ones", () => {
    const text = JSON.stringify({ ...world([]), latencies: { deleteVm: 1 } });
    expect(() => parseWorld(text, "w.json")).toThrow(
      /unknown member 'latencies\.deleteVm'; known here: deleteVault, forgetVault, .*, removeReplicatedItem, /u,
    );
  });
});

test("times of a list are taken one after another, the last again and again, also after a save", async () => {
  const parts = ["vm1", "vm2", "vm3", "vm4"].map((name) => vm(name));
  const { send, wait, follow, emulator } = bench(world([vault({ parts })], { latencies: { softDeleteVm: [5, 7] } }));
  const first = await send("DELETE", vmItem("vm1"));
  const second = await send("DELETE", vmItem("vm2"));
  wait(6);
  expect((await follow(first)).body["status"]).toBe("Succeeded");
  expect((await follow(second)).body["status"]).toBe("InProgress");
  const saved = parseWorld(JSON.stringify(emulator.world()), "saved");
  expect(saved.latencies).toEqual({ softDeleteVm: [7] });
  const third = await send("DELETE", vmItem("vm3"));
  wait(6.9);
  expect((await follow(third)).body["status"]).toBe("InProgress");
  wait(0.1);
  expect((await follow(third)).body["status"]).toBe("Succeeded");
});
