// The rehearsals: the demo runs the main job on recorded facts, the emulator serves a world and saves it.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseWorld } from "../../src/emulator/world.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { commandLine, servedWorld } from "./command-line.ts";

describe("demo", () => {
  it("shows the plan, what happens, and the vault gone, and leaves nothing behind", async () => {
    const cwd = temporaryFolder();
    const { code, stdout, stderr } = await commandLine(["demo", "--speed", "600"], { cwd });
    expect(code, stderr).toBe(0);
    expect(stdout).toContain("recorded-file-shares");
    expect(stdout).toContain("steps, in order");
    expect(stderr).toContain("delete-item clitest-item000004: accepted (202), waiting for it");
    expect(stdout).toContain("gone: Azure no longer has clitest-vault000002");
    const { readdirSync } = await import("node:fs");
    expect(readdirSync(cwd)).toEqual([]);
  });

  it("can be shown on another world", async () => {
    const { code, stdout } = await commandLine(["demo", "--world", "recorded-virtual-machine", "--speed", "600"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/gone: clitest-vault000002 is soft-deleted; Azure purges it at/);
  });
});

describe("emulator", () => {
  it("prints its address, world and vaults as JSON on the first line", async () => {
    const { firstLine } = await servedWorld("small");
    expect(firstLine).toMatchObject({ url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/), world: "small" });
    expect(firstLine.vaults).toEqual([expect.stringMatching(/\/vaults\/rsv-backup-weu$/)]);
  });

  it("saves its world when it ends, to be loaded again", async () => {
    const cwd = temporaryFolder();
    const saved = join(cwd, "saved.json");
    const { spawn } = await import("node:child_process");
    const main = new URL("../../src/cli/main.ts", import.meta.url).pathname;
    const child = spawn(process.execPath, [main, "emulator", "--port", "0", "--world", "small", "--save", saved]);
    const code = await new Promise((resolve) => {
      child.stdout.once("data", () => void child.kill("SIGTERM"));
      child.on("close", resolve);
    });
    expect(code).toBe(0);
    expect(parseWorld(readFileSync(saved, "utf8"), saved).vaults).toHaveLength(1);
    expect((await commandLine(["plan", "--emulator", saved])).code).toBe(0);
  });
});
