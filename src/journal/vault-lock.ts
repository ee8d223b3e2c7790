// One run per vault at a time: a lock file that says who holds it. A holder that is surely gone is replaced, never a living one.

import { existsSync, readFileSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { createDurably } from "./durable.ts";
import { unusable } from "./state-folder.ts";

export type LockHolder = {
  readonly pid: number;
  readonly host: string;
  /** ISO time at which the lock was taken. */
  readonly since: string;
  readonly run: string;
  /** When the holding process started, where the system tells: a pid may be given out again. */
  readonly processStart?: string;
};

/** Thrown when another run holds the vault. One line for people. */
export class VaultLockedError extends Error {
  override readonly name = "VaultLockedError";
  readonly holder: LockHolder;

  constructor(holder: LockHolder, path: string) {
    super(
      `the vault is held by run ${holder.run} (pid ${holder.pid} on ${holder.host}, since ${holder.since}): wait for it, or remove ${path} if that process is gone`,
    );
    this.holder = holder;
  }
}

export type VaultLock = { readonly release: () => void };

/**
 * Takes the lock of a vault's folder. Throws VaultLockedError when another process holds it; takes over the lock of a
 * process of this machine that no longer lives.
 */
export function takeLock(vaultFolder: string, run: string, now: Date): VaultLock {
  const path = join(vaultFolder, "lock.json");
  const start = processStart(process.pid);
  const holder: LockHolder = {
    pid: process.pid,
    host: hostname(),
    since: now.toISOString(),
    run,
    ...(start === undefined ? {} : { processStart: start }),
  };
  if (!createExclusively(path, holder)) takeOver(path, holder);
  return { release: () => releaseOwn(path, holder) };
}

function createExclusively(path: string, holder: LockHolder): boolean {
  try {
    createDurably(path, JSON.stringify(holder));
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw unusable(path, error);
  }
}

/** Only one of several takers wins: the stale lock is moved aside under a guard that itself is created exclusively. */
function takeOver(path: string, holder: LockHolder): void {
  const guard = `${path}.takeover`;
  const found = readHolder(path);
  if (found === undefined || isAlive(found)) throw new VaultLockedError(found ?? unreadable(), path);
  const guarding = readHolder(guard);
  if (guarding !== undefined && !isAlive(guarding)) rmSync(guard, { force: true });
  if (!createExclusively(guard, holder)) throw new VaultLockedError(readHolder(guard) ?? unreadable(), guard);
  try {
    const again = readHolder(path);
    if (again === undefined || isAlive(again)) throw new VaultLockedError(again ?? unreadable(), path);
    rmSync(path);
    if (!createExclusively(path, holder)) throw new VaultLockedError(readHolder(path) ?? unreadable(), path);
  } finally {
    rmSync(guard, { force: true });
  }
}

function readHolder(path: string): LockHolder | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, "utf8"));
    const isHolder = typeof value === "object" && value !== null && "pid" in value && "host" in value;
    return isHolder ? (value as LockHolder) : undefined;
  } catch {
    return undefined;
  }
}

function unreadable(): LockHolder {
  return { pid: 0, host: "unknown", since: "unknown", run: "unknown" };
}

/** A process of another machine counts as alive: nobody here can know. */
function isAlive(holder: LockHolder): boolean {
  if (holder.host !== hostname()) return true;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
  const start = processStart(holder.pid);
  return holder.processStart === undefined || start === undefined || start === holder.processStart;
}

/** Linux tells when a process started, in clock ticks since boot; elsewhere the pid alone must do. */
function processStart(pid: number): string | undefined {
  const path = `/proc/${pid}/stat`;
  if (!existsSync(path)) return undefined;
  try {
    const stat = readFileSync(path, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}

function releaseOwn(path: string, holder: LockHolder): void {
  const found = readHolder(path);
  if (found?.pid === holder.pid && found.since === holder.since) rmSync(path, { force: true });
}
