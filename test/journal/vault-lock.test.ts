// One run per vault: a living holder is named and respected, one that is surely gone is replaced, and a loss is noticed.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { LockHolder } from "../../src/journal/lock-holder.ts";
import { thisMachine } from "../../src/journal/machine.ts";
import { takeLock } from "../../src/journal/vault-lock.ts";
import { insteadOf, systemError } from "../refusing-system.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const now = new Date("2026-11-21T08:00:00Z");
const here = thisMachine();

const read = (folder: string): string => readFileSync(join(folder, "lock.json"), "utf8");
const holderIn = (folder: string): LockHolder => JSON.parse(read(folder)) as LockHolder;

/** The pid of a process that has ended. */
const deadPid = (): number => spawnSync(process.execPath, ["-e", "0"]).pid;

/** A folder held as this process would hold it, but for what is said otherwise. */
function heldBy(change: Readonly<Record<string, unknown>>, sign = now): string {
  const folder = temporaryFolder();
  takeLock(folder, "run-1", now);
  writeFileSync(join(folder, "lock.json"), JSON.stringify({ ...holderIn(folder), ...change }));
  utimesSync(join(folder, "lock.json"), sign, sign);
  return folder;
}

/** What a taker is told. */
function refusal(folder: string, machine = here): string {
  const before = read(folder);
  try {
    takeLock(folder, "run-2", now, machine);
  } catch (error) {
    expect(error).toMatchObject({ name: "VaultLockedError" });
    expect(read(folder)).toBe(before);
    expect(readdirSync(folder)).toEqual(["lock.json"]);
    return (error as Error).message;
  }
  throw new Error("the lock was taken");
}

