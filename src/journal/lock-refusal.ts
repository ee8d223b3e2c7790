// What is said about a lock that stands in the way or was lost: who holds it, their last sign of life, and the next action.

import { readHolder, type LockHolder } from "./lock-holder.ts";
import { silenceMilliseconds, type Whereabouts } from "./surely-gone.ts";

/** Thrown when another run holds the vault, or nobody can tell. One line for people. */
export class VaultLockedError extends Error {
  override readonly name = "VaultLockedError";
}

/** Thrown when a run finds that it no longer holds the vault. One line for people. */
export class VaultLockLostError extends Error {
  override readonly name = "VaultLockLostError";
}

type Lock = {
  readonly path: string;
  readonly text: string;
  /** Epoch milliseconds. */
  readonly lastSign: number | undefined;
};

/** Why the vault is not ours to take. */
export function lockedLine(lock: Lock, whereabouts: Whereabouts | undefined): string {
  const holder = readHolder(lock.text);
  if (typeof holder === "string") return unreadableLine(lock, holder);
  return `the vault is held by ${holderWords(holder)}, last sign of life ${timeOf(lock.lastSign)}: ${nextAction(lock.path, holder, whereabouts)}`;
}

/** What is said of a lock file that cannot be read at all. */
export function unreadableLine({ path, lastSign }: Omit<Lock, "text">, why: string): string {
  return `the vault is held by a lock that names nobody: ${path} cannot be read, ${why} (last changed ${timeOf(lastSign)}); if no run works on this vault any more, on no machine, remove that file and run the same command again`;
}

/**
 * What became of a lock that was ours. `holder`: who holds the vault now; in words, why that cannot be told; undefined when
 * nobody does.
 */
export function lostLine(path: string, run: string, holder: LockHolder | string | undefined): string {
  const stopped = `run ${run} stopped and writes nothing more, neither to Azure nor to its journal`;
  if (holder === undefined)
    return `the lock ${path} was removed while run ${run} held it: the run stopped; the same command goes on where its journal ends`;
  if (typeof holder === "string")
    return `the lock ${path} was replaced while run ${run} held it (${holder}): ${stopped}; if no run works on this vault any more, remove that file and run the same command again`;
  return `the vault is now held by ${holderWords(holder)}: ${stopped}; let that one end, then look with status`;
}

/** A lock that changes hands faster than it can be read. */
export function busyLine(path: string): string {
  return `the lock ${path} changes hands too fast to be read: run the same command again`;
}

function holderWords({ run, pid, host, since }: LockHolder): string {
  return `run ${run} (pid ${pid} on ${host}, since ${since})`;
}

function nextAction(path: string, { pid, host }: LockHolder, whereabouts: Whereabouts | undefined): string {
  const byHand = `only if process ${pid} has ended there, remove ${path} and run the same command again`;
  if (whereabouts === "other-machine") return `${host} is another machine, look there; ${byHand}`;
  if (whereabouts === "unknown-machine")
    return `nothing tells whether that ${host} is this machine or another of the same name, look for process ${pid} on each; ${byHand}`;
  if (whereabouts === "other-namespace")
    return `it is in another container, or outside this one, look there; ${byHand}`;
  if (whereabouts === "restarted")
    return `this machine was started anew since; once that sign is ${silenceMilliseconds / 60_000} minutes old, the same command takes over`;
  return `wait for it to end, or interrupt that process; then run the same command again`;
}

function timeOf(milliseconds: number | undefined): string {
  return milliseconds === undefined ? "unknown" : new Date(milliseconds).toISOString();
}
