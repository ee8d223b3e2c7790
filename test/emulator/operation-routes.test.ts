// The url of a vault's own deletion: what it answers before the vault is gone, until it is forgotten, and after.
import { expect, test } from "vitest";

import { parseWorld } from "../../src/emulator/world.ts";
import type { World } from "../../src/emulator/world.ts";
import { at, bench, textAt, vault, vaultId, world } from "./world-builder.ts";

function quick(more: Partial<World> = {}): World {
  return world([vault()], { latencies: { deleteVault: 1, forgetVault: 60 }, ...more });
}

test("it answers Succeeded without operation headers while the vault is gone and not yet forgotten", async () => {
  const { send, wait, follow } = bench(quick());
  const accepted = await send("DELETE", "~");
  expect(accepted.status).toBe(202);
  wait(2);
  const succeeded = await follow(accepted);
  expect(succeeded.status).toBe(200);
  const name = textAt(succeeded.body, "name");
  expect(succeeded.body).toEqual({ id: `${vaultId}/operationStatus/${name}`, name, status: "Succeeded" });
  expect(succeeded.headers.get("azure-asyncoperation")).toBeNull();
  expect(succeeded.headers.get("location")).toBeNull();
  expect(succeeded.headers.get("retry-after")).toBeNull();
  expect((await follow(accepted, "location")).status).toBe(204);
});

test("meanwhile the vault itself answers 404, to a deletion 204, and is in no list of vaults", async () => {
  const { send, wait } = bench(quick());
  await send("DELETE", "~");
  wait(2);
  expect((await send("GET", "~")).status).toBe(404);
  expect((await send("GET", "~/backupProtectedItems")).status).toBe(404);
  expect((await send("DELETE", "~")).status).toBe(204);
  expect((await send("GET", vaultId.split("/rsv-test")[0] ?? "")).body).toEqual({ value: [] });
});

test("once forgotten it answers Azure Resource Manager's own 404", async () => {
  const { send, wait, follow } = bench(quick());
  const accepted = await send("DELETE", "~");
  wait(60.9);
  expect((await follow(accepted)).status).toBe(200);
  wait(0.1);
  const forgotten = await follow(accepted);
  expect(forgotten.status).toBe(404);
  expect(forgotten.headers.get("x-ms-failure-cause")).toBe("gateway");
  expect(at(forgotten.body, "error.code")).toBe("ResourceNotFound");
  expect((await follow(accepted, "location")).status).toBe(404);
});

test("no other url below the vault outlives it", async () => {
  const { send, wait } = bench(quick());
  const patched = await send("PATCH", "~", { properties: {} });
  wait(61);
  await send("DELETE", "~");
  wait(2);
  const path = new URL(patched.headers.get("azure-asyncoperation") ?? "").pathname;
  expect((await send("GET", path)).status).toBe(404);
});

test("a saved world remembers until when", async () => {
  const first = bench(quick());
  const accepted = await first.send("DELETE", "~");
  first.wait(2);
  const second = bench(parseWorld(JSON.stringify(first.emulator.world()), "saved"));
  second.wait(60.9);
  expect((await second.follow(accepted)).status).toBe(200);
  second.wait(0.1);
  expect((await second.follow(accepted)).status).toBe(404);
});

test("with a seed a deletion ends in each of the recorded ways, and never in a 404 at the first poll", async () => {
  const endings = new Set<string>();
  for (let seed = 0; seed < 30; seed += 1) {
    const { send, wait, follow } = bench(world([vault()], { seed }));
    const accepted = await send("DELETE", "~");
    wait(seed % 3);
    let answer = await follow(accepted);
    let polls = 1;
    for (; answer.body["status"] === "InProgress"; polls += 1) {
      wait(60);
      answer = await follow(accepted);
    }
    endings.add(`${answer.status} ${polls === 1 ? "at once" : "later"}`);
  }
  expect([...endings].toSorted()).toEqual(["200 at once", "200 later", "404 later"]);
});
