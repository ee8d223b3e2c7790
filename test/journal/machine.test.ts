// What this machine tells of processes: those that run, those that do not, and those that have ended and wait to be asked for.

import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { hostname } from "node:os";
import { expect, it, onTestFinished } from "vitest";
import { thisMachine } from "../../src/journal/machine.ts";

const canTell = existsSync("/proc/self/stat");
const here = thisMachine();

it("tells its name, its boot and the pid namespace where the system does, the same at every question", () => {
  expect(here.host).toBe(hostname());
  const tells = canTell || process.platform === "darwin";
  expect([here.boot !== undefined, here.pidNamespace !== undefined]).toEqual([tells, tells]);
  expect({ ...thisMachine(), processOf: undefined }).toEqual({ ...here, processOf: undefined });
});

it("tells of macOS which start of it this is, where it can be asked, and that it has one namespace", () => {
  const asked: unknown[] = [];
  const mac = thisMachine("darwin", (...command) => {
    asked.push(command);
    return "7D2C1C1E-0000-4000-8000-0123456789AB\n";
  });
  expect(mac).toMatchObject({ boot: "7D2C1C1E-0000-4000-8000-0123456789AB", pidNamespace: "macOS" });
  expect(asked).toEqual([["/usr/sbin/sysctl", ["-n", "kern.bootsessionuuid"]]]);
  const mute = thisMachine("darwin", () => {
    throw new Error("not permitted");
  });
  expect([mute.boot, mute.machine]).toEqual([undefined, undefined]);
});

it("tells of this process when it started, and of one that has ended nothing", () => {
  expect(here.processOf(process.pid)?.start === undefined).toBe(!canTell);
  const { pid } = spawnSync(process.execPath, ["-e", "0"]);
  expect(here.processOf(pid)).toBeUndefined();
});

it("takes a process that has ended and was not asked for by its parent for gone", { skip: !canTell }, async () => {
  // The shell starts a child that ends at once, and becomes a program that never asks for it.
  const parent = spawn("/bin/sh", ["-c", "true & echo $!; exec sleep 30"], { stdio: ["ignore", "pipe", "ignore"] });
  onTestFinished(() => void parent.kill("SIGKILL"));
  const zombie = await new Promise<number>((resolve) => {
    parent.stdout.once("data", (chunk: Buffer) => resolve(Number(chunk.toString())));
  });
  await expect.poll(() => here.processOf(zombie), { timeout: 30_000 }).toBeUndefined();
  expect(here.processOf(parent.pid!)).toBeDefined();
});
