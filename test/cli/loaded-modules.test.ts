// What a command loads: starting is fast because most of them need no SDK, and none of them all of it.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../temporary-folder.ts";
import { commandLine } from "./command-line.ts";

const recorder = new URL("./recording-modules.ts", import.meta.url).href;

/** The packages that a command loads, ES modules and others alike. The command must succeed. */
async function packagesOf(parameters: readonly string[], cwd: string = temporaryFolder()): Promise<readonly string[]> {
  const file = join(temporaryFolder(), "modules");
  const env = { NODE_OPTIONS: `--import=${recorder}`, RECORDED_MODULES: file };
  const { code, stderr } = await commandLine(parameters, { cwd, env });
  expect(code, stderr).toBe(0);
  expect(existsSync(file), "nothing was recorded").toBe(true);
  const names = readFileSync(file, "utf8").matchAll(
    /\/node_modules\/((?:@[^/\n]+\/)?[^/\n]+)\/(?!.*\/node_modules\/)/g,
  );
  return [...new Set([...names].map(([, name]) => name ?? ""))];
}

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

  it.each(["text", "json", "ndjson"])("status as %s no SDK, and no display", async (format) => {
    const cwd = temporaryFolder();
    const apply = ["apply", "--emulator", "always-on", "--confirm", "rsv-alwayson-frc", "--speed", "100000"];
    expect((await commandLine(apply, { cwd })).code).toBe(0);
    const packages = await packagesOf(["status", "--format", format], cwd);
    expect(packages).toContain("yargs");
    expect(packages.filter((name) => isSdk(name) || name === "ora")).toEqual([]);
  });

  it("plan on an emulator the clients, but nothing to sign in with and no display", async () => {
    const packages = await packagesOf(["plan", "--emulator", "small"]);
    expect(packages).toContain("@azure/arm-recoveryservicesbackup");
    expect(packages.filter((name) => /^@azure\/(identity|msal)|^ora$/.test(name))).toEqual([]);
  });
});
