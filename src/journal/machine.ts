// What this machine tells of itself and of its processes. Linux tells all of it, other systems the host's name and the pids alone.

import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { hasCode } from "../model/system-error.ts";

export type Machine = {
  readonly host: string;
  readonly boot?: string | undefined;
  readonly pidNamespace?: string | undefined;
  readonly machine?: string | undefined;
  /** Undefined when no process of this pid runs; `start` is in clock ticks since the boot, where the system tells. */
  readonly processOf: (pid: number) => { readonly start?: string | undefined } | undefined;
};

export function thisMachine(): Machine {
  return {
    host: hostname(),
    boot: told(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8")),
    pidNamespace: told(() => readlinkSync("/proc/self/ns/pid")),
    machine: told(() => readFileSync("/etc/machine-id", "utf8")),
    processOf,
  };
}

function told(read: () => string): string | undefined {
  try {
    return read().trim() || undefined;
  } catch {
    return undefined;
  }
}

function processOf(pid: number): { readonly start?: string | undefined } | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, and somebody else's.
    if (!hasCode(error, "EPERM")) return undefined;
  }
  const stat = told(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  // The name before it may hold anything, also brackets and spaces.
  const [state, ...rest] = stat?.slice(stat.lastIndexOf(")") + 2).split(" ") ?? [];
  // A process that has ended stays listed until its parent asks, which some containers never do.
  if (state === "Z" || state === "X") return undefined;
  return { start: rest[18] };
}
