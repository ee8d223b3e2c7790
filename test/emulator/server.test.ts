// The emulator over a loopback port.
import { afterEach, expect, test } from "vitest";

import { createEmulator } from "../../src/emulator/emulator.ts";
import { serveEmulator } from "../../src/emulator/server.ts";
import { start, vault, vaultId, vm, world } from "./world-builder.ts";

const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function serve(speed: number): Promise<string> {
  const emulator = createEmulator({ world: world([vault({ parts: [vm("vm1")] })]), clock: { now: () => start } });
  const server = await serveEmulator({ emulator, port: 0, speed });
  open.push(server.close);
  return server.url;
}

const query = "?api-version=2025-08-01";

test("it listens on loopback only and answers like the emulator in process", async () => {
  const url = await serve(60);
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/u);
  const answer = await fetch(`${url}${vaultId}${query}`, { headers: { "x-ms-correlation-request-id": "run-1" } });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("x-ms-correlation-request-id")).toBe("run-1");
  expect(answer.headers.get("date")).toBe("Sun, 01 Mar 2026 10:00:00 GMT");
  expect(((await answer.json()) as { name: string }).name).toBe("rsv-test");
});

test.each([
  [1, "60"],
  [7, "9"],
  [60, "1"],
  [600, "1"],
])("at speed %i a wait of 60 s is announced as %s", async (speed, expected) => {
  const url = await serve(speed);
  const path = `${vaultId}/backupFabrics/Azure/protectionContainers/IaasVMContainer%3Biaasvmcontainerv2%3Brg-test%3Bvm1/protectedItems/VM%3Biaasvmcontainerv2%3Brg-test%3Bvm1`;
  const answer = await fetch(`${url}${path}${query}`, { method: "DELETE" });
  expect(answer.status).toBe(202);
  expect(answer.headers.get("retry-after")).toBe(expected);
  expect(answer.headers.get("location")).toMatch(/^https:\/\/management\.azure\.com\//u);
  expect(await answer.text()).toBe("");
});

test("it shows its world and its requests", async () => {
  const url = await serve(60);
  const body = JSON.stringify({ tags: { a: "b" } });
  await fetch(`${url}${vaultId}${query}`, { method: "PATCH", body });
  const requests = (await (await fetch(`${url}/_emulator/requests`)).json()) as readonly object[];
  expect(requests).toEqual([expect.objectContaining({ method: "PATCH", status: 202, body: { tags: { a: "b" } } })]);
  const content = (await (await fetch(`${url}/_emulator/world`)).json()) as { readonly vaults: readonly object[] };
  expect(content.vaults).toHaveLength(1);
});

test("a port that is taken is reported", async () => {
  const url = await serve(60);
  const emulator = createEmulator({ world: world([]), clock: { now: () => start } });
  await expect(serveEmulator({ emulator, port: Number(new URL(url).port), speed: 1 })).rejects.toThrow(/EADDRINUSE/u);
});
