// How long Azure was really at work on each step of a run. It must not guess: a step for which the emulator started no
// operation took none.

import type { WorldOperation } from "../../src/emulator/world.ts";
import { ancestor } from "../../src/model/arm-id.ts";
import type { Action, Step } from "../../src/model/step.ts";

type TimedStep = Pick<Step, "id" | "action" | "target">;

/**
 * By the id of the step, the seconds from the start to the end of its operation. An operation that ended in an error did
 * not do the step; where several succeeded, the shortest counts. Steps without an operation are left out.
 */
export function stepSeconds(
  steps: readonly TimedStep[],
  operations: readonly WorldOperation[],
): ReadonlyMap<string, number> {
  const byWork = new Map<string, number>();
  for (const operation of operations) {
    const work = operation.error === undefined ? workOf(operation) : undefined;
    if (work === undefined) continue;
    const seconds = (Date.parse(operation.completesAt) - Date.parse(operation.startedAt)) / 1_000;
    byWork.set(work, Math.min(seconds, byWork.get(work) ?? Infinity));
  }
  const found = steps.map((step) => [step.id, byWork.get(workFor(step))] as const);
  return new Map(found.flatMap(([id, seconds]) => (seconds === undefined ? [] : [[id, seconds] as const])));
}

/** What the operation did to what: the same words as `workFor` finds for the step. */
function workOf({ vaultId, effect }: WorldOperation): string | undefined {
  const member = (name: string): string => String(effect[name] as string | undefined);
  const container = `${vaultId}/backupFabrics/Azure/protectionContainers/${member("container")}`;
  const item = `${container}/protectedItems/${member("item")}`;
  const works: Readonly<Record<string, string>> = {
    "soft-delete-item": `remove ${item}`,
    "remove-item": `remove ${item}`,
    "keep-item": `remove ${item}`,
    "undelete-item": `undelete ${item}`,
    "unregister-container": `remove ${container}`,
    "change-replication": `${member("change")} ${vaultId}/${member("path")}`,
    "update-vault": `update ${vaultId}`,
    "delete-vault": `remove ${vaultId}`,
  };
  return works[member("kind")]?.toLowerCase();
}

/** Of an action that is not named here, what its target stood for is removed. */
const verbs: Readonly<Partial<Record<Action, string>>> = {
  "undelete-item": "undelete",
  "clean-test-failover": "clean-test-failover",
  "disable-soft-delete": "update",
  "disable-hybrid-security": "update",
  "disable-immutability": "update",
  "settle-job": "cancel-job",
  recheck: "read",
  "prove-absence": "read",
  "remove-lock": "unlock",
  "restore-lock": "lock",
};

function workFor({ action, target }: TimedStep): string {
  const verb = verbs[action] ?? "remove";
  const id = verb === "update" ? (ancestor(target, "vaults") ?? target) : target;
  return `${verb} ${id}`.toLowerCase();
}
