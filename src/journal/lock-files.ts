// Lock files on the disk: made whole or not at all, read up to a size, dated by the clock of the file system they are on.

import { closeSync, fstatSync, openSync, readSync, renameSync, rmSync, statSync } from "node:fs";
import { createDurably, syncName } from "./durable.ts";
import { readHolder } from "./lock-holder.ts";
import type { LockFiles } from "./lock-taking.ts";
import type { Machine } from "./machine.ts";
import { whereaboutsOf, type Whereabouts } from "./surely-gone.ts";

/** More than any lock of ours; what is longer is none, and is told from another by its beginning. */
const longestLock = 65_536;

/** Throws the system's errors. */
export function lockFilesOn(here: Machine): LockFiles {
  return {
    create: createNew,
    read: readLock,
    replace: (from, to) => {
      renameSync(from, to);
      syncName(to);
    },
    remove: (path) => rmSync(path, { force: true }),
    isGone: (path, text) => whereaboutsAt(path, text, here) === "gone",
  };
}

/** Undefined for a text that names nobody. */
export function whereaboutsAt(path: string, text: string, here: Machine): Whereabouts | undefined {
  const holder = readHolder(text);
  return typeof holder === "string" ? undefined : whereaboutsOf(holder, here, () => silenceAt(path));
}

function createNew(path: string, text: string): boolean {
  try {
    createDurably(path, text);
    return true;
  } catch (error) {
    if (isError(error, "EEXIST")) return false;
    throw error;
  }
}

/** Undefined when there is none. Opened anew for every look: a network file system then asks its server. */
export function readLock(path: string): string | undefined {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch (error) {
    if (isError(error, "ENOENT") || isError(error, "ESTALE")) return undefined;
    throw error;
  }
  try {
    const bytes = Buffer.alloc(Math.min(fstatSync(file).size, longestLock));
    return bytes.toString("utf8", 0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}

/** When the holder last gave a sign of life, as epoch milliseconds of the file system; undefined when the lock is gone. */
export function lastSignAt(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}

/** Two times of one clock, so that no other machine's clock makes a holder look silent. */
function silenceAt(path: string): number {
  const probe = `${path}.${process.pid}-now`;
  const sign = lastSignAt(path);
  try {
    closeSync(openSync(probe, "w", 0o600));
    return sign === undefined ? 0 : statSync(probe).mtimeMs - sign;
  } finally {
    rmSync(probe, { force: true });
  }
}

export function isError(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
