// `emulator --save`: refused before it serves where nothing could be saved, and never half a file.

import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkSaveFile, saveWorld } from "../../src/cli/save-world.ts";
import { UserError } from "../../src/cli/user-error.ts";
import { loadWorld } from "../../src/emulator/worlds.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { commandLine } from "./command-line.ts";

const world = loadWorld("recorded-virtual-machine");

describe("a file to save to", () => {
  it("may be new, or one that is replaced, and nothing stays beside it", () => {
    const folder = temporaryFolder();
    const file = join(folder, "world.json");
    for (const content of [world, { ...world, name: "another" }]) {
      checkSaveFile(file);
      saveWorld(file, content);
      expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(content);
    }
    expect(readdirSync(folder)).toEqual(["world.json"]);
  });

  it("may be reached through a link, which stays one", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "real.json"), "before");
    symlinkSync(join(folder, "real.json"), join(folder, "link.json"));
    saveWorld(join(folder, "link.json"), world);
    expect(loadWorld(join(folder, "real.json"))).toEqual(world);
    expect(readdirSync(folder).toSorted()).toEqual(["link.json", "real.json"]);
  });

  it.each([
    ["straight", "real.json"],
    ["by another link", "second.json"],
    ["by a folder that is one", "other/../../real.json"],
  ])("may be one to which a link leads %s, new or not", (_what, leads) => {
    const folder = temporaryFolder();
    const real = join(folder, "below", "real.json");
    mkdirSync(join(folder, "below", "deep", "er"), { recursive: true });
    symlinkSync("real.json", join(folder, "below", "second.json"));
    symlinkSync(join("deep", "er"), join(folder, "below", "other"));
    symlinkSync(`below/${leads}`, join(folder, "link.json"));
    for (const content of [world, { ...world, name: "another" }]) {
      checkSaveFile(join(folder, "link.json"));
      saveWorld(join(folder, "link.json"), content);
      expect(loadWorld(real)).toEqual(content);
    }
    expect(lstatSync(join(folder, "link.json")).isSymbolicLink()).toBe(true);
    expect(readdirSync(join(folder, "below")).toSorted()).toEqual(["deep", "other", "real.json", "second.json"]);
  });

  it("is none where links lead in a circle", () => {
    const file = join(temporaryFolder(), "link.json");
    symlinkSync("link.json", file);
    expect(() => checkSaveFile(file)).toThrow(/cannot save the world to .* \(ELOOP\)/);
    expect(() => saveWorld(file, world)).toThrow(/cannot save the world to .* \(ELOOP\)/);
  });

  it.each([
    ["in a folder that is not there", (folder: string) => join(folder, "nowhere", "world.json"), "ENOENT"],
    ["that is a folder", (folder: string) => folder, "EISDIR"],
    ["below what is a file", (folder: string) => join(folder, "taken", "world.json"), "ENOTDIR"],
  ])("%s is refused", (_, fileIn, code) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "taken"), "");
    const file = fileIn(folder);
    const said = `cannot save the world to ${file} (${code}): give a file that can be written with --save`;
    expect(() => checkSaveFile(file)).toThrow(new UserError(said));
    expect(() => saveWorld(file, world)).toThrow(new UserError(said));
    expect(readdirSync(folder)).toEqual(["taken"]);
  });
});

describe("the command", () => {
  it("says so before it serves anything", async () => {
    const file = join(temporaryFolder(), "nowhere", "world.json");
    const { code, stdout, stderr } = await commandLine(["emulator", "--save", file]);
    expect(code).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toBe(
      `vault-teardown: cannot save the world to ${file} (ENOENT): give a file that can be written with --save\n`,
    );
  });

  it("says so when the folder has gone in the meantime", async () => {
    const folder = join(temporaryFolder(), "gone");
    mkdirSync(folder);
    const file = join(folder, "world.json");
    const { code, stderr } = await commandLine(["emulator", "--save", file], {
      onStdout: (_, child) => {
        rmSync(folder, { recursive: true });
        child.kill("SIGTERM");
      },
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^vault-teardown: cannot save the world to .* \(ENOENT\): give a file/u);
  });
});
