// Where runs are kept: one folder per vault whatever its name, files for their owner only, one clear line when it cannot be written.

import { readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openJournal } from "../../src/journal/journal-file.ts";
import {
  createRun,
  ensureWritable,
  readRun,
  runsOf,
  StateFolderError,
  vaultFolder,
} from "../../src/journal/state-folder.ts";
import { takeLock } from "../../src/journal/vault-lock.ts";
import { insteadOf, systemError } from "../refusing-system.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const id = (name: string): string =>
  `/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/${name}`;

/** Writes the first event into the journal of a run's folder. */
function begin(folder: string): void {
  const start = {
    type: "run-started",
    formatVersion: 1,
    run: "r",
    plan: "p",
    vault: id("v"),
    azure: "public",
  } as const;
  const journal = openJournal(join(folder, "journal.ndjson"), { now: () => 0 });
  journal.append({ ...start, tool: "t", steps: 1 });
  journal.close();
}

describe("the folder of a vault", () => {
  it("is the same for every spelling of its id, and another for every other vault", () => {
    expect(vaultFolder("s", id("Vault-A"))).toBe(vaultFolder("s", id("vault-a").toUpperCase()));
    expect(vaultFolder("s", id("a"))).not.toBe(vaultFolder("s", id("a").replace("/g/", "/h/")));
  });

  it("stays directly under the state folder whatever the vault is called", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (name) => {
        const path = relative("state", vaultFolder("state", id(name)));
        expect(path).not.toContain(sep);
        expect(path).toMatch(/^[a-z0-9_-]+$/);
      }),
    );
    expect(vaultFolder("state", id("../../etc/passwd"))).not.toContain("..");
  });
});

describe("a new run", () => {
  it("keeps its plan for its owner only, and is found again once its journal has an event", () => {
    const folder = temporaryFolder();
    const run = createRun(folder, "20261121T080000Z-abcdef", "the plan\n");
    expect(statSync(join(run, "plan.json")).mode & 0o777).toBe(0o600);
    expect(runsOf(folder)).toEqual({ runs: [], unreadable: [] });
    writeFileSync(join(run, "journal.ndjson"), "");
    expect(runsOf(folder)).toEqual({ runs: [], unreadable: [] });
    begin(run);
    const { runs } = runsOf(folder);
    expect(runs).toMatchObject([{ run: "20261121T080000Z-abcdef", folder: run, start: { azure: "public" } }]);
    expect(readRun(runs[0]!)).toMatchObject({ planText: "the plan\n", journal: { count: 1 } });
  });

  it("that cannot be read is told with the reason, beside those that can", () => {
    const folder = temporaryFolder();
    for (const name of ["r-1", "r-2"]) begin(createRun(folder, name, "p"));
    writeFileSync(join(folder, "r-1", "journal.ndjson"), "{\n{\n{\n");
    expect(runsOf(folder)).toMatchObject({
      runs: [{ run: "r-2" }],
      unreadable: [{ run: "r-1", vaultFolder: folder, reason: expect.stringContaining("line 1 is not an event") }],
    });
  });

  it("never overwrites a run of the same name", () => {
    const folder = temporaryFolder();
    createRun(folder, "r", "one");
    expect(() => createRun(folder, "r", "two")).toThrow(StateFolderError);
  });
});

describe("a state folder that cannot be written", () => {
  it.each([
    ["beneath a file", "file/state", "ENOTDIR"],
    ["that is a link to nowhere", "link", "ENOTDIR"],
    ["beneath a link to nowhere", "link/state", "ENOTDIR"],
  ])("%s is one line with the folder, the reason and what to do", (_, name, code) => {
    const parent = temporaryFolder();
    writeFileSync(join(parent, "file"), "");
    symlinkSync("nowhere", join(parent, "link"));
    const said = `cannot write to the state folder ${join(parent, name)} (${code}): choose another with --state-dir or check that path and its disk`;
    expect(() => ensureWritable(join(parent, name))).toThrow(new StateFolderError(said));
    expect(readdirSync(parent).toSorted()).toEqual(["file", "link"]);
  });

  it.each([
    ["EPERM", "is on a file system without hard links (EPERM): choose one on another with --state-dir"],
    ["ENOTSUP", "is on a file system without hard links (ENOTSUP): choose one on another with --state-dir"],
  ])("whose file system has no hard links (%s) is told so, of a run and of a lock", (code, said) => {
    const folder = temporaryFolder();
    insteadOf("linkSync", () => () => {
      throw systemError(code);
    });
    expect(() => createRun(folder, "r", "plan")).toThrow(
      new StateFolderError(`the state folder ${join(folder, "r")} ${said}`),
    );
    expect(() => takeLock(folder, "r", new Date())).toThrow(new StateFolderError(`the state folder ${folder} ${said}`));
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    ["EROFS", "make it writable"],
    ["EDQUOT", "free the disk"],
    ["EIO", "check that path and its disk"],
  ])("is told with the same remedy everywhere: %s", (code, remedy) => {
    const folder = temporaryFolder();
    insteadOf("openSync", () => () => {
      throw systemError(code);
    });
    const said = `cannot write to the state folder ${folder} (${code}): choose another with --state-dir or ${remedy}`;
    expect(() => ensureWritable(folder)).toThrow(new StateFolderError(said));
    expect(() => takeLock(folder, "r", new Date())).toThrow(new StateFolderError(said));
    expect(() => openJournal(join(folder, "journal.ndjson"), { now: () => 0 })).toThrow(
      `cannot write to ${join(folder, "journal.ndjson")} (${code}): ${remedy}, then run the same command again`,
    );
  });

  it.runIf(process.platform === "linux")("in /proc, where no folder is ever found again, is no endless search", () => {
    expect(() => ensureWritable("/proc/vault-teardown/state")).toThrow(/\/proc\/\S+ \(ENOENT\): choose another/);
  });
});
