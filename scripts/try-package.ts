// Installs the packed package from the registry into an empty folder and uses it, as people will, under every version of Node
// that it says it supports: the oldest, the newest and those in long-term support. Needs the registry; writes nothing but to a
// temporary folder.

import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { oldestNode } from "../src/cli/node-version.ts";
import { packageFile, packedIn } from "../test/trust/packed.ts";

/** The oldest that is allowed, then the newest of every line that is supported now. */
const versions = [`${oldestNode}.0`, "22", "24", "26"];

const folder = mkdtempSync(join(tmpdir(), "vault-teardown-package-"));
const user = join(folder, "user");

try {
  const tarball = packedIn(folder);
  mkdirSync(user);
  npm(user, "install", "--ignore-scripts", tarball);
  byNpx(tarball);
  for (const version of versions) await under(installedNode(version));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Without an installation, by the tarball; and by the package's name where it is installed, though its command has another. */
function byNpx(tarball: string): void {
  const elsewhere = join(folder, "elsewhere");
  mkdirSync(elsewhere);
  const version = `${packageFile.version}\n`;
  expectSame(
    "npx --package",
    npm(elsewhere, "exec", "--yes", "--package", tarball, "--", "vault-teardown", "--version"),
    version,
  );
  expectSame("npx <tarball>", npm(elsewhere, "exec", "--yes", `file:${tarball}`, "--", "--version"), version);
  expectSame("npx by name", npm(user, "exec", "--offline", packageFile.name, "--", "--version"), version);
  const plan = npm(user, "exec", "--offline", packageFile.name, "--", "plan", "--emulator", "small");
  expectSame("npx plan", /^vault +(\S+)/.exec(plan)?.[1], "rsv-backup-weu");
  say("npx: by tarball, by package and by name");
}

/** The program of the newest Node that fits, as the registry has it. */
function installedNode(version: string): string {
  const place = join(folder, `node-${version}`);
  mkdirSync(place);
  const system = process.platform === "win32" ? "win" : process.platform;
  const name = `node-${system}-${process.arch}`;
  npm(place, "install", "--ignore-scripts", `${name}@${version}`);
  return join(place, "node_modules", name, "bin/node");
}

async function under(node: string): Promise<void> {
  const began = performance.now();
  const run = (...parameters: readonly string[]): string => ran(node, parameters, user, environment(node));
  const command = join(user, "node_modules/.bin/vault-teardown");
  expectSame("--version", run(command, "--version"), `${packageFile.version}\n`);
  expectSame("--help", run(command, "--help"), readFileSync(new URL("../src/cli/help.txt", import.meta.url), "utf8"));
  for (const world of ["small", "recorded-replicated-machine"]) {
    const plan = run(command, "plan", "--emulator", world, "--format", "json");
    expectSame(`plan of ${world}`, (JSON.parse(plan) as { readonly formatVersion: number }).formatVersion, 1);
  }
  expectSame("demo", /\ngone: .*\n/.test(run(command, "demo", "--speed", "2000")), true);
  await byProgram(node, command);
  say(`${run("--version").trim()}: works, in ${Math.round((performance.now() - began) / 1000)} s`);
}

/** The program of the documentation, against an emulator that the installed command serves. */
async function byProgram(node: string, command: string): Promise<void> {
  const types = readFileSync(join(user, "node_modules", packageFile.name, "dist/library/index.d.ts"), "utf8");
  const [, example = ""] = /```js\n([\s\S]*?) \* ```/.exec(types) ?? [];
  const program = join(user, "program.mjs");
  writeFileSync(program, example.replaceAll(/^ \* ?/gm, ""));
  const emulator = spawn(node, [command, "emulator", "always-on", "--port", "0", "--speed", "2000"], {
    cwd: user,
    env: environment(node),
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const first = await new Promise<string>((resolve) =>
      createInterface({ input: emulator.stdout }).once("line", resolve),
    );
    const { url, vaults } = JSON.parse(first) as { readonly url: string; readonly vaults: readonly string[] };
    const printed = ran(node, [program, vaults[0] ?? "", "rsv-alwayson-frc", url], user, environment(node));
    expectSame("a program", /^0 soft-deleted /m.test(printed), true);
  } finally {
    emulator.kill();
    rmSync(join(user, ".vault-teardown"), { recursive: true, force: true });
  }
}

/** Nothing of this machine but where programs lie, and how the registry is reached. */
function environment(node: string): NodeJS.ProcessEnv {
  return { PATH: [dirname(node), "/usr/bin", "/bin"].join(delimiter), HOME: user };
}

function npm(cwd: string, ...parameters: readonly string[]): string {
  const quiet = ["--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"];
  const at = parameters.indexOf("--");
  const own = at === -1 ? parameters : parameters.slice(0, at);
  return ran("npm", [...own, ...quiet, ...parameters.slice(own.length)], cwd);
}

function ran(
  program: string,
  parameters: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = process.env,
): string {
  const { status, stdout, stderr, error } = spawnSync(program, parameters, { cwd, env, encoding: "utf8" });
  const warned = /^.*\b\w*Warning: .*$/m.exec(stderr)?.[0];
  if (status === 0 && warned === undefined) return stdout;
  if (warned !== undefined) throw new Error(`${program} ${parameters.join(" ")} warned: ${warned}`);
  throw new Error(
    `${program} ${parameters.join(" ")} ended with ${status}: ${error?.message ?? `${stdout}${stderr}`.slice(-2000)}`,
  );
}

function expectSame(what: string, received: unknown, expected: unknown): void {
  if (received !== expected) throw new Error(`${what}: expected ${String(expected)}, received ${String(received)}`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
