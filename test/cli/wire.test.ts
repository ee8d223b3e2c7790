// Sessions of one process on the same Azure share what Azure counts together; an emulator in this process has a time of its own.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import type { Clients } from "../../src/azure/clients.ts";
import { saveWorld } from "../../src/cli/save-world.ts";
import { openSession } from "../../src/cli/wire.ts";
import { loadWorld } from "../../src/emulator/worlds.ts";
import { apiVersionProfiles } from "../../src/model/api-versions.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const subscription = "00000000-0000-0000-0000-000000000000";

/** The origin of a server that refuses every request for the next minutes. */
async function throttling(): Promise<string> {
  const server = createServer((_request, response) => {
    response.writeHead(429, { "retry-after": "200" });
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Clients of a session of its own, stopped as soon as they begin to wait or when the test says so. */
async function clientsOf(endpoint: string): Promise<{ readonly clients: Clients; readonly stop: () => void }> {
  const session = await openSession({ cloud: "public", endpoint }, () => undefined);
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  return { clients: session.clients(apiVersionProfiles.soft, { signal: stopping.signal, onWait: stop }), stop };
}

it("what one was refused holds the next one back", async () => {
  const endpoint = await throttling();
  const first = await clientsOf(endpoint);
  const path = `https://management.azure.com/subscriptions/${subscription}/x?api-version=1`;
  await expect(first.clients.raw("DELETE", path)).resolves.toMatchObject({ status: 429 });
  const second = await clientsOf(endpoint);
  const turn = second.clients.turn("delete", subscription, { urgency: 0 });
  second.stop();
  await expect(turn).rejects.toMatchObject({ status: 429, code: "NotSent" });
});

it("another Azure has counters of its own", async () => {
  const first = await clientsOf(await throttling());
  const path = `https://management.azure.com/subscriptions/${subscription}/x?api-version=1`;
  await first.clients.raw("DELETE", path);
  const second = await clientsOf(await throttling());
  await expect(second.clients.turn("delete", subscription, { urgency: 0 })).resolves.toBeDefined();
});

it("a request that an emulator in this process never answers is given up in the emulator's time", async () => {
  const file = join(temporaryFolder(), "silent.json");
  const silent = { match: { method: "GET", path: "*" }, fault: { kind: "no-answer", when: "before" } } as const;
  const world = loadWorld("small");
  saveWorld(file, { ...world, faults: [silent] });
  const session = await openSession({ cloud: "public", emulator: file, speed: 1e6 }, () => undefined);
  const clients = session.clients(apiVersionProfiles.soft);
  const began = session.clock.now();
  const vault = `https://management.azure.com${world.vaults[0]!.id}?api-version=${apiVersionProfiles.soft.vaultReads}`;
  await expect(clients.raw("GET", vault)).resolves.toMatchObject({ status: 200 });
  expect(session.clock.now() - began).toBeGreaterThan(100_000);
});
