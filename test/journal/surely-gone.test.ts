// Whose lock may be taken over: only that of a process of which this machine knows for sure that it is gone.

import { describe, expect, it } from "vitest";
import type { LockHolder } from "../../src/journal/lock-holder.ts";
import type { Machine } from "../../src/journal/machine.ts";
import { heartbeatMilliseconds, silenceMilliseconds, whereaboutsOf } from "../../src/journal/surely-gone.ts";

const initial = "pid:[4026531836]";
const here: Machine = {
  host: "ops-1",
  boot: "boot-2",
  pidNamespace: initial,
  machine: "id-1",
  processOf: (pid) => (pid === 7 ? { start: "100" } : undefined),
};
const holder: LockHolder = {
  formatVersion: 1,
  pid: 7,
  host: "ops-1",
  since: "2026-11-21T08:00:00.000Z",
  run: "run-1",
  token: "t",
  processStart: "100",
  boot: "boot-2",
  pidNamespace: initial,
  machine: "id-1",
};
const silent = (): number => Number.MAX_SAFE_INTEGER;
const silentFor = (milliseconds: number) => () => milliseconds;
const container = "pid:[4026532999]";

describe("a holder", () => {
  it.each<[string, Partial<LockHolder>, ReturnType<typeof whereaboutsOf>]>([
    ["runs when its pid does", {}, "running"],
    ["runs when it never said when it started", { processStart: undefined as never }, "running"],
    ["is gone when no process has its pid", { pid: 8 }, "gone"],
    ["is gone when its pid was given to a process that started at another time", { processStart: "99" }, "gone"],
    ["is not known of on another host, dead pid or not", { host: "ops-2", pid: 8 }, "other-machine"],
    ["is not known of in another pid namespace", { pidNamespace: container, pid: 8 }, "other-namespace"],
    ["is not known of when it never said its pid namespace", { pidNamespace: undefined as never }, "other-namespace"],
    ["is gone with an earlier start of this machine", { boot: "boot-1" }, "gone"],
    ["is not known of on a machine of the same name alone", { boot: "boot-1", machine: "id-2" }, "other-machine"],
    [
      "is not known of when it never said its machine",
      { boot: "boot-1", machine: undefined as never },
      "other-machine",
    ],
    ["is not known of when it never said its boot", { boot: undefined as never, pid: 8 }, "unknown-machine"],
    [
      "is not known of in a container, whose machine id is its image's",
      { boot: "boot-1", pidNamespace: container },
      "other-machine",
    ],
  ])("%s, however long it is silent", (_what, change, expected) => {
    expect(whereaboutsOf({ ...holder, ...change }, here, silent)).toBe(expected);
  });

  it("of an earlier start of this machine may be a clone's, until it was silent for eight signs of life", () => {
    const earlier = { ...holder, boot: "boot-1" };
    expect(silenceMilliseconds).toBe(8 * heartbeatMilliseconds);
    expect(whereaboutsOf(earlier, here, silentFor(silenceMilliseconds))).toBe("restarted");
    expect(whereaboutsOf(earlier, here, silentFor(silenceMilliseconds + 1))).toBe("gone");
    expect(whereaboutsOf(earlier, here, silentFor(-silenceMilliseconds))).toBe("restarted");
  });

  it("in a container that looks in a container after a restart is not known of", () => {
    const inside = { ...here, pidNamespace: container };
    expect(whereaboutsOf({ ...holder, boot: "boot-1", pidNamespace: container }, inside, silent)).toBe("other-machine");
  });

  it("on a system that tells neither boots nor namespaces is never gone by the name of its host alone", () => {
    const { boot: _boot, pidNamespace: _space, machine: _machine, ...told } = holder;
    const bare: Machine = { host: here.host, processOf: here.processOf };
    for (const pid of [7, 8]) {
      expect(whereaboutsOf({ ...told, pid }, bare, silent)).toBe("unknown-machine");
      expect(whereaboutsOf({ ...holder, pid }, bare, silent)).toBe("unknown-machine");
      expect(whereaboutsOf({ ...told, pid }, here, silent)).toBe("unknown-machine");
    }
  });

  it("in a namespace that neither side tells is not known of", () => {
    const { pidNamespace: _space, ...told } = holder;
    const { pidNamespace: _here, ...bare } = here;
    expect(whereaboutsOf({ ...told, pid: 8 }, bare, silent)).toBe("other-namespace");
  });

  it("on macOS, which tells its boots and has one namespace, is gone with its process", () => {
    const { machine: _machine, ...told } = { ...holder, pidNamespace: "macOS" };
    const { machine: _here, ...mac } = { ...here, pidNamespace: "macOS" };
    expect(whereaboutsOf(told, mac, silent)).toBe("running");
    expect(whereaboutsOf({ ...told, pid: 8 }, mac, silent)).toBe("gone");
    expect(whereaboutsOf({ ...told, pid: 8, boot: "boot-1" }, mac, silent)).toBe("other-machine");
  });
});
