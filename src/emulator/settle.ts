// Brings the state up to a moment: completes operations and jobs and purges items, in the order in which they fell due.
// It must not answer requests.
import { unregisterContainer } from "./containers.ts";
import { removeItem, reprotectItem, softDeleteItem, undeleteItem } from "./item-effects.ts";
import { completeJob, failJob } from "./jobs.ts";
import type { Properties } from "./json.ts";
import { lagging } from "./list-lag.ts";
import { releaseSource, removeLock, removeLocksOn } from "./locks.ts";
import { sameName } from "./names.ts";
import { removeConnection, removeEndpoint } from "./private-endpoints.ts";
import { applyReplicationChange, replicationJobsDue } from "./site-recovery/settle-replication.ts";
import type { ItemState, Operation, State, VaultState } from "./state.ts";
import { removeVault } from "./vault-deletion.ts";
import { applyVaultChanges } from "./vault-settings.ts";
import { undeleteVault } from "./vault-undelete.ts";

type Due = { readonly at: number; readonly apply: () => void };

export function settle(state: State, now: number): void {
  for (let due = dueBy(state, now); due.length > 0; due = dueBy(state, now)) {
    for (const { at, apply } of due.toSorted((one, other) => one.at - other.at)) lagging(state, at, apply);
  }
}

function dueBy(state: State, now: number): readonly Due[] {
  const due: Due[] = [];
  for (const operation of state.running) {
    if (operation.completesAt <= now) {
      due.push({ at: operation.completesAt, apply: () => completeOperation(state, operation) });
    }
  }
  for (const vault of state.vaults) due.push(...dueInVault(state, vault, now));
  return due;
}

function dueInVault(state: State, vault: VaultState, now: number): readonly Due[] {
  const due: Due[] = [];
  for (const job of vault.backupJobs) {
    if (job.completesAt !== undefined && job.completesAt <= now) {
      due.push({ at: job.completesAt, apply: () => completeJob(job) });
    }
  }
  for (const item of vault.protectedItems) {
    const { purgeAt: at } = item;
    if (at !== undefined && at <= now) {
      due.push({ at, apply: () => purgeItem(state, vault, item, at) });
    }
  }
  due.push(...replicationJobsDue(state, vault, now));
  return due;
}

/** Not if it was undeleted meanwhile, by an operation that fell due before. */
function purgeItem(state: State, vault: VaultState, item: ItemState, at: number): void {
  if (item.purgeAt === at) removeItem(state, vault, { container: item.container, item: item.name }, at);
}

function completeOperation(state: State, operation: Operation): void {
  operation.settled = true;
  state.running.delete(operation);
  if (operation.error !== undefined) return endJobAsFailed(state, operation, operation.error);
  if (operation.effect.kind === "delete-endpoint") {
    removeLocksOn(state, operation.effect.endpoint);
    return removeEndpoint(state, operation.effect.endpoint);
  }
  if (operation.effect.kind === "undelete-vault") return undeleteVault(state, operation.effect, operation.completesAt);
  if (operation.effect.kind === "release-lock") return removeLock(state, operation.effect.lock);
  const vault = state.vaults.find(({ id }) => sameName(id, operation.vaultId));
  if (vault !== undefined) applyInVault(state, vault, operation);
}

function endJobAsFailed(state: State, operation: Operation, error: Properties): void {
  const vault = state.vaults.find(({ id }) => sameName(id, operation.vaultId));
  const job = vault?.backupJobs.find(({ name }) => name === operation.jobId);
  if (job !== undefined) failJob(job, error, operation.completesAt);
}

function applyInVault(state: State, vault: VaultState, operation: Operation): void {
  const { effect, startedAt, completesAt } = operation;
  switch (effect.kind) {
    case "none":
    case "keep-item":
    case "delete-endpoint":
    case "release-lock":
    case "undelete-vault":
      return undefined;
    case "delete-vault":
      removeLocksOn(state, vault.id);
      return removeVault(state, vault, completesAt, effect.forGood === true);
    case "update-vault":
      return applyVaultChanges(vault, effect.changes, completesAt);
    case "soft-delete-item":
      return softDeleteItem(state, vault, effect, startedAt, completesAt);
    case "remove-item":
      return removeItem(state, vault, effect, completesAt);
    case "undelete-item":
      return undeleteItem(vault, effect);
    case "reprotect-item":
      return reprotectItem(vault, effect);
    case "unregister-container":
      releaseSource(state, vault, effect.container, completesAt);
      return unregisterContainer(vault, effect.container);
    case "delete-connection":
      return removeConnection(vault, effect.connection);
    case "change-replication":
      return applyReplicationChange(vault, effect, completesAt);
    default:
      return effect satisfies never;
  }
}
