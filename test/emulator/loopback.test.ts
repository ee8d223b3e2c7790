// The port is this machine's alone: nobody else reaches it, and no web page steers it.
import { connect } from "node:net";
import { networkInterfaces } from "node:os";

import { expect, onTestFinished, test, vi } from "vitest";

import { createHttpHeaders, createPipelineRequest } from "@azure/core-rest-pipeline";
import { loopbackTransport } from "../../src/azure/transport.ts";
import { createEmulator } from "../../src/emulator/emulator.ts";
import { serveEmulator } from "../../src/emulator/server.ts";
import { answersIn, codeIn, served } from "./served.ts";
import { start, vault, vaultId, world } from "./world-builder.ts";

const ordinary = `${vaultId}?api-version=2025-08-01`;
const content = world([vault()]);

const elsewhere = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .filter(({ internal, family, address }) => !internal && !(family === "IPv6" && address.startsWith("fe80:")))
  .map(({ address }) => address);

function reaches(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("close", () => socket.destroy());
  });
}

const title = "no other address of this machine is listened on (skipped where it has none but loopback)";

test.skipIf(elsewhere.length === 0)(title, async () => {
  const { port } = await served(content);
  expect(await reaches("127.0.0.1", port)).toBe(true);
  for (const address of elsewhere) expect(await reaches(address, port), address).toBe(false);
});

test("no option and no setting of the environment makes it listen elsewhere", async () => {
  for (const name of ["HOST", "HOSTNAME", "BIND", "ADDRESS", "VAULT_TEARDOWN_HOST"]) vi.stubEnv(name, "0.0.0.0");
  onTestFinished(() => void vi.unstubAllEnvs());
  const emulator = createEmulator({ world: content, clock: { now: () => start } });
  const options = { emulator, port: 0, speed: 1, host: "0.0.0.0", hostname: "0.0.0.0", address: "::" };
  const { url, close } = await serveEmulator(options);
  const { hostname, port } = new URL(url);
  const others = await Promise.all(["127.0.0.2", "::1", ...elsewhere].map((address) => reaches(address, Number(port))));
  await close();
  expect(hostname).toBe("127.0.0.1");
  expect(others.filter((reached) => reached)).toEqual([]);
});

test.each([
  ["127.0.0.1", 200],
  ["127.0.0.1:1", 200],
  ["localhost", 200],
  ["LOCALHOST:65535", 200],
  ["[::1]:8080", 200],
  ["127.255.0.1", 200],
  ["example.com", 421],
  ["management.azure.com", 421],
  ["localhost.example.com", 421],
  ["127.0.0.1.example.com", 421],
  ["example.com:127.0.0.1", 421],
  ["localhost@example.com", 421],
  ["0.0.0.0", 421],
  ["[::]", 421],
  ["2130706433", 421],
  ["192.0.2.1", 421],
  ["", 421],
])("whoever calls it %j is answered %i", async (host, status) => {
  const { raw } = await served(content);
  for (const path of [ordinary, "/_emulator/world"]) {
    const [answer] = answersIn(await raw(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`));
    expect(answer?.status, path).toBe(status);
    expect(answer?.code).toBe(status === 200 ? "" : "MisdirectedRequest");
  }
});

test("the absolute form of a target does not get around that", async () => {
  const { raw } = await served(content);
  const request = `GET http://example.com${ordinary} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`;
  expect(answersIn(await raw(request)).map(({ status }) => status)).toEqual([421]);
});

test.each([
  ["https://example.com", 403],
  ["http://localhost.example.com", 403],
  ["null", 403],
  ["http://localhost:3000", 202],
  ["http://127.0.0.1", 202],
])("what a browser sends for a page of %s is answered %i", async (origin, status) => {
  const { url, world: saved } = await served(content);
  const answer = await fetch(`${url}${ordinary}`, { method: "PATCH", headers: { origin }, body: '{"tags":{"a":"b"}}' });
  expect(answer.status).toBe(status);
  expect(codeIn(await answer.text())).toBe(status === 403 ? "Forbidden" : "");
  expect(saved().operations).toHaveLength(status === 403 ? 0 : 1);
});

test.each(["127.0.0.1", "localhost"])("the product's own client is served at %s", async (name) => {
  const { port } = await served(content);
  const { sendRequest } = loopbackTransport(`http://${name}:${port}`);
  const headers = createHttpHeaders({ host: "management.azure.com" });
  const request = createPipelineRequest({ url: `https://management.azure.com${ordinary}`, method: "GET" });
  expect((await sendRequest(request)).status).toBe(200);
  const named = createPipelineRequest({ url: `https://management.azure.com${ordinary}`, method: "GET", headers });
  expect((await sendRequest(named)).status).toBe(421);
});
