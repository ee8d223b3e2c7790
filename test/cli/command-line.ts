// Runs the command line as people do, in a process of its own; and serves the emulator for those that need a port.

import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import type { RequestRecord } from "../../src/emulator/emulator.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

export type Ended = {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
};

export type CommandOptions = {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Told of every line on stderr, with the process: to end it half-way. */
  readonly onLine?: (line: string, child: ChildProcess) => void;
};

/** Resolves when the process has ended. It sees no Azure settings of this machine, and a state folder of its own. */
export function commandLine(parameters: readonly string[], options: CommandOptions = {}): Promise<Ended> {
  const child = start(parameters, options);
  const output = { stdout: "", stderr: "" };
  child.stdout?.on("data", (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (output.stderr += chunk.toString()));
  if (options.onLine !== undefined && child.stderr !== null)
    createInterface({ input: child.stderr }).on("line", (line) => options.onLine?.(line, child));
  return new Promise((resolve) => {
    child.on("close", (code, signal) => resolve({ code, signal, ...output }));
  });
}

function start(parameters: readonly string[], options: CommandOptions): ChildProcess {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(AZURE_|VAULT_|FORCE_COLOR|NODE_OPTIONS)/.test(name),
  );
  return spawn(process.execPath, [main, ...parameters], {
    cwd: options.cwd ?? temporaryFolder(),
    env: { ...Object.fromEntries(inherited), ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

export type ServedWorld = {
  readonly url: string;
  readonly firstLine: { readonly url: string; readonly world: string; readonly vaults: readonly string[] };
  readonly requests: () => Promise<readonly RequestRecord[]>;
  readonly world: () => Promise<{ readonly vaults: readonly unknown[]; readonly deletedVaults: readonly unknown[] }>;
};

/** Serves a world from a process of its own until the test has ended. */
export async function servedWorld(world: string, ...more: readonly string[]): Promise<ServedWorld> {
  const child = start(["emulator", "--port", "0", "--world", world, ...more], {});
  onTestFinished(() => void child.kill("SIGTERM"));
  if (child.stdout === null) throw new Error("the emulator has no output");
  const first = await new Promise<string>((resolve) => createInterface({ input: child.stdout! }).once("line", resolve));
  const firstLine = JSON.parse(first) as ServedWorld["firstLine"];
  const ask = async (path: string): Promise<unknown> => (await fetch(`${firstLine.url}/_emulator/${path}`)).json();
  return {
    url: firstLine.url,
    firstLine,
    requests: async () => (await ask("requests")) as readonly RequestRecord[],
    world: async () => (await ask("world")) as Awaited<ReturnType<ServedWorld["world"]>>,
  };
}

/** The writes among requests, as `METHOD path`, lower-cased. */
export function writesOf(requests: readonly RequestRecord[]): readonly string[] {
  return requests
    .filter((request) => request.method !== "GET")
    .map((request) => `${request.method} ${decodeURIComponent(new URL(request.url).pathname).toLowerCase()}`);
}
