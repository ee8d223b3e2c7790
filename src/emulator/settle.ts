// Brings the state up to a moment: completes operations and jobs and purges items, in the order in which they fell due.
// It must not answer requests.
import type { BackupVaultChange } from "./data-protection/changes.ts";
import { applyBackupVaultChange } from "./data-protection/changes.ts";
import { purgeBackupVaults } from "./data-protection/passing-time.ts";
import { nextDue } from "./due-times.ts";
import type { Due } from "./due-times.ts";
import { unregisterContainer } from "./containers.ts";
import { removeItem, reprotectItem, softDeleteItem, undeleteItem } from "./item-effects.ts";
import { completeJob, failJob } from "./jobs.ts";
import type { Properties } from "./json.ts";
import { releaseSource, removeLock, removeLocksOn } from "./locks.ts";
import { sameName } from "./names.ts";
import { registerContainer } from "./registration.ts";
import { removeConnection, removeEndpoint } from "./private-endpoints.ts";
import { applyReplicationChange, endReplicationJob } from "./site-recovery/settle-replication.ts";
import type { Operation, State, VaultState } from "./state.ts";
import { removeVault } from "./vault-deletion.ts";
import { applyVaultChanges } from "./vault-settings.ts";
import { undeleteVault } from "./vault-undelete.ts";

export function settle(state: State, now: number): void {
  for (let next = nextDue(state, now); next !== undefined; next = nextDue(state, now)) {
    apply(state, next.due, next.at);
  }
  purgeBackupVaults(state, now);
}

function apply(state: State, due: Due, at: number): void {
  switch (due.kind) {
    case "operation":
      return completeOperation(state, due.operation);
    case "backup-job":
      return completeJob(due.job, at);
    case "purge":
      return removeItem(state, due.vault, { container: due.item.container, item: due.item.name }, at);
    case "replication-job":
      return endReplicationJob(state, due.job, at);
    default:
      return due satisfies never;
  }
}

function completeOperation(state: State, operation: Operation): void {
  operation.settled = true;
  const vault = state.vaults.find(({ id }) => sameName(id, operation.vaultId));
  if (operation.error !== undefined) return endJobAsFailed(state, vault, operation, operation.error);
  if (operation.effect.kind === "delete-endpoint") {
    removeLocksOn(state, operation.effect.endpoint);
    return removeEndpoint(state, operation.effect.endpoint);
  }
  if (operation.effect.kind === "change-backup-vault") return changeBackupVault(state, operation, operation.effect);
  if (operation.effect.kind === "undelete-vault") return undeleteVault(state, operation.effect, operation.completesAt);
  if (operation.effect.kind === "release-lock") return removeLock(state, operation.effect.lock);
  if (vault !== undefined) applyInVault(state, vault, operation);
}

function changeBackupVault(state: State, operation: Operation, change: BackupVaultChange): void {
  const { vaultId } = operation;
  if (change.change === "delete") removeLocksOn(state, vaultId);
  applyBackupVaultChange(state, vaultId, change, operation);
}

function endJobAsFailed(state: State, vault: VaultState | undefined, operation: Operation, error: Properties): void {
  const job = vault?.backupJobs.find(operation.jobId?.toLowerCase() ?? "");
  if (job !== undefined) failJob(state, job, error, operation.completesAt);
}

function applyInVault(state: State, vault: VaultState, operation: Operation): void {
  const { effect, startedAt, completesAt } = operation;
  switch (effect.kind) {
    case "none":
    case "keep-item":
    case "delete-endpoint":
    case "release-lock":
    case "undelete-vault":
    case "change-backup-vault":
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
      return undeleteItem(state, vault, effect, completesAt);
    case "reprotect-item":
      return reprotectItem(state, vault, effect, completesAt);
    case "register-container":
      return registerContainer(state, vault, effect, completesAt);
    case "unregister-container":
      releaseSource(state, vault, effect.container, completesAt);
      return unregisterContainer(state, vault, effect.container, completesAt);
    case "delete-connection":
      return removeConnection(vault, effect.connection);
    case "change-replication":
      return applyReplicationChange(state, vault, effect, completesAt);
    default:
      return effect satisfies never;
  }
}
