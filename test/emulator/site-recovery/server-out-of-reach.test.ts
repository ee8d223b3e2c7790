// A server that is not connected: the clean way fails, the purge works.
import { expect, test } from "vitest";

import { fabric, item, itemPath, provider, providerPath, replicatingWorld } from "../replication-builder.ts";
import { bench, textAt } from "../world-builder.ts";

const gone = { connectionStatus: "NotConnected" };

test.each([
  ["a machine", itemPath("site", "vm1"), [item("site", "vm1"), provider("site", "dra", gone)], 123],
  [
    "a machine that names its server by machine id",
    itemPath("site", "vm1"),
    [item("site", "vm1"), provider("site", "server01", { ...gone, draIdentifier: "DRA" })],
    123,
  ],
  ["the server itself", providerPath("site", "dra"), [provider("site", "dra", gone)], 2],
] as const)("%s cannot be removed but purged", async (_, path, parts, seconds) => {
  const { send, wait, follow } = bench(replicatingWorld([fabric("site", "HyperVSite"), ...parts]));
  const clean = await send("POST", `~/${path}/remove`);
  wait(2);
  const failed = await follow(clean);
  expect(failed.body["status"]).toBe("Failed");
  expect(textAt(failed.body, "error.message")).toMatch(/because the server '\w+' is not connected\.$/u);
  const purge = await send("DELETE", `~/${path}`);
  wait(seconds);
  expect((await follow(purge)).body["status"]).toBe("Succeeded");
  expect((await send("GET", `~/${path}`)).status).toBe(404);
});

test("a machine whose provider is not listed counts as reachable", async () => {
  const { send, wait, follow } = bench(replicatingWorld([fabric("east"), item("east", "vm1")]));
  const clean = await send("POST", `~/${itemPath("east", "vm1")}/remove`);
  wait(63);
  expect((await follow(clean)).body["status"]).toBe("Succeeded");
});
