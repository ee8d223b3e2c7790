// How long steps are expected to take: recorded medians, in seconds. They decide which of many steps starts first and when
// its effect is looked for, and nothing else.

import { containerOf } from "../dependencies/container-names.ts";
import { nameOf } from "../model/arm-id.ts";
import type { Action, Step } from "../model/step.ts";

type Expected = Pick<Step, "action" | "irreversible" | "kind" | "target">;

/** Medians of recorded operations and jobs; where none is recorded, what documents or reports lead to expect. */
const expectedSeconds: Readonly<Record<Action, number>> = {
  "remove-lock": 2,
  "settle-job": 30,
  "disable-immutability": 60,
  "disable-soft-delete": 60,
  "disable-hybrid-security": 60,
  "delete-intent": 1,
  "undelete-item": 12,
  "delete-item": 12,
  "unregister-container": 94,
  "unregister-server": 1,
  "clean-test-failover": 60,
  "delete-recovery-plan": 1,
  "disable-replication": 63,
  "delete-migration-item": 63,
  "remove-container-mapping": 1,
  "delete-network-mapping": 2,
  "delete-storage-mapping": 2,
  "remove-protection-container": 2,
  "delete-vcenter": 2,
  "remove-provider": 2,
  "remove-fabric": 2,
  "delete-replication-policy": 1,
  "delete-private-endpoint-connection": 5,
  "delete-private-endpoint": 5,
  recheck: 5,
  "delete-vault": 3,
  "prove-absence": 5,
  "restore-lock": 2,
};

/** Deletions of backup data, by what lies in the container (recorded: 661, 357 and 125 jobs; 86 that kept the data). */
const itemSeconds = { machine: 111, keptMachine: 12, share: 21, database: 32 } as const;

/** Recorded: 321 unregistrations of storage accounts. */
const storageAccountSeconds = 25;

/** The recorded median of what the step's write sets off. */
export function expectedSecondsOf(step: Expected): number {
  if (step.action === "delete-item") return deletionSeconds(step);
  if (step.kind === "storage-container") return storageAccountSeconds;
  return expectedSeconds[step.action];
}

function deletionSeconds({ target, irreversible }: Expected): number {
  const container = nameOf(containerOf(target)).toLowerCase();
  if (container.startsWith("storagecontainer;")) return itemSeconds.share;
  if (!container.startsWith("iaasvmcontainer")) return itemSeconds.database;
  return irreversible ? itemSeconds.machine : itemSeconds.keptMachine;
}

/**
 * By id, the seconds from a step's start to the end of the longest chain of steps that begins with it. Steps that share an
 * exclusive key follow each other in such a chain, for they cannot run side by side. `steps` stand in an order in which
 * none comes before what it waits for, as in every plan; an arrow that points forward is read over.
 */
export function remainingSeconds(
  steps: readonly (Expected & Pick<Step, "id" | "after" | "exclusive">)[],
): ReadonlyMap<string, number> {
  const afterIt = new Map<string, number>();
  const afterKey = new Map<string, number>();
  const remaining = new Map<string, number>();
  for (const step of steps.toReversed()) {
    const { id, exclusive } = step;
    const rest = Math.max(afterIt.get(id) ?? 0, exclusive === undefined ? 0 : (afterKey.get(exclusive) ?? 0));
    const seconds = expectedSecondsOf(step) + rest;
    remaining.set(id, seconds);
    if (exclusive !== undefined) afterKey.set(exclusive, seconds);
    for (const before of step.after) afterIt.set(before, Math.max(afterIt.get(before) ?? 0, seconds));
  }
  return remaining;
}
