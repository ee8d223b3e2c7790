// Names that survive a crash: an error of the disk is no success, and no file stays open behind it.

import fs, { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createDurably, makeFolder, replaceDurably, syncName } from "../../src/journal/durable.ts";
import { openJournal } from "../../src/journal/journal-file.ts";
import { insteadOf, systemError } from "../refusing-system.ts";
import { temporaryFolder } from "../temporary-folder.ts";

/** The folders are refused their sync with this code; how many files are open then, above those that were. */
function refusingFolders(code: string): () => number {
  const open = new Set<number>();
  insteadOf("openSync", (real) => (...how) => {
    const file = real(...how);
    open.add(file);
    return file;
  });
  insteadOf("closeSync", (real) => (file) => {
    open.delete(file);
    real(file);
  });
  insteadOf("fsyncSync", (real) => (file) => {
    if (fs.fstatSync(file).isDirectory()) throw systemError(code);
    real(file);
  });
  return () => open.size;
}

const clock = { now: () => 0 };

describe("a disk that cannot store the name of what is new", () => {
  it.each<[string, (path: string) => unknown, RegExp]>([
    ["a file is made", (path) => createDurably(path, "text"), /^EIO/],
    ["a file is replaced", (path) => replaceDurably(path, ["text"]), /^EIO/],
    ["a folder is made", makeFolder, /^EIO/],
    ["a journal is begun", (path) => openJournal(path, clock), /^cannot write to .* \(EIO\)/],
  ])("is told where %s, and nothing stays open", (_what, act, error) => {
    const path = join(temporaryFolder(), "new");
    const open = refusingFolders("EIO");
    expect(() => act(path)).toThrow(error);
    expect(open()).toBe(0);
  });

  it.each(["EISDIR", "EPERM", "EACCES", "EINVAL", "ENOTSUP"])(
    "is trusted with it where folders cannot be synced (%s)",
    (code) => {
      const path = join(temporaryFolder(), "new");
      const open = refusingFolders(code);
      createDurably(path, "text");
      expect([readFileSync(path, "utf8"), open()]).toEqual(["text", 0]);
    },
  );

  it("is told where the folder has gone", () => {
    expect(() => syncName(join(temporaryFolder(), "nowhere", "new"))).toThrow(/ENOENT/);
  });
});
