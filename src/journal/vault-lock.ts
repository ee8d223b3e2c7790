// One run per vault at a time: a lock file that says who holds it, with a sign of life. Only a holder that is surely gone is replaced.

import { closeSync, constants, fsyncSync, openSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { hasCode, isSystemError } from "../model/system-error.ts";
import { makeFolder } from "./durable.ts";
import { lastSignAt, lockFilesOn, readLock, whereaboutsAt } from "./lock-files.ts";
import { lockText, readHolder, type LockHolder } from "./lock-holder.ts";
import {
  busyLine,
  lockedLine,
  lostLine,
  unreadableLine,
  VaultLockedError,
  VaultLockLostError,
} from "./lock-refusal.ts";
import { carriedOut, givingBack, taking, type InTheWay, type LockFiles } from "./lock-taking.ts";
import { thisMachine, type Machine } from "./machine.ts";
import { noFollow, UnreadableFileError } from "./regular-file.ts";
import { unusable } from "./state-folder.ts";

export type LostLock = {
  readonly error: VaultLockLostError;
  /** True when somebody holds the vault now; false when the lock was only removed. */
  readonly heldByOther: boolean;
};

export type VaultLock = {
  /** Looks whether the lock still is ours. Once lost it stays lost. */
  readonly lost: () => LostLock | undefined;
  /** Gives a sign of life, where the lock still is ours, and looks. */
  readonly renew: () => LostLock | undefined;
  readonly release: () => void;
};

/**
 * Takes the lock of a vault's folder. Throws VaultLockedError when it is not surely free; takes it over from a holder that
 * is surely gone. `here`: the machine this is taken on.
 */
export function takeLock(vaultFolder: string, run: string, now: Date, here: Machine = thisMachine()): VaultLock {
  const path = join(vaultFolder, "lock.json");
  const text = lockText(run, now, here);
  const files = lockFilesOn(here);
  let inTheWay: InTheWay | undefined;
  try {
    makeFolder(vaultFolder);
    inTheWay = carriedOut(taking(path, text), files);
  } catch (error) {
    if (error instanceof UnreadableFileError)
      throw new VaultLockedError(unreadableLine({ path, lastSign: lastSignAt(path) }, whyOf(error)));
    throw unusable(vaultFolder, error);
  }
  if (inTheWay !== undefined) throw new VaultLockedError(refusal(inTheWay, here));
  const pulse = openPulse(path);
  const lost = lossWatch(path, run, text);
  return {
    lost,
    renew: () => {
      const loss = lost();
      if (loss === undefined) pulse.beat();
      return loss;
    },
    release: () => {
      pulse.end();
      if (lost() === undefined) giveBack(path, text, files);
    },
  };
}

function refusal({ path, text }: InTheWay, here: Machine): string {
  if (text === undefined) return busyLine(path);
  return lockedLine({ path, text, lastSign: lastSignAt(path) }, whereaboutsAt(path, text, here));
}

/** Where the disk refuses, it is left: its holder is surely gone soon. */
function giveBack(path: string, text: string, files: LockFiles): void {
  try {
    carriedOut(givingBack(path, text), files);
  } catch (error) {
    if (!(error instanceof UnreadableFileError) && !isSystemError(error)) throw error;
  }
}

function lossWatch(path: string, run: string, text: string): VaultLock["lost"] {
  let loss: LostLock | undefined;
  return () => (loss ??= lossAt(path, run, text));
}

/** With these the system says that it cannot look now, and nothing about the lock. */
const passing: ReadonlySet<string> = new Set(["EIO", "EMFILE", "ENFILE", "EAGAIN", "EINTR", "ENOMEM"]);

/**
 * Undefined while the lock at `path` is the one with this text. That one could be opened when it was made: what cannot be
 * opened any more is another's, and so is what is no file.
 */
function lossAt(path: string, run: string, text: string): LostLock | undefined {
  const lostTo = (holder: LockHolder | string | undefined): LostLock => ({
    error: new VaultLockLostError(lostLine(path, run, holder)),
    heldByOther: holder !== undefined,
  });
  try {
    const found = readLock(path);
    if (found === text) return undefined;
    return lostTo(found === undefined ? undefined : readHolder(found));
  } catch (error) {
    if (!(error instanceof UnreadableFileError)) throw error;
    return passing.has(error.why) ? undefined : lostTo(whyOf(error));
  }
}

function whyOf({ why }: UnreadableFileError): string {
  return /^E[A-Z]+$/.test(why) ? `the system says ${why}` : `it is ${why}`;
}

type Pulse = { readonly beat: () => void; readonly end: () => void };

/**
 * The sign of life is the file's time. It is given by writing the first byte again, as it is, through the file that was
 * opened when the lock was taken: so the server of a network file system dates it by its own clock, the text is never torn
 * or half there, and neither a lock that was removed comes back nor another's is touched.
 */
function openPulse(path: string): Pulse {
  let file: number | undefined = openForWriting(path);
  const end = (): void => {
    if (file !== undefined) closeSync(file);
    file = undefined;
  };
  return {
    beat: () => {
      if (file === undefined) return;
      try {
        writeSync(file, "{", 0);
        fsyncSync(file);
      } catch (error) {
        // A sign that could not be given is given the next time.
        if (!isSystemError(error)) throw error;
      }
    },
    end,
  };
}

/** Undefined when it was removed in this moment, or a link put in its place: then it is found to be lost. */
function openForWriting(path: string): number | undefined {
  try {
    return openSync(path, constants.O_RDWR | noFollow);
  } catch (error) {
    if (hasCode(error, "ENOENT") || hasCode(error, "ELOOP")) return undefined;
    throw unusable(dirname(path), error);
  }
}
