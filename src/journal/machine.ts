// What this machine tells of itself and of its processes: Linux all of it, macOS all but its own id, other systems the host's
// name and the pids alone. What is not told is left out, never made up.

import { execFileSync } from "node:child_process";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { hasCode } from "../model/system-error.ts";

export type Machine = {
  readonly host: string;
  /** Which start of the machine it is; no two starts of any machine have the same. */
  readonly boot?: string | undefined;
  /** Within which numbers mean the same processes. */
  readonly pidNamespace?: string | undefined;
  /** The machine's own id, the same after every start. */
  readonly machine?: string | undefined;
  /** Undefined when no process of this pid runs; `start` is in clock ticks since the boot, where the system tells. */
  readonly processOf: (pid: number) => { readonly start?: string | undefined } | undefined;
};

/** What a program of the system prints. Throws when it cannot be run. */
type Run = (file: string, parameters: readonly string[]) => string;

const runQuietly: Run = (file, parameters) =>
  execFileSync(file, parameters, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], timeout: 5000 });

/** The machine that this process is on, as it is now. `platform` and `run`: of another system, for tests. */
export function thisMachine(platform: NodeJS.Platform = process.platform, run: Run = runQuietly): Machine {
  return { host: hostname(), ...(platform === "darwin" ? ofMacOs(run) : ofLinux()), processOf };
}

type Identity = Pick<Machine, "boot" | "pidNamespace" | "machine">;

function ofLinux(): Identity {
  return {
    boot: whereTold(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8")),
    pidNamespace: whereTold(() => readlinkSync("/proc/self/ns/pid")),
    machine: whereTold(() => readFileSync("/etc/machine-id", "utf8")),
  };
}

/** macOS draws an id at every start of the machine (`kern.bootsessionuuid`), and has one namespace. */
function ofMacOs(run: Run): Identity {
  return { boot: whereTold(() => run("/usr/sbin/sysctl", ["-n", "kern.bootsessionuuid"])), pidNamespace: "macOS" };
}

/** Undefined where the system does not tell, or tells nothing. */
function whereTold(read: () => string): string | undefined {
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
  const stat = whereTold(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  // The name before it may hold anything, also brackets and spaces.
  const [state, ...rest] = stat?.slice(stat.lastIndexOf(")") + 2).split(" ") ?? [];
  // A process that has ended stays listed until its parent asks, which some containers never do.
  if (state === "Z" || state === "X") return undefined;
  return { start: rest[18] };
}
