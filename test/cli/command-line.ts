// Runs the command line as people do, in a process of its own, or in this one; and serves the emulator for those that need a port.

import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished, vi } from "vitest";
import { scaledClock } from "../../src/cli/clocks.ts";
import { run } from "../../src/cli/run.ts";
import { createEmulator, type RequestRecord } from "../../src/emulator/emulator.ts";
import { serveEmulator } from "../../src/emulator/server.ts";
import type { World } from "../../src/emulator/world.ts";
import { loadWorld } from "../../src/emulator/worlds.ts";
import { temporaryFolder } from "../temporary-folder.ts";

/** The first file of the command line. */
export const main: string = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

/** Where the command line keeps what it compiled, from its first file on: without this, the first is compiled every time. */
export const compiled: string = join(tmpdir(), "node-compile-cache");

export type Ended = {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
};

export type CommandOptions = {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What bash does around the command, `"$@"`: to limit it, or to send its output elsewhere. */
  readonly shell?: string;
  /** Whose process it is; absent: of who runs the tests. */
  readonly user?: number | undefined;
  /** Told of the process at once. */
  readonly onStart?: (child: ChildProcess) => void;
  /** Told of every line on stderr, with the process: to end it half-way. */
  readonly onLine?: (line: string, child: ChildProcess) => void;
  /** The same for stdout. */
  readonly onStdout?: (line: string, child: ChildProcess) => void;
};

/** Resolves when the process has ended. It sees no Azure settings of this machine, and a state folder of its own. */
export function commandLine(parameters: readonly string[], options: CommandOptions = {}): Promise<Ended> {
  const child = start(parameters, options);
  options.onStart?.(child);
  const output = { stdout: "", stderr: "" };
  child.stdout?.on("data", (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (output.stderr += chunk.toString()));
  if (options.onLine !== undefined && child.stderr !== null)
    createInterface({ input: child.stderr }).on("line", (line) => options.onLine?.(line, child));
  if (options.onStdout !== undefined && child.stdout !== null)
    createInterface({ input: child.stdout }).on("line", (line) => options.onStdout?.(line, child));
  return new Promise((resolve) => {
    child.on("close", (code, signal) => resolve({ code, signal, ...output }));
  });
}

/** The same in this process, at a tenth of the cost: not for what is killed, or drawn while it goes on. */
export async function commandLineHere(
  parameters: readonly string[],
  options: Pick<CommandOptions, "cwd" | "env"> = {},
): Promise<Ended> {
  const before = { exitCode: process.exitCode, cwd: process.cwd(), env: { ...process.env } };
  const cwd = options.cwd ?? mkdtempSync(join(tmpdir(), "vault-teardown-test-"));
  process.exitCode = 0;
  process.chdir(cwd);
  setEnvironment({ ...inherited(), ...options.env });
  try {
    const printed = await printedBy(() => run(parameters));
    return { code: Number(process.exitCode), signal: null, ...printed };
  } finally {
    process.exitCode = before.exitCode;
    setEnvironment(before.env);
    process.chdir(before.cwd);
    if (options.cwd === undefined) rmSync(cwd, { recursive: true, force: true });
  }
}

/** Changes the environment in its place: others hold on to it. */
function setEnvironment(wanted: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) if (!(name in wanted)) delete process.env[name];
  Object.assign(process.env, wanted);
}

/** What a command sees of the environment: no Azure settings of this machine, and nothing that changes how it prints. */
export function inherited(): NodeJS.ProcessEnv {
  const hidden = /^(AZURE_|VAULT_|GITHUB_|TF_BUILD|AGENT_|CI$|FORCE_COLOR|NODE_OPTIONS)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !hidden.test(name)));
}

/** What is written to both streams meanwhile. */
export async function printedBy(act: () => unknown): Promise<Pick<Ended, "stdout" | "stderr">> {
  const output = { stdout: "", stderr: "" };
  const restorers = (["stdout", "stderr"] as const).map((name) => {
    const written = vi.spyOn(process[name], "write").mockImplementation((chunk) => {
      output[name] += typeof chunk === "string" ? chunk : Buffer.from(chunk).toString();
      return true;
    });
    return () => written.mockRestore();
  });
  try {
    await act();
    return output;
  } finally {
    for (const restore of restorers) restore();
  }
}

function start(parameters: readonly string[], options: CommandOptions): ChildProcess {
  const { shell, user } = options;
  const around = shell === undefined ? [] : ["bash", "-c", shell, "bash"];
  const [file = "", ...rest] = [...around, process.execPath, main, ...parameters];
  const child = spawn(file, rest, {
    ...(user === undefined ? {} : { uid: user, gid: user }),
    cwd: options.cwd ?? temporaryFolder(),
    env: { ...inherited(), NODE_COMPILE_CACHE: compiled, ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  // A test that fails waits for nobody.
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

export type ServedWorld = {
  readonly url: string;
  readonly vaults: readonly string[];
  readonly requests: () => readonly RequestRecord[];
  readonly world: () => World;
};

/** Serves a world, or that of a name, from this process until the test has ended, as `emulator` does from its own. */
export async function servedWorld(served: string | World, speed?: number): Promise<ServedWorld> {
  const world = typeof served === "string" ? loadWorld(served) : served;
  const times = speed ?? world.speed;
  const start = world.startsAt === undefined ? Date.now() : Date.parse(world.startsAt);
  const emulator = createEmulator({ world, clock: scaledClock(start, times) });
  const { url, close } = await serveEmulator({ emulator, port: 0, speed: times });
  onTestFinished(close);
  return {
    url,
    vaults: [...world.vaults, ...(world.backupVaults ?? [])].map((vault) => vault.id),
    // A copy: the emulator goes on writing its own.
    requests: () => [...emulator.requests()],
    world: emulator.world,
  };
}

export type EmulatorProcess = {
  readonly first: { readonly url: string; readonly world: string; readonly vaults: readonly string[] };
  /** Gives the exit code. */
  readonly end: (signal: "SIGINT" | "SIGTERM") => Promise<unknown>;
};

/** The command `emulator` in a process of its own, once it has said where it listens; ends with the test at the latest. */
export async function emulatorProcess(parameters: readonly string[]): Promise<EmulatorProcess> {
  const child = start(["emulator", ...parameters], {});
  const ended = new Promise((resolve) => child.on("close", resolve));
  const end: EmulatorProcess["end"] = (signal) => {
    child.kill(signal);
    return ended;
  };
  const line = new Promise<string>((resolve) => createInterface({ input: child.stdout! }).once("line", resolve));
  return { first: JSON.parse(await line) as EmulatorProcess["first"], end };
}

/** The writes among requests, as `METHOD path`, lower-cased. A query of Resource Graph is none. */
export function writesOf(requests: readonly RequestRecord[]): readonly string[] {
  return requests
    .filter((request) => request.method !== "GET" && !request.url.includes("/Microsoft.ResourceGraph/"))
    .map((request) => `${request.method} ${decodeURIComponent(new URL(request.url).pathname).toLowerCase()}`);
}
