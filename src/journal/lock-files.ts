// Lock files on the disk: made whole or not at all, read up to a size, dated by the clock of the file system they are on.

import { closeSync, fstatSync, lstatSync, openSync, renameSync, rmSync } from "node:fs";
import { hasCode } from "../model/system-error.ts";
import { createDurably, draftOf, syncName } from "./durable.ts";
import { readHolder } from "./lock-holder.ts";
import type { LockFiles } from "./lock-taking.ts";
import type { Machine } from "./machine.ts";
import { readText, UnreadableFileError } from "./regular-file.ts";
import { whereaboutsOf, type Whereabouts } from "./surely-gone.ts";

/** More than any lock of ours. */
const longestLock = 1024 * 1024;

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
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

/**
 * Undefined when there is none. Opened anew for every look: a network file system then asks its server. Throws
 * UnreadableFileError.
 */
export function readLock(path: string): string | undefined {
  try {
    return readText(path, longestLock, { follow: false });
  } catch (error) {
    if (error instanceof UnreadableFileError && ["ENOENT", "ENOTDIR", "ESTALE"].includes(error.why)) return undefined;
    throw error;
  }
}

/** When the holder last gave a sign of life, as epoch milliseconds of the file system; undefined when the lock is gone. */
export function lastSignAt(path: string): number | undefined {
  return lstatSync(path, { throwIfNoEntry: false })?.mtimeMs;
}

/** Two times of one clock, so that no other machine's clock makes a holder look silent. */
function silenceAt(path: string): number {
  const probe = draftOf(path);
  const sign = lastSignAt(path);
  // Made anew: a link that somebody put there would be written through.
  const file = openSync(probe, "wx", 0o600);
  try {
    return sign === undefined ? 0 : fstatSync(file).mtimeMs - sign;
  } finally {
    closeSync(file);
    rmSync(probe, { force: true });
  }
}
