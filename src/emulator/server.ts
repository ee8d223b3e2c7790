// The emulator behind a loopback port, with two pages of its own to look inside. It must not listen anywhere else.
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";

import type { Emulator } from "./emulator.ts";
import { ConnectionLostError } from "./faults/connection-lost.ts";

type Served = { readonly emulator: Emulator; readonly speed: number };

const loopback = "127.0.0.1";
const canonicalOrigin = "https://management.azure.com";
const largestBody = 4 * 1024 * 1024;

export async function serveEmulator(options: {
  readonly emulator: Emulator;
  readonly port: number;
  readonly speed: number;
}): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const server = createServer((incoming, outgoing) => {
    respond(options, incoming, outgoing).catch((cause: unknown) => {
      fail(outgoing, cause);
    });
  });
  // clients keep connections for 60 s between polls; a shorter time here resets them
  server.keepAliveTimeout = 75_000;
  server.headersTimeout = 80_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, loopback, resolve);
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : options.port;
  return {
    url: `http://${loopback}:${port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((cause) => (cause === undefined ? resolve() : reject(cause)));
        server.closeAllConnections();
      }),
  };
}

async function respond(served: Served, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const path = incoming.url ?? "/";
  const own = incoming.method === "GET" ? ownPage(served.emulator, path) : undefined;
  if (own !== undefined) return send(outgoing, 200, { "Content-Type": "application/json; charset=utf-8" }, own);
  const response = await served.emulator.handle(await toRequest(incoming, path));
  const headers = Object.fromEntries(response.headers);
  const wait = headers["retry-after"];
  // a wait of zero would make clients poll without a pause
  if (isSeconds(wait)) headers["retry-after"] = String(Math.max(1, Math.ceil(Number(wait) / served.speed)));
  return send(outgoing, response.status, headers, await response.text());
}

function ownPage(emulator: Emulator, path: string): string | undefined {
  if (path === "/_emulator/world") return JSON.stringify(emulator.world(), undefined, 2);
  if (path === "/_emulator/requests") return JSON.stringify(emulator.requests(), undefined, 2);
  return undefined;
}

async function toRequest(incoming: IncomingMessage, path: string): Promise<Request> {
  const method = incoming.method ?? "GET";
  const headers = Object.fromEntries(
    ["x-ms-correlation-request-id", "x-ms-authorization-auxiliary"].flatMap((name) => {
      const value = incoming.headers[name];
      return typeof value === "string" ? [[name, value]] : [];
    }),
  ) as Record<string, string>;
  const body = await readAll(incoming);
  const content = body === "" || method === "GET" || method === "HEAD" ? {} : { body };
  return new Request(`${canonicalOrigin}${path}`, { method, headers, ...content });
}

async function readAll(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > largestBody) throw new Error("request body is larger than 4 MiB; send less");
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function send(outgoing: ServerResponse, status: number, headers: Record<string, string>, body: string): void {
  outgoing.writeHead(status, headers);
  outgoing.end(body);
}

/** The other form is a date, which the client's own clock goes by. */
function isSeconds(wait: string | undefined): wait is string {
  return wait !== undefined && /^\d+$/u.test(wait);
}

function fail(outgoing: ServerResponse, cause: unknown): void {
  if (cause instanceof ConnectionLostError) {
    outgoing.socket?.resetAndDestroy();
    return;
  }
  const message = cause instanceof Error ? cause.message : String(cause);
  const body = JSON.stringify({ error: { code: "EmulatorFailure", message } });
  if (outgoing.headersSent) outgoing.end();
  else send(outgoing, 500, { "Content-Type": "application/json; charset=utf-8" }, body);
}
