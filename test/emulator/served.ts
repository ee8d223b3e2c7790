// An emulator on a loopback port for tests, and a plain socket to send it what no HTTP client would. It must not test anything.
import { connect } from "node:net";
import type { Socket } from "node:net";

import { onTestFinished } from "vitest";
import { createEmulator } from "../../src/emulator/emulator.ts";
import { serveEmulator } from "../../src/emulator/server.ts";
import type { World } from "../../src/emulator/world.ts";
import { start } from "./world-builder.ts";

export type ServedEmulator = {
  readonly url: string;
  readonly port: number;
  /** Sends the bytes and gives everything that comes back until the connection ends. */
  readonly raw: (bytes: string | Uint8Array) => Promise<string>;
  /** An open connection, ended with the test. */
  readonly open: (bytes: string) => Promise<Socket>;
  readonly world: () => World;
};

/** Served until the test has ended. */
export async function served(content: World): Promise<ServedEmulator> {
  const emulator = createEmulator({ world: content, clock: { now: () => start } });
  const { url, close } = await serveEmulator({ emulator, port: 0, speed: 1 });
  onTestFinished(close);
  const port = Number(new URL(url).port);
  return {
    url,
    port,
    raw: (bytes) => exchange(port, bytes),
    open: async (bytes) => {
      const socket = await connected(port);
      onTestFinished(() => void socket.destroy());
      socket.on("error", () => undefined);
      socket.write(bytes);
      return socket;
    },
    world: emulator.world,
  };
}

function connected(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: "127.0.0.1", port, allowHalfOpen: true });
    socket.once("connect", () => resolve(socket));
    socket.once("error", reject);
  });
}

async function exchange(port: number, bytes: string | Uint8Array): Promise<string> {
  const socket = await connected(port);
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((resolve) => socket.once("close", resolve).once("end", resolve));
  socket.on("error", () => undefined);
  socket.end(bytes);
  await ended;
  socket.destroy();
  return Buffer.concat(chunks).toString("latin1");
}

export type Answered = { readonly status: number; readonly headers: Headers; readonly code: string };

/** The answers in what came back on a socket, by the lengths they announce. */
export function answersIn(bytes: string): readonly Answered[] {
  const answers: Answered[] = [];
  for (let left = bytes; left !== "";) {
    const end = left.indexOf("\r\n\r\n");
    const [first = "", ...lines] = left.slice(0, end).split("\r\n");
    const headers = new Headers(lines.map((line) => line.split(/:\s*(.*)/su, 2) as [string, string]));
    const rest = end + 4 + Number(headers.get("content-length") ?? 0);
    answers.push({ status: Number(first.split(" ")[1]), headers, code: codeIn(left.slice(end + 4, rest)) });
    left = left.slice(rest);
  }
  return answers;
}

/** The code of an error in ARM's form; empty for everything else. */
export function codeIn(body: string): string {
  const error = body.startsWith("{")
    ? (JSON.parse(body) as { readonly error?: Record<string, unknown> }).error
    : undefined;
  const { code, message } = error ?? {};
  return typeof code === "string" && typeof message === "string" && message !== "" ? code : "";
}
