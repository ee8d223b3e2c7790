// A lost connection: as the emulator rejects, as a client on the loopback port and as the SDK's pipeline sees it.
import { request } from "node:http";

import { createPipelineFromOptions, createPipelineRequest, isRestError } from "@azure/core-rest-pipeline";
import type { HttpMethods, PipelineRetryOptions } from "@azure/core-rest-pipeline";
import { afterEach, describe, expect, test, vi } from "vitest";

import { createClients } from "../../../src/azure/clients.ts";
import { clouds } from "../../../src/azure/clouds.ts";
import { emulatorCredential } from "../../../src/azure/credential.ts";
import { inProcessTransport, loopbackTransport } from "../../../src/azure/transport.ts";
import { createEmulator } from "../../../src/emulator/emulator.ts";
import type { Emulator } from "../../../src/emulator/emulator.ts";
import { ConnectionLostError, NeverAnsweredError } from "../../../src/emulator/faults/unanswered.ts";
import type { WorldFault } from "../../../src/emulator/faults/fault.ts";
import { serveEmulator } from "../../../src/emulator/server.ts";
import { apiVersionProfiles } from "../../../src/model/api-versions.ts";
import { at, start, vaultId, vmItem } from "../world-builder.ts";
import { faulty, faultyWorld, hit } from "./faulty.ts";

const url = `https://management.azure.com${vaultId}?api-version=2025-08-01`;
const itemDelete = { method: "DELETE", path: "*/protectedItems/*" } as const;

describe("in process", () => {
  test.each([
    ["before", "Protected"],
    ["after", "ProtectionStopped"],
  ] as const)("a connection dropped %s the effect leaves the item %s", async (when, state) => {
    const { send, wait } = faulty(hit(itemDelete, { kind: "drop", when }));
    const lost = send("DELETE", vmItem("vm1"));
    await expect(lost).rejects.toBeInstanceOf(ConnectionLostError);
    await expect(lost).rejects.toMatchObject({ code: "ECONNRESET", message: "socket hang up" });
    wait(12);
    expect(at((await send("GET", vmItem("vm1"))).body, "properties.protectionState")).toBe(state);
  });
});

describe("in process, without an answer", () => {
  test.each([
    ["before", "Protected"],
    ["after", "ProtectionStopped"],
  ] as const)("a request left so %s the effect leaves the item %s", async (when, state) => {
    const { send, wait } = faulty(hit(itemDelete, { kind: "no-answer", when }));
    await expect(send("DELETE", vmItem("vm1"))).rejects.toBeInstanceOf(NeverAnsweredError);
    wait(12);
    expect(at((await send("GET", vmItem("vm1"))).body, "properties.protectionState")).toBe(state);
  });
});

const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

function emulatorWith(...faults: readonly WorldFault[]): Emulator {
  return createEmulator({ world: faultyWorld(...faults), clock: { now: () => start } });
}

async function serve(
  ...faults: readonly WorldFault[]
): Promise<{ readonly origin: string; readonly emulator: Emulator }> {
  const emulator = emulatorWith(...faults);
  const server = await serveEmulator({ emulator, port: 0, speed: 1 });
  open.push(server.close);
  return { origin: server.url, emulator };
}

/** The status, or the code of the socket's error. */
function ask(address: string): Promise<number | string> {
  return new Promise((resolve) => {
    const sent = request(address, (response) => {
      response.resume();
      response.on("end", () => resolve(response.statusCode ?? 0));
    });
    sent.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    sent.end();
  });
}

