// How long steps are expected to take: recorded medians, in seconds. They decide which of many steps starts first, and nothing else.

import type { Action, Step } from "../model/step.ts";

type Expected = Pick<Step, "action" | "irreversible">;

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
  "delete-recovery-plan": 31,
  "disable-replication": 91,
  "delete-migration-item": 91,
  "remove-container-mapping": 31,
  "delete-network-mapping": 31,
  "delete-storage-mapping": 31,
  "remove-protection-container": 31,
  "delete-vcenter": 31,
  "remove-provider": 31,
  "remove-fabric": 31,
  "delete-replication-policy": 31,
  "delete-private-endpoint-connection": 5,
  "delete-private-endpoint": 5,
  recheck: 5,
  "delete-vault": 60,
  "prove-absence": 5,
  "restore-lock": 2,
};

/** Deletions of virtual machines' backups that keep nothing (recorded: 661 jobs); those that keep the data take 12 s. */
const irreversibleDeletionSeconds = 111;

function expectedSecondsOf({ action, irreversible }: Expected): number {
  return action === "delete-item" && irreversible ? irreversibleDeletionSeconds : expectedSeconds[action];
}

/**
 * By id, the seconds from a step's start to the end of the longest chain of steps that begins with it. `steps` stand in an
 * order in which none comes before what it waits for, as in every plan; an arrow that points forward is read over.
 */
export function remainingSeconds(
  steps: readonly (Expected & Pick<Step, "id" | "after">)[],
): ReadonlyMap<string, number> {
  const afterIt = new Map<string, number>();
  const remaining = new Map<string, number>();
  for (const step of steps.toReversed()) {
    const seconds = expectedSecondsOf(step) + (afterIt.get(step.id) ?? 0);
    remaining.set(step.id, seconds);
    for (const before of step.after) afterIt.set(before, Math.max(afterIt.get(before) ?? 0, seconds));
  }
  return remaining;
}
