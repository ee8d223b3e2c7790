// In which order files are made, read and renamed so that never two hold a lock, whoever dies in between. It touches no file itself.

import { createHash } from "node:crypto";

/** The few things done with lock files. Each happens at once or not at all, whatever other processes do. */
export type LockFiles = {
  /** Makes the file with this text; false when there is one already. */
  readonly create: (path: string, text: string) => boolean;
  readonly read: (path: string) => string | undefined;
  /** Gives a file the name of another, which is gone then. */
  readonly replace: (from: string, to: string) => void;
  readonly remove: (path: string) => void;
  /** Whether whoever wrote this text into this file is surely gone. */
  readonly isGone: (path: string, text: string) => boolean;
};

type Operation = (files: LockFiles) => unknown;

/** What is done one operation after another: on the disk by the caller, in every order by tests. */
export type Taking<R> = Generator<Operation, R, unknown>;

/** The file that stood in the way, and its text; no text when it changed hands too fast to be read. */
export type InTheWay = { readonly path: string; readonly text?: string };

/** A lock that is released while it is asked for is asked for again. */
const attempts = 5;

/**
 * Takes the lock at `path` with a text that no other taking has. Returns undefined when it is taken, else what stands in
 * the way.
 *
 * A lock whose holder is gone is not removed: between looking and removing it could be another's already. It is replaced,
 * by whoever has the right to: a file beside it that is named after the very text it replaces and can be made only once.
 * With the right in hand the lock is read again; with the same text, nobody else can have changed it or will. The right
 * itself is a lock like the other, so that of a taker who died over it is taken the same way.
 */
export function* taking(path: string, text: string): Taking<InTheWay | undefined> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (yield* on((files) => files.create(path, text))) return undefined;
    const found = yield* on((files) => files.read(path));
    if (found === undefined) continue;
    // A network file system may repeat a creation whose answer got lost, and then say that the file is there.
    if (found === text) return undefined;
    if (!(yield* on((files) => files.isGone(path, found)))) return { path, text: found };
    const right = rightToReplace(path, found);
    const inTheWay = yield* taking(right, text);
    if (inTheWay !== undefined) return inTheWay;
    if ((yield* on((files) => files.read(path))) === found) {
      yield* on((files) => files.replace(right, path));
      return undefined;
    }
    yield* on((files) => files.remove(right));
  }
  return { path };
}

/** Gives back the lock at `path`, where it still is the one with this text. */
export function* givingBack(path: string, text: string): Taking<void> {
  if ((yield* on((files) => files.read(path))) === text) yield* on((files) => files.remove(path));
}

function rightToReplace(path: string, text: string): string {
  return `${path}.${createHash("sha256").update(text).digest("hex").slice(0, 16)}`;
}

function* on<R>(operation: (files: LockFiles) => R): Taking<R> {
  return (yield operation) as R;
}

/** Carries it out on these files. */
export function carriedOut<R>(steps: Taking<R>, files: LockFiles): R {
  let next = steps.next();
  while (next.done !== true) next = steps.next(next.value(files));
  return next.value;
}
