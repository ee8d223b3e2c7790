// The emulator behind a loopback port, with two pages of its own to look inside. It must not listen anywhere else, and
// must outlive whatever is sent to it.
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";

import { armError, emulatorFailure } from "./arm-errors.ts";
import type { Answer } from "./answers.ts";
import { jsonType } from "./answers.ts";
import { answerOnSocket, answerToBroken, answerWhileSending } from "./broken-connections.ts";
import type { Emulator } from "./emulator.ts";
import { ConnectionLostError, NeverAnsweredError } from "./faults/unanswered.ts";
import { methodNotAllowed } from "./gateway.ts";
import { refusedAtTheDoor, requestFrom, targetOf } from "./loopback-requests.ts";

type Served = { readonly emulator: Emulator; readonly speed: number };

/** What every connection is at, or was at last. */
type Exchanges = WeakMap<Duplex, { readonly incoming: IncomingMessage; readonly outgoing: ServerResponse }>;

const loopback = "127.0.0.1";
/** More than any address that is answered, so that one too long is told so. */
const longestHeaders = 64 * 1024;

export async function serveEmulator(options: {
  readonly emulator: Emulator;
  readonly port: number;
  readonly speed: number;
}): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const server = createServer({ maxHeaderSize: longestHeaders, requireHostHeader: false });
  const sockets = openSockets(server);
  const latest: Exchanges = new WeakMap();
  answerRequests(server, options, latest);
  answerBrokenConnections(server, options.emulator, latest);
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
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Every connection there is, also those that no longer belong to the HTTP server. Their errors end nothing but them. */
function openSockets(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.once("close", () => sockets.delete(socket));
  });
  return sockets;
}

function answerRequests(server: Server, served: Served, latest: Exchanges): void {
  server.on("request", (incoming, outgoing) => {
    latest.set(incoming.socket, { incoming, outgoing });
    // whoever goes away is not waited for
    incoming.on("error", () => undefined);
    outgoing.on("error", () => undefined);
    respond(served, incoming, outgoing).catch((cause: unknown) => fail(outgoing, cause));
  });
  server.on("checkExpectation", (_, outgoing) => {
    const message = "The expectation of the request cannot be met.";
    sendResponse(served, outgoing, served.emulator.refuse(armError(417, "ExpectationFailed", message))).catch(
      (cause: unknown) => fail(outgoing, cause),
    );
  });
}

async function respond(served: Served, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { emulator } = served;
  const refusal = refusedAtTheDoor(incoming);
  if (refusal !== undefined) return sendRefusal(emulator, incoming, outgoing, refusal);
  const own = incoming.method === "GET" ? ownPage(emulator, targetOf(incoming)?.pathname) : undefined;
  if (own !== undefined) return send(outgoing, 200, { "Content-Type": jsonType }, own);
  const request = await requestFrom(incoming);
  if (request === undefined) return undefined;
  if ("status" in request) return sendRefusal(emulator, incoming, outgoing, request);
  return sendResponse(served, outgoing, await emulator.handle(request));
}

function ownPage(emulator: Emulator, path: string | undefined): string | undefined {
  if (path === "/_emulator/world") return JSON.stringify(emulator.world(), undefined, 2);
  if (path === "/_emulator/requests") return JSON.stringify(emulator.requests(), undefined, 2);
  return undefined;
}

/** The request may still be under way; its connection ends with it. */
async function sendRefusal(
  emulator: Emulator,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  refusal: Answer,
): Promise<void> {
  const response = emulator.refuse(refusal);
  const body = await response.text();
  const headers = Object.fromEntries(response.headers);
  if (incoming.complete) return send(outgoing, response.status, headers, body);
  outgoing.writeHead(response.status, {
    ...headers,
    "content-length": Buffer.byteLength(body),
    connection: "close",
  });
  return answerWhileSending(incoming, outgoing, body);
}

async function sendResponse({ speed }: Served, outgoing: ServerResponse, response: Response): Promise<void> {
  const headers = Object.fromEntries(response.headers);
  const wait = headers["retry-after"];
  // a wait of zero would make clients poll without a pause
  if (isSeconds(wait)) headers["retry-after"] = String(Math.max(1, Math.ceil(Number(wait) / speed)));
  return send(outgoing, response.status, headers, await response.text());
}

function send(outgoing: ServerResponse, status: number, headers: Readonly<Record<string, string>>, body: string): void {
  const length = status === 204 ? {} : { "content-length": Buffer.byteLength(body) };
  outgoing.writeHead(status, { ...headers, ...length });
  outgoing.end(body);
}

/** The other form is a date, which the client's own clock goes by. */
function isSeconds(wait: string | undefined): wait is string {
  return wait !== undefined && /^\d+$/u.test(wait);
}

function fail(outgoing: ServerResponse, cause: unknown): void {
  if (cause instanceof NeverAnsweredError) return;
  if (cause instanceof ConnectionLostError) outgoing.socket?.resetAndDestroy();
  else if (outgoing.headersSent) outgoing.destroy();
  else {
    const { status, headers, body } = emulatorFailure(cause);
    send(outgoing, status, { ...headers, "Content-Type": jsonType }, JSON.stringify(body));
  }
}

function answerBrokenConnections(server: Server, emulator: Emulator, latest: Exchanges): void {
  const answered = new WeakSet<Duplex>();
  const answer = (socket: Duplex, refusal: Answer | undefined): void => {
    if (answered.has(socket)) return;
    answered.add(socket);
    const { incoming, outgoing } = latest.get(socket) ?? {};
    const isAnswering = outgoing !== undefined && !outgoing.writableFinished;
    const reply = (): void => {
      if (refusal === undefined) socket.destroy();
      else answerOnSocket(socket as Socket, emulator.refuse(refusal)).catch(() => socket.destroy());
    };
    // answers keep the order of their requests; one that is half written stays the last
    if (isAnswering && incoming?.complete === true) outgoing.once("finish", reply);
    else if (isAnswering && outgoing.headersSent) socket.destroy();
    else reply();
  };
  server.on("clientError", (error: NodeJS.ErrnoException & { readonly reason?: string }, socket) => {
    answer(socket, answerToBroken(error.code ?? "", error.reason ?? error.message));
  });
  server.on("connect", (incoming, socket) => answer(socket, methodNotAllowed(incoming.method ?? "CONNECT")));
}