describe("the lock of a vault", () => {
  it("is taken, says who holds it, and is gone when released", () => {
    const folder = temporaryFolder();
    const lock = takeLock(folder, "run-1", now);
    const start = here.processOf(process.pid)?.start;
    expect(holderIn(folder)).toMatchObject({
      formatVersion: 1,
      pid: process.pid,
      host: hostname(),
      since: "2026-11-21T08:00:00.000Z",
      run: "run-1",
      ...(start === undefined ? {} : { processStart: start, boot: here.boot, pidNamespace: here.pidNamespace }),
    });
    expect(statSync(join(folder, "lock.json")).mode & 0o777).toBe(0o600);
    lock.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("refuses a second run, naming run, pid, host, since and the last sign of life", () => {
    const folder = heldBy({}, new Date("2026-11-21T08:30:00Z"));
    expect(refusal(folder)).toBe(
      `the vault is held by run run-1 (pid ${process.pid} on ${hostname()}, since 2026-11-21T08:00:00.000Z), last sign of life 2026-11-21T08:30:00.000Z: wait for it to end, or interrupt that process; then run the same command again`,
    );
  });

  it("is taken over from a process of this machine that has ended, and leaves nothing else behind", () => {
    const folder = heldBy({ pid: deadPid() });
    takeLock(folder, "run-2", now);
    expect(holderIn(folder).run).toBe("run-2");
    expect(readdirSync(folder)).toEqual(["lock.json"]);
  });

  it("is never taken over from another machine, whatever its pid, its clock and its silence", () => {
    for (const sign of [new Date("2001-01-01T00:00:00Z"), new Date("2061-01-01T00:00:00Z")]) {
      const said = refusal(heldBy({ pid: 4242, host: "another-machine" }, sign));
      expect(said).toContain(`last sign of life ${sign.toISOString()}: another-machine is another machine, look there`);
      expect(said).toMatch(
        /only if process 4242 has ended there, remove \S+lock\.json and run the same command again$/,
      );
    }
  });

  it("is never taken over from another container of this machine", () => {
    const said = refusal(heldBy({ pid: deadPid(), pidNamespace: "pid:[1]" }, new Date("2001-01-01T00:00:00Z")));
    expect(said).toMatch(/it is in another container, or outside this one, look there; only if process \d+ has ended/);
  });

  it("is never taken over where the system does not tell whether this is the holder's machine", () => {
    const { boot: _boot, pidNamespace: _space, machine: _machine, ...bare } = here;
    const pid = deadPid();
    const untold = { pid, boot: undefined, pidNamespace: undefined, machine: undefined };
    const said = refusal(heldBy(untold, new Date("2001-01-01T00:00:00Z")), bare);
    expect(said).toContain(
      `nothing tells whether that ${hostname()} is this machine or another of the same name, look for process ${pid} on each`,
    );
    expect(said).toMatch(/only if process \d+ has ended there, remove \S+lock\.json and run the same command again$/);
  });

  it("is taken over after a restart of the machine once it was silent, by the clock of the file system alone", () => {
    const machine = { ...here, boot: "this boot", machine: "one machine", pidNamespace: "pid:[4026531836]" };
    const before = { ...machine, boot: "the boot before", pid: process.pid, processOf: undefined };
    const wrongClock = new Date("2061-01-01T00:00:00Z");
    expect(refusal(heldBy(before, new Date()), machine)).toContain("once that sign is 2 minutes old");
    const silent = heldBy(before, new Date(Date.now() - 130_000));
    takeLock(silent, "run-2", wrongClock, machine).release();
    expect(existsSync(join(silent, "lock.json"))).toBe(false);
  });

  it("is dated by a file made anew under a name nobody can know, and no link is written through", () => {
    const machine = { ...here, boot: "this boot", machine: "one machine", pidNamespace: "pid:[4026531836]" };
    const folder = heldBy({ ...machine, boot: "the boot before" }, new Date(Date.now() - 130_000));
    const target = join(temporaryFolder(), "target");
    writeFileSync(target, "precious");
    symlinkSync(target, join(folder, `lock.json.${process.pid}-now`));
    const made: string[] = [];
    insteadOf("openSync", (real) => (path, flags, mode) => {
      if (typeof flags === "string" && flags.startsWith("w")) made.push(`${flags} ${String(path)}`);
      return real(path, flags, mode);
    });
    takeLock(folder, "run-2", now, machine);
    expect(readFileSync(target, "utf8")).toBe("precious");
    // The lock, the look at its age, and the right to replace it.
    expect(made.length).toBeGreaterThanOrEqual(3);
    for (const name of made) expect(name).toMatch(/^wx \S+\.\d+-[0-9a-f]{8}$/);
    expect(new Set(made).size).toBe(made.length);
  });

  it.each([
    ["", "it is empty"],
    ["\0\0\0\0", "it is not JSON"],
    ['{"formatVersion":1,"pid":42,"ho', "it is not JSON, or only the beginning of it"],
    ["[]", "it is not a lock"],
    ['{"pid":42,"host":"h","since":"x","run":"r"}', "it has lock format version none, expected 1"],
    ['{"formatVersion":2}', "it has lock format version 2, expected 1"],
    [
      '{"formatVersion":1,"pid":-1,"host":"h","since":"x","run":"r","token":"t"}',
      "its pid is not a whole number above 0",
    ],
    ['{"formatVersion":1,"pid":1,"since":"x","run":"r","token":"t"}', "its host is missing"],
    [
      '{"formatVersion":1,"pid":1,"host":"h","since":"x","run":"r","token":"t","boot":7}',
      "its boot is not a text of 1 to 300 characters",
    ],
    ['{"formatVersion":1,"pid":1,"host":"h","since":"x","run":"r","token":"t","user":"u"}', "its user is not known"],
    [
      `{"formatVersion":1,"pid":1,"host":"${"h".repeat(301)}","since":"x","run":"r","token":"t"}`,
      "its host is not a text of 1 to 300 characters",
    ],
    ["x".repeat(1_100_000), "it is larger than 1 MiB"],
  ])("is respected when nobody can read who holds it (%#)", (text, why) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "lock.json"), text);
    utimesSync(join(folder, "lock.json"), 0, 0);
    const said = refusal(folder);
    expect(said).toContain(`${join(folder, "lock.json")} cannot be read, ${why}`);
    expect(said).toMatch(/if no run works on this vault any more, on no machine, remove that file and run the same/);
  });

  it("is taken over although another taker died while it did the same", () => {
    const folder = heldBy({ pid: deadPid() });
    const dead = heldBy({ pid: deadPid(), token: "another" });
    // The right to replace exactly this lock: it bears the name a taker gives it.
    const right = takenRight(folder);
    writeFileSync(right, read(dead));
    takeLock(folder, "run-2", now);
    expect(holderIn(folder).run).toBe("run-2");
    expect(readdirSync(folder)).toEqual(["lock.json"]);
  });

  it("is not taken over while another living taker is about to", () => {
    const folder = heldBy({ pid: deadPid(), run: "dead" });
    const right = takenRight(folder);
    writeFileSync(right, read(heldBy({ run: "faster" })));
    expect(() => takeLock(folder, "run-2", now)).toThrow("held by run faster");
    expect(holderIn(folder).run).toBe("dead");
  });
});

/** The file that a taker of this stale lock makes first: the right to replace this very text. */
function takenRight(folder: string): string {
  const name = createHash("sha256").update(read(folder)).digest("hex").slice(0, 16);
  return join(folder, `lock.json.${name}`);
}

