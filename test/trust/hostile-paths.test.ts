// Paths: no name leads out of the state folder, and no link in it is followed.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join, relative, sep } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openJournal, readJournal } from "../../src/journal/journal-file.ts";
import { allRuns, createRun, ensureWritable, readRun, vaultFolder } from "../../src/journal/state-folder.ts";
import { takeLock } from "../../src/journal/vault-lock.ts";
import type { RunEvent } from "../../src/model/event.ts";
import { commandLineHere } from "../cli/command-line.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const id = (name: string): string =>
  `/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/${name}`;

const started: RunEvent = {
  type: "run-started",
  formatVersion: 1,
  run: "20260101T000000Z-abcdef",
  plan: "p",
  vault: id("v"),
  azure: "public",
  tool: "t",
  steps: 1,
};

/** A run with a journal that has begun, in a folder of its own; the vault's folder. */
function begun(state: string, name = "v"): string {
  const folder = vaultFolder(state, id(name));
  const journal = openJournal(join(createRun(folder, "20260101T000000Z-abcdef", "plan"), "journal.ndjson"), Date);
  journal.append(started);
  journal.close();
  return folder;
}

describe("the folder of a vault", () => {
  it.each([
    ["the folder above", ".."],
    ["a way out", "../../x"],
    ["a device", "con"],
    ["a device with an ending", "nul.txt"],
    ["two segments", "a/b"],
    ["an encoded slash", "..%2f..%2fx"],
    ["a backslash", "..\\..\\x"],
    ["a drive", "C:x"],
    ["nothing", ""],
    ["the home folder", "~"],
    ["a hidden file", ".ssh"],
    ["a null", "a\0b"],
    ["an option", "-rf"],
    ["a very long name", "x".repeat(5000)],
    ["letters that lower case makes others of", "\u212Aİ"],
  ])("lies in the state folder under a plain name when the vault is called %s", (_what, name) => {
    const state = join(temporaryFolder(), "state");
    const folder = begun(state, name);
    expect(relative(state, folder)).not.toContain(sep);
    expect(basename(folder)).toMatch(/^[a-z0-9_-]{13,73}$/);
    expect(basename(folder)).toMatch(/-[0-9a-f]{12}$/);
    expect(readdirSync(state)).toEqual([basename(folder)]);
  });

  it("is another for every two vaults, however alike they are spelled", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (one, other) => {
        fc.pre(id(one).toLowerCase().replaceAll(/\/+/g, "/") !== id(other).toLowerCase().replaceAll(/\/+/g, "/"));
        fc.pre(!one.endsWith("/") && !other.endsWith("/"));
        expect(vaultFolder("s", id(one))).not.toBe(vaultFolder("s", id(other)));
      }),
      { numRuns: 50 },
    );
  });
});

describe("a link in the state folder", () => {
  it("in the place of a vault's folder is not written through, and its runs are not overlooked", () => {
    const [state, elsewhere] = [temporaryFolder(), temporaryFolder()];
    const folder = vaultFolder(state, id("v"));
    symlinkSync(elsewhere, folder);
    expect(() => ensureWritable(folder)).toThrow(
      `the state folder ${folder} is a symbolic link, which is not followed: choose another with --state-dir or put what it leads to in its place`,
    );
    expect(allRuns(state)).toMatchObject({ runs: [], unreadable: [{ vaultFolder: folder }] });
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  it("in the place of a run is never continued, and never passed over", async () => {
    const [state, other] = [temporaryFolder(), temporaryFolder()];
    const folder = vaultFolder(state, id("v"));
    mkdirSync(folder);
    symlinkSync(join(begun(other), "20260101T000000Z-abcdef"), join(folder, "20260101T000000Z-abcdef"));
    expect(allRuns(state)).toMatchObject({
      runs: [],
      unreadable: [{ run: "20260101T000000Z-abcdef", reason: expect.stringContaining("not followed") }],
    });
    const { code, stderr } = await commandLineHere(["status", "--state-dir", state]);
    expect(code).toBe(1);
    expect(stderr).toContain("run 20260101T000000Z-abcdef cannot be read");
  });

  it.each(["journal.ndjson", "plan.json"])("in the place of %s is not read", (name) => {
    const state = temporaryFolder();
    const run = join(begun(state), "20260101T000000Z-abcdef");
    const file = join(run, name);
    const moved = join(temporaryFolder(), name);
    writeFileSync(moved, readFileSync(file));
    rmSync(file);
    symlinkSync(moved, file);
    expect(() => readRun({ folder: run })).toThrow(`cannot read ${file} (a symbolic link, which is not followed)`);
  });

  it("in the place of a journal is not written through", () => {
    const run = temporaryFolder();
    const target = join(temporaryFolder(), "target");
    symlinkSync(target, join(run, "journal.ndjson"));
    expect(() => openJournal(join(run, "journal.ndjson"), Date)).toThrow(/ELOOP|EEXIST/);
    expect(existsSync(target)).toBe(false);
  });

  it("that leads to itself ends with one line", () => {
    const run = temporaryFolder();
    const path = join(run, "journal.ndjson");
    symlinkSync(path, path);
    expect(() => readJournal(path)).toThrow(/a symbolic link, which is not followed/);
  });

  it("in the place of a lock is not written through", () => {
    const folder = temporaryFolder();
    const target = join(temporaryFolder(), "target");
    symlinkSync(target, join(folder, "lock.json"));
    expect(() => takeLock(folder, "r", new Date())).toThrow();
    expect(existsSync(target)).toBe(false);
  });
});

describe("a run in a folder of another name", () => {
  it("is not continued as a run of its own", async () => {
    const state = temporaryFolder();
    const folder = begun(state);
    const copy = join(folder, "20270101T000000Z-abcdef");
    mkdirSync(copy);
    for (const name of ["journal.ndjson", "plan.json"])
      writeFileSync(join(copy, name), readFileSync(join(folder, "20260101T000000Z-abcdef", name)));
    const { stderr } = await commandLineHere(["status", "--state-dir", state]);
    expect(stderr).toContain(
      "run 20270101T000000Z-abcdef cannot be read: its journal is that of run 20260101T000000Z-abcdef",
    );
  });
});
