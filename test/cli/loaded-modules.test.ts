// What a command loads: starting is fast because most of them need no SDK, and none of them all of it.

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../temporary-folder.ts";
import { commandLine } from "./command-line.ts";

const recorder = new URL("./recording-modules.ts", import.meta.url).href;

/** The modules that a command loads, ES modules and others alike, one a line. The command must succeed. */
async function modulesOf(parameters: readonly string[], cwd: string = temporaryFolder()): Promise<string> {
  const file = join(temporaryFolder(), "modules");
  const env = { NODE_OPTIONS: `--import=${recorder}`, RECORDED_MODULES: file };
  const { code, stderr } = await commandLine(parameters, { cwd, env });
  expect(code, stderr).toBe(0);
  expect(existsSync(file), "nothing was recorded").toBe(true);
  return readFileSync(file, "utf8");
}

/** The packages among these modules. */
function packagesAmong(modules: string): readonly string[] {
  const names = modules.matchAll(/\/node_modules\/((?:@[^/\n]+\/)?[^/\n]+)\/(?!.*\/node_modules\/)/g);
  return [...new Set([...names].map(([, name]) => name ?? ""))];
}

const packagesOf = async (parameters: readonly string[], cwd?: string): Promise<readonly string[]> =>
  packagesAmong(await modulesOf(parameters, cwd));

const isSdk = (name: string): boolean => name.startsWith("@azure") || name.startsWith("@typespec/");

describe("a command loads no more than it needs:", () => {
  it("--help no package at all", async () => {
    expect(await packagesOf(["--help"])).toEqual([]);
  });

  it("--version no SDK", async () => {
    const packages = await packagesOf(["--version"]);
    expect(packages).toContain("yargs");
    expect(packages.filter(isSdk)).toEqual([]);
  });

  it.each([
    ["a command", ["__complete", ""]],
    ["an option", ["__complete", "plan", "--"]],
    ["a world", ["__complete", "plan", "--emulator", ""]],
  ])("what completes %s no package at all", async (_what, parameters) => {
    expect(await packagesOf(parameters)).toEqual([]);
  });

  it.each(["text", "json", "ndjson"])("status as %s no SDK, and no display", async (format) => {
    const cwd = temporaryFolder();
    const apply = ["apply", "--emulator", "always-on", "--confirm", "rsv-alwayson-frc", "--speed", "100000"];
    expect((await commandLine(apply, { cwd })).code).toBe(0);
    const packages = await packagesOf(["status", "--format", format], cwd);
    expect(packages).toContain("yargs");
    expect(packages.filter((name) => isSdk(name) || name === "ora")).toEqual([]);
  });

  it("what shows the commands of a plan no package at all", () => {
    const file = join(temporaryFolder(), "modules");
    const shown = new URL("../../src/cli/shown-commands.ts", import.meta.url).href;
    const { status, stderr } = spawnSync(
      process.execPath,
      [`--import=${recorder}`, "-e", `import(${JSON.stringify(shown)})`],
      {
        env: { ...process.env, RECORDED_MODULES: file },
      },
    );
    expect(status, String(stderr)).toBe(0);
    const modules = readFileSync(file, "utf8");
    expect(modules).toContain("/equivalent-requests.ts");
    expect(packagesAmong(modules)).toEqual([]);
  });

  it.each(["text", "json"])("explain as %s the parser alone", async (format) => {
    expect(await packagesOf(["explain", "ScopeLocked", "--format", format])).toEqual(await packagesOf(["--version"]));
  });

  it("plan of a vault without Site Recovery the clients it asks, but nothing to sign in with and no display", async () => {
    const packages = await packagesOf(["plan", "--emulator", "small"]);
    expect(packages).toContain("@azure/arm-recoveryservicesbackup");
    expect(packages.filter((name) => /^@azure\/(identity|msal|.*siterecovery)|^ora$/.test(name))).toEqual([]);
  });

  it("plan on an emulator not the HTTP client that is built into Node", async () => {
    const modules = (await modulesOf(["plan", "--emulator", "small"])).split("\n");
    expect(modules).toContain("NativeModule url");
    expect(modules.filter((name) => name.startsWith("NativeModule") && name.includes("undici"))).toEqual([]);
  });

  it("plan of a vault with Site Recovery its client too, and every package of the SDK in one format", async () => {
    const modules = await modulesOf(["plan", "--emulator", "recorded-replicated-machine"]);
    expect(packagesAmong(modules)).toContain("@azure/arm-recoveryservices-siterecovery");
    const sdk = modules.split("\n").filter((url) => packagesAmong(url).some(isSdk));
    expect(sdk.filter((url) => url.includes("/commonjs/"))).not.toEqual([]);
    expect(sdk.filter((url) => url.includes("/esm/"))).toEqual([]);
  });
});
