// Whether the process that holds a lock is surely gone. Where nobody here can know, it is not. Pure.

import type { LockHolder } from "./lock-holder.ts";
import type { Machine } from "./machine.ts";

/** How often a holder gives a sign of life. */
export const heartbeatMilliseconds = 15_000;

/** How old the last sign of life must be before a restart of the machine counts: eight that did not come. */
export const silenceMilliseconds: number = 8 * heartbeatMilliseconds;

/** The pid namespace in which a machine starts; the number is fixed in Linux. Containers have others. */
const initialNamespace = "pid:[4026531836]";

export type Whereabouts = "gone" | "running" | "other-machine" | "unknown-machine" | "other-namespace" | "restarted";

/**
 * `silence`: milliseconds since the holder's last sign of life, both times by the clock of the file system.
 *
 * Gone is a holder of this host, this boot and this pid namespace whose pid no process has, or another process by now. A
 * holder on another host or in another namespace is never surely gone, however long it is silent: its clock may be wrong,
 * its network cut, and it may still be writing to Azure. The name of a host alone says nothing: two machines may both be
 * called localhost. So where the boot or the namespace is not told, here or by the holder, none is gone.
 *
 * No process outlives its machine: after a restart (same host, same machine id, another boot) the holder is gone. But a
 * clone of a machine has its host name and its id as well, and runs beside it, so both must have been silent for long: a
 * clone that runs gives signs of life, and its boot never ends up here. In a container the id is the image's, not the
 * machine's: there this rule does not hold.
 */
export function whereaboutsOf(holder: LockHolder, here: Machine, silence: () => number): Whereabouts {
  if (holder.host !== here.host) return "other-machine";
  if (holder.boot === undefined || here.boot === undefined) return "unknown-machine";
  if (holder.boot !== here.boot) {
    if (!isSameMachine(holder, here)) return "other-machine";
    return silence() > silenceMilliseconds ? "gone" : "restarted";
  }
  if (holder.pidNamespace === undefined || holder.pidNamespace !== here.pidNamespace) return "other-namespace";
  const running = here.processOf(holder.pid);
  if (running === undefined) return "gone";
  const isKnown = running.start !== undefined && holder.processStart !== undefined;
  return isKnown && running.start !== holder.processStart ? "gone" : "running";
}

function isSameMachine(holder: LockHolder, here: Machine): boolean {
  const outside = holder.pidNamespace === initialNamespace && here.pidNamespace === initialNamespace;
  return outside && holder.machine !== undefined && holder.machine === here.machine;
}
