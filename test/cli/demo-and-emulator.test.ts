// The rehearsals: the demo runs the main job on recorded facts, the emulator serves a world and saves it.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseWorld } from "../../src/emulator/world.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { commandLineHere, emulatorProcess } from "./command-line.ts";

describe("demo", () => {
  it("shows the plan, what happens, and the vault gone, and leaves nothing behind", async () => {
    const cwd = temporaryFolder();
    const { code, stdout, stderr } = await commandLineHere(["demo", "--speed", "600"], { cwd });
    expect(code, stderr).toBe(0);
    expect(stdout).toContain("recorded-file-shares");
    expect(stdout).toContain("steps, in order");
    expect(stderr).toContain("delete-item clitest-item000004: accepted (202), waiting for it");
    expect(stdout).toContain("gone: Azure no longer has clitest-vault000002");
    expect(readdirSync(cwd)).toEqual([]);
  });

  it("can be shown on another world", async () => {
    const { code, stdout } = await commandLineHere(["demo", "--world", "recorded-virtual-machine", "--speed", "600"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/gone: clitest-vault000002 is soft-deleted; Azure purges it at/);
  });
});

describe("a rehearsal with a seed", () => {
  it("takes drawn times and ends as without one", async () => {
    const { code, stdout } = await commandLineHere(["demo", "--seed", "7", "--speed", "600"]);
    expect(code).toBe(0);
    expect(stdout).toContain("gone: Azure no longer has clitest-vault000002");
  });
});

describe("emulator", () => {
  it("serves a world of any size, named without an option", async () => {
    const folder = temporaryFolder();
    const { first, end } = await emulatorProcess(["large:25", "--save", join(folder, "saved.json")]);
    expect(first).toMatchObject({ world: "large:25", vaults: [expect.stringMatching(/\/vaults\/rsv-large-weu$/)] });
    expect(await end("SIGINT")).toBe(0);
    const [vault] = parseWorld(readFileSync(join(folder, "saved.json"), "utf8"), "saved.json").vaults;
    expect(vault?.protectedItems).toHaveLength(25);
    expect(readdirSync(folder)).toEqual(["saved.json"]);
  });

  it("prints its address, world and vaults as JSON on the first line, and saves its world when it ends", async () => {
    const cwd = temporaryFolder();
    const saved = join(cwd, "saved.json");
    const { first, end } = await emulatorProcess(["--port", "0", "--world", "small", "--seed", "7", "--save", saved]);
    expect(first).toMatchObject({ url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/), world: "small" });
    expect(first.vaults).toEqual([expect.stringMatching(/\/vaults\/rsv-backup-weu$/)]);
    const vault = await fetch(`${first.url}${first.vaults[0]}?api-version=2025-02-01`);
    expect(vault.status).toBe(200);
    expect(await end("SIGTERM")).toBe(0);
    const world = parseWorld(readFileSync(saved, "utf8"), saved);
    expect(world.vaults).toHaveLength(1);
    expect(world.seed).toBe(7);
    expect((await commandLineHere(["plan", "--emulator", saved])).code).toBe(0);
  });
});
