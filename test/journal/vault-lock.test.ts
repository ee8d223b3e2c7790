// One run per vault: a living holder is named and respected, one that is surely gone is replaced.

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { takeLock, VaultLockedError } from "../../src/journal/vault-lock.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const now = new Date("2026-11-21T08:00:00Z");

/** The pid of a process that has ended. */
function deadPid(): number {
  return spawnSync(process.execPath, ["-e", "0"]).pid;
}

function heldBy(holder: Record<string, unknown>): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "lock.json"), JSON.stringify(holder));
  return folder;
}

describe("the lock of a vault", () => {
  it("is taken, says who holds it, and is gone when released", () => {
    const folder = temporaryFolder();
    const lock = takeLock(folder, "run-1", now);
    expect(JSON.parse(readFileSync(join(folder, "lock.json"), "utf8"))).toMatchObject({
      pid: process.pid,
      host: hostname(),
      since: "2026-11-21T08:00:00.000Z",
      run: "run-1",
    });
    lock.release();
    expect(existsSync(join(folder, "lock.json"))).toBe(false);
  });

  it("refuses a second run, naming run, pid, host and since", () => {
    const folder = temporaryFolder();
    takeLock(folder, "run-1", now);
    expect(() => takeLock(folder, "run-2", now)).toThrow(VaultLockedError);
    expect(() => takeLock(folder, "run-2", now)).toThrow(
      new RegExp(`run-1 \\(pid ${process.pid} on ${hostname()}, since 2026-11-21T08:00:00.000Z\\)`),
    );
  });

  it("is taken over from a process of this machine that has ended", () => {
    const folder = heldBy({ pid: deadPid(), host: hostname(), since: "x", run: "dead" });
    takeLock(folder, "run-2", now);
    expect(readFileSync(join(folder, "lock.json"), "utf8")).toContain("run-2");
  });

  it("is taken over when the pid now belongs to another process", () => {
    const folder = heldBy({ pid: process.pid, host: hostname(), since: "x", run: "dead", processStart: "1" });
    const canTell = existsSync(`/proc/${process.pid}/stat`);
    if (canTell) expect(() => takeLock(folder, "run-2", now)).not.toThrow();
    else expect(() => takeLock(folder, "run-2", now)).toThrow(VaultLockedError);
  });

  it("is never taken over from another machine, whatever its pid", () => {
    const folder = heldBy({ pid: deadPid(), host: "another-machine", since: "x", run: "far" });
    expect(() => takeLock(folder, "run-2", now)).toThrow("another-machine");
  });

  it("is respected when nobody can read who holds it", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "lock.json"), "{");
    expect(() => takeLock(folder, "run-2", now)).toThrow(VaultLockedError);
  });

  it("is taken over although another taker died while it did the same", () => {
    const folder = heldBy({ pid: deadPid(), host: hostname(), since: "x", run: "dead" });
    writeFileSync(
      join(folder, "lock.json.takeover"),
      JSON.stringify({ pid: deadPid(), host: hostname(), since: "x", run: "d2" }),
    );
    takeLock(folder, "run-2", now);
    expect(readFileSync(join(folder, "lock.json"), "utf8")).toContain("run-2");
    expect(existsSync(join(folder, "lock.json.takeover"))).toBe(false);
  });

  it("is not released by a run that no longer holds it", () => {
    const folder = temporaryFolder();
    const lock = takeLock(folder, "run-1", now);
    writeFileSync(join(folder, "lock.json"), JSON.stringify({ pid: 1, host: "h", since: "y", run: "other" }));
    lock.release();
    expect(existsSync(join(folder, "lock.json"))).toBe(true);
  });
});
