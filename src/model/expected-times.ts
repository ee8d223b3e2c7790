// How long steps are expected to take, in seconds, from recordings. They decide which of many steps starts first, when its
// effect is looked for, and what people are told to expect, and nothing else.

import { ancestor, nameOf } from "./arm-id.ts";
import type { Action, Step } from "./step.ts";

type Expected = Pick<Step, "action" | "irreversible" | "kind" | "target">;

/** Seconds that half of the recorded operations were done in, nine of ten, and the fastest where it was much faster. */
type Times = readonly [median: number, nineInTen: number, fastest?: number];

/** Of recorded operations and jobs; where none is recorded, what documents or reports lead to expect, and of registrations the times of unregistrations. */
const expected: Readonly<Record<Action, Times>> = {
  "undelete-vault": [66, 67],
  "register-container": [94, 151, 25],
  "remove-lock": [2, 2],
  "settle-job": [30, 30],
  "disable-immutability": [30, 122],
  "disable-soft-delete": [30, 122],
  "disable-hybrid-security": [30, 122],
  "delete-intent": [1, 1],
  "undelete-item": [12, 12],
  "delete-item": [12, 13],
  "undelete-instance": [1, 1],
  "delete-instance": [68, 103, 14],
  "delete-policy": [1, 1],
  "unregister-container": [94, 151, 45],
  "unregister-server": [1, 1],
  "clean-test-failover": [60, 205],
  "delete-recovery-plan": [1, 6],
  "disable-replication": [63, 205, 11],
  "delete-migration-item": [63, 205],
  "remove-container-mapping": [1, 3],
  "delete-network-mapping": [2, 2],
  "delete-storage-mapping": [2, 2],
  "remove-protection-container": [2, 2],
  "delete-vcenter": [2, 2],
  "remove-provider": [2, 2],
  "remove-fabric": [2, 4],
  "delete-replication-policy": [1, 1],
  "delete-private-endpoint-connection": [5, 5],
  "delete-private-endpoint": [5, 5],
  recheck: [5, 5],
  "delete-vault": [3, 60],
  "prove-absence": [5, 5],
  "prove-recovery": [5, 5],
  "restore-lock": [2, 2],
};

/** Deletions of backup data, by what lies in the container (recorded: 661, 357 and 125 jobs; 86 that kept the data). */
const deletion: Readonly<Record<"machine" | "keptMachine" | "share" | "database", Times>> = {
  machine: [111, 112, 101],
  keptMachine: [12, 13],
  share: [21, 22],
  database: [32, 35],
};

/** Recorded: 321 unregistrations. */
const storageAccount: Times = [25, 78, 14];

/** Seconds from the step's write to its effect, as half of the recorded ones took. */
export function expectedSecondsOf(step: Expected): number {
  return timesOf(step)[0];
}

/** Seconds from the step's write before which no recorded one had its effect. */
export function fastestSecondsOf(step: Expected): number {
  const [median, , fastest] = timesOf(step);
  return fastest ?? median;
}

/** Seconds from the step's write after which its effect is late: nine in ten of the recorded ones took less. */
export function usualSecondsOf(step: Expected): number {
  return timesOf(step)[1];
}

function timesOf(step: Expected): Times {
  if (step.action === "delete-item") return timesOfDeletion(step);
  return step.kind === "storage-container" ? storageAccount : expected[step.action];
}

function timesOfDeletion({ target, irreversible }: Expected): Times {
  const container = nameOf(ancestor(target, "protectionContainers") ?? target).toLowerCase();
  if (container.startsWith("storagecontainer;")) return deletion.share;
  if (!container.startsWith("iaasvmcontainer")) return deletion.database;
  return irreversible ? deletion.machine : deletion.keptMachine;
}

/**
 * By id, the seconds from a step's start to the end of the longest chain of steps that begins with it. Steps that share an
 * exclusive key follow each other in such a chain, for they cannot run side by side. `steps` stand in an order in which
 * none comes before what it waits for, as in every plan; an arrow that points forward is read over. `secondsOf`: what each
 * takes, where that is not what the recorded ones took.
 */
export function remainingSeconds<T extends Expected & Pick<Step, "id" | "after" | "exclusive">>(
  steps: readonly T[],
  secondsOf: (step: T) => number = expectedSecondsOf,
): ReadonlyMap<string, number> {
  const afterIt = new Map<string, number>();
  const afterKey = new Map<string, number>();
  const remaining = new Map<string, number>();
  for (const step of steps.toReversed()) {
    const { id, exclusive } = step;
    const rest = Math.max(afterIt.get(id) ?? 0, exclusive === undefined ? 0 : (afterKey.get(exclusive) ?? 0));
    const seconds = secondsOf(step) + rest;
    remaining.set(id, seconds);
    if (exclusive !== undefined) afterKey.set(exclusive, seconds);
    for (const before of step.after) afterIt.set(before, Math.max(afterIt.get(before) ?? 0, seconds));
  }
  return remaining;
}