describe("a lock that is held", () => {
  it("shows a sign of life that changes no byte of it", () => {
    const folder = temporaryFolder();
    const lock = takeLock(folder, "run-1", now);
    const before = read(folder);
    utimesSync(join(folder, "lock.json"), 0, 0);
    expect(lock.renew()).toBeUndefined();
    expect(Date.now() - statSync(join(folder, "lock.json")).mtimeMs).toBeLessThan(60_000);
    expect(read(folder)).toBe(before);
  });

  it("is lost when it was removed: it is told, not made anew, and stays lost", () => {
    const folder = temporaryFolder();
    const lock = takeLock(folder, "run-1", now);
    const text = read(folder);
    rmSync(join(folder, "lock.json"));
    const loss = lock.renew();
    expect(loss).toMatchObject({ heldByOther: false, error: { name: "VaultLockLostError" } });
    expect(loss?.error.message).toMatch(/lock\.json was removed while run run-1 held it.*the same command goes on/);
    expect(readdirSync(folder)).toEqual([]);
    writeFileSync(join(folder, "lock.json"), text);
    expect(lock.lost()).toBe(loss);
    lock.release();
    expect(read(folder)).toBe(text);
  });

  it("is lost when another took it: who holds it is told, and nothing of it is touched or released", () => {
    const folder = temporaryFolder();
    const lock = takeLock(folder, "run-1", now);
    rmSync(join(folder, "lock.json"));
    const other = takeLock(folder, "run-2", now);
    utimesSync(join(folder, "lock.json"), 0, 0);
    const loss = lock.renew();
    expect(loss?.heldByOther).toBe(true);
    expect(loss?.error.message).toMatch(
      new RegExp(`now held by run run-2 \\(pid ${process.pid} on .*: run run-1 stopped and writes nothing more`),
    );
    lock.release();
    expect(statSync(join(folder, "lock.json")).mtimeMs).toBe(0);
    expect(other.lost()).toBeUndefined();
  });

  it("is lost, and nothing written through, when a link takes its place in the moment it is taken", () => {
    const folder = temporaryFolder();
    const elsewhere = temporaryFolder();
    insteadOf("linkSync", (real) => (from, to) => {
      real(from, to);
      rmSync(to);
      symlinkSync(elsewhere, to);
    });
    const lock = takeLock(folder, "run-1", now);
    expect(lock.renew()?.error.message).toMatch(/was replaced .* \(it is a symbolic link, which is not followed\)/);
  });

  it("is lost when something unreadable stands in its place", () => {
    const folder = temporaryFolder();
    const lock = takeLock(folder, "run-1", now);
    writeFileSync(join(folder, "lock.json"), "");
    expect(lock.lost()?.error.message).toMatch(/was replaced while run run-1 held it \(it is empty\)/);
  });

  it("is lost when something that is no file stands in its place", () => {
    const folder = temporaryFolder();
    const lock = takeLock(folder, "run-1", now);
    rmSync(join(folder, "lock.json"));
    mkdirSync(join(folder, "lock.json"));
    expect(lock.renew()?.error.message).toMatch(/was replaced while run run-1 held it \(it is a folder, not a file\)/);
    expect(() => takeLock(folder, "run-2", now)).toThrow(/cannot be read, it is a folder, not a file .* remove that/);
    expect(() => lock.release()).not.toThrow();
  });

  it("is lost when it may no longer be read: it is another user's", () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o755);
    const path = join(folder, "lock.json");
    const lock = takeLock(folder, "run-1", now);
    rmSync(path);
    writeFileSync(path, read(heldBy({ run: "run-2" })), { mode: 0o600 });
    const loss = withoutRights(path, () => lock.renew());
    expect(loss).toMatchObject({ heldByOther: true });
    expect(loss?.error.message).toMatch(/was replaced while run run-1 held it \(the system says EACCES\)/);
    lock.release();
    expect(holderIn(folder).run).toBe("run-2");
  });

  it("is lost when a socket stands in its place, which cannot be opened", async () => {
    const folder = temporaryFolder();
    const lock = takeLock(folder, "run-1", now);
    rmSync(join(folder, "lock.json"));
    const server = createServer().listen(join(folder, "lock.json"));
    onTestFinished(() => void server.close());
    await once(server, "listening");
    expect(lock.lost()?.error.message).toMatch(/was replaced while run run-1 held it \(the system says E[A-Z]+\)/);
  });

  it.each(["EIO", "EMFILE", "ENFILE", "EAGAIN", "EINTR", "ENOMEM"])(
    "is not lost while the system cannot look (%s)",
    (code) => {
      const lock = takeLock(temporaryFolder(), "run-1", now);
      insteadOf("readSync", () => () => {
        throw systemError(code);
      });
      expect(lock.renew()).toBeUndefined();
      expect(() => lock.release()).not.toThrow();
    },
  );
});

/** Does this while the file is closed to whoever does it; root, who may read whatever there is, as nobody. */
function withoutRights<R>(path: string, act: () => R): R {
  const isRoot = process.getuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  else chmodSync(path, 0);
  try {
    return act();
  } finally {
    if (isRoot) process.seteuid?.(0);
    else chmodSync(path, 0o600);
  }
}