describe("over the loopback port", () => {
  test("a dropped connection is reset, and the next request is served", async () => {
    const { origin, emulator } = await serve(hit({ path: vaultId }, { kind: "drop", when: "before" }));
    const address = `${origin}${vaultId}?api-version=2025-08-01`;
    expect(await ask(address)).toBe("ECONNRESET");
    expect(await ask(address)).toBe(200);
    expect(emulator.requests().map(({ status }) => status)).toEqual([0, 200]);
  });

  test("a connection without an answer stays open until the client gives up", async () => {
    const { origin, emulator } = await serve(hit({ path: vaultId }, { kind: "no-answer", when: "before" }));
    const address = `${origin}${vaultId}?api-version=2025-08-01`;
    const patience = new AbortController();
    const unanswered = fetch(address, { signal: patience.signal }).catch((error: unknown) => error);
    await vi.waitUntil(() => emulator.requests().length === 1);
    expect(await ask(address)).toBe(200);
    patience.abort();
    expect(await unanswered).toMatchObject({ name: "AbortError" });
    expect(emulator.requests().map(({ status, fault }) => [status, fault])).toEqual([
      [0, "no-answer"],
      [200, undefined],
    ]);
  });

  test("requests on other connections are served meanwhile", async () => {
    const drop = { kind: "drop", when: "after" } as const;
    const { origin } = await serve(hit({ path: "*/backupJobs" }, drop, { times: "always" }));
    const paths = ["", "/backupJobs", "/backupPolicies", "/backupJobs", "/backupProtectedItems"];
    const answers = paths.map((path) => ask(`${origin}${vaultId}${path}?api-version=2025-08-01`));
    expect(await Promise.all(answers)).toEqual([200, "ECONNRESET", 200, "ECONNRESET", 200]);
  });

  test("a cut body arrives with the length it has", async () => {
    const { origin } = await serve(hit({ path: vaultId }, { kind: "truncated" }));
    const answer = await fetch(`${origin}${vaultId}?api-version=2025-08-01`);
    const text = await answer.text();
    expect(answer.headers.get("content-length")).toBe(String(Buffer.byteLength(text)));
    expect(() => JSON.parse(text) as unknown).toThrow();
  });

  test.each([
    ["7", "7"],
    ["Sun, 01 Mar 2026 10:01:00 GMT", "Sun, 01 Mar 2026 10:01:00 GMT"],
  ])("a wait of %s is announced as %s", async (given, expected) => {
    const headers = { "Retry-After": given };
    const { origin } = await serve(hit({}, { kind: "status", status: 503, headers }));
    const answer = await fetch(`${origin}${vaultId}?api-version=2025-08-01`);
    expect(answer.headers.get("retry-after")).toBe(expected);
  });
});

/** Through the SDK's own pipeline, with its own policy for retries, which waits for nothing here. */
async function throughPipeline(faults: readonly WorldFault[], retryOptions: PipelineRetryOptions) {
  const emulator = emulatorWith(...faults);
  const pipeline = createPipelineFromOptions({ retryOptions: { retryDelayInMs: 0, ...retryOptions } });
  const outcome = await pipeline
    .sendRequest(inProcessTransport(emulator.handle), createPipelineRequest({ url }))
    .catch((error: unknown) => error);
  return { outcome, statuses: emulator.requests().map(({ status }) => status) };
}

/** This tool's own clients, with its policy for retries; `waited` lists the seconds of its waits. */
function ownClients(emulator: Emulator) {
  const waited: number[] = [];
  const clients = createClients({
    cloud: clouds.public,
    credential: emulatorCredential(),
    transport: inProcessTransport(emulator.handle),
    apiVersions: apiVersionProfiles.soft,
    userAgent: "test",
    sleep: (milliseconds) => Promise.resolve(void waited.push(milliseconds / 1_000)),
    onWait: () => undefined,
  });
  return { clients, waited };
}

describe("through the SDK's pipeline", () => {
  const dropTwice = [hit({}, { kind: "drop", when: "before" }, { times: 2 })];

  test("it is tried again as an error of the network", async () => {
    const { outcome, statuses } = await throughPipeline(dropTwice, { maxRetries: 3 });
    expect(outcome).toMatchObject({ status: 200 });
    expect(statuses).toEqual([0, 0, 200]);
  });

  test("it is the error that the SDK's own client reports for a socket that was reset", async () => {
    const { outcome } = await throughPipeline(dropTwice, { maxRetries: 0 });
    const { origin } = await serve(...dropTwice);
    const pipeline = createPipelineFromOptions({ retryOptions: { maxRetries: 0 } });
    const real: unknown = await pipeline
      .sendRequest(loopbackTransport(origin), createPipelineRequest({ url }))
      .catch((error: unknown) => error);
    for (const error of [outcome, real]) {
      expect(isRestError(error)).toBe(true);
      expect(error).toMatchObject({ name: "RestError", code: "ECONNRESET" });
    }
  });

  test("any other failure of the emulator is passed on as it is", async () => {
    const defect = new Error("a defect");
    const transport = inProcessTransport(() => Promise.reject(defect));
    await expect(transport.sendRequest(createPipelineRequest({ url }))).rejects.toBe(defect);
  });

  test.each([
    ["GET", 200, [1, 2]],
    ["DELETE", "socket hang up", []],
  ] as const)("with this tool's policies a %s ends with %s after waits of %j", async (method, expected, waits) => {
    const { clients, waited } = ownClients(emulatorWith(...dropTwice));
    const outcome = await clients.raw(method as HttpMethods, url).then(
      ({ status }) => status,
      (error: Error) => error.message,
    );
    expect([outcome, waited]).toEqual([expected, waits]);
  });

  test("an expired token is renewed once; where the new one is refused as well, the 401 comes through", async () => {
    const emulator = emulatorWith(hit({}, { kind: "expired-token" }, { times: "always" }));
    const { clients, waited } = ownClients(emulator);
    expect((await clients.raw("GET", url)).status).toBe(401);
    expect([emulator.requests().length, waited]).toEqual([2, []]);
  });
});
