// What an error of Azure means for a step: try again, look first, or stop and say whose move it is. Codes are data, grouped by evidence.

import { AzureError } from "../model/azure-error.ts";
import type { Disposition, Failure } from "../model/event.ts";
import type { Step } from "../model/step.ts";
import { notThere, recoveryRules } from "./recovery-error-rules.ts";
import { backupVaultRules, type ErrorRule } from "./backup-vault-error-rules.ts";

/** again: the write had no effect and may succeed later; look: its effect is unknown, only the target can tell. */
export type Treatment = { readonly next: "again" | "look" | "stop"; readonly failure: Failure };

const rules: readonly ErrorRule[] = [
  ...backupVaultRules,
  {
    // issue threads azure-docs 34907, azure-powershell 10521: the text is known, the code is not
    codes: /^/,
    text: /there are backup items associated with the server/i,
    next: "stop",
    disposition: "blocked",
    remedy:
      "hybrid security keeps this server's data: delete its backups on the server's own console with a security PIN (from the vault's properties, valid 5 minutes) and plan again, or plan with --strategy purge",
  },
  {
    // documented (self-help) and issue threads: soft delete that cannot be turned off; of Backup vaults recorded
    // (azext test_dataprotection_backup_vault_update) and field-reported
    codes:
      /^(BMSUserErrorDisablingSoftDeleteStateNotAllowed|BMSUserErrorSoftDeleteState(AlwaysOn|NotSetToAlwaysON)|UserErrorDisableSoftDeleteNotAllowed|DppAlwaysOnSoftDeleteStateMandatory)$/i,
    next: "stop",
    disposition: "blocked",
    remedy:
      "this vault does not let soft delete be turned off; no data was touched. --strategy soft deletes it now and keeps its data recoverable until the purge date",
  },
  {
    // issue threads: the first arrives in the polled operation, the second at once
    codes: /^UserError(DeleteBackupItemOnImmutableItem|OperationDeniedOnImmutableItem)$/i,
    next: "stop",
    disposition: "blocked",
    remedy:
      "the vault or the item is immutable, or (azure-rest-api-specs 32688) its backups are suspended although the vault is not: where the plan shows immutability off, resume the backup or stop it with its data kept, then run the same command again",
  },
  {
    // issue thread azure-docs 32050
    codes: /^ScopeLocked$/i,
    next: "stop",
    disposition: "blocked",
    remedy:
      "a lock refuses this: plan again to see which; its owner removes it, or --allow remove-locks for the time of the run",
  },
  {
    // issue thread: Site Recovery cleans up on a machine of Azure, and names the lock there under a code of its own
    codes: /./,
    text: /\bScopeLocked\b/i,
    next: "stop",
    disposition: "blocked",
    remedy:
      "a lock on the replicated machine, its resource group or subscription refuses this: its owner must remove it",
  },
  {
    // recorded: azcli2024__test_backup_rg_mapping (LinkedAuthorizationFailed)
    codes: /^(AuthorizationFailed|LinkedAuthorizationFailed|RequestDisallowedByPolicy)$/i,
    next: "stop",
    disposition: "blocked",
    remedy: "you lack the right for this step: an owner of the scope must grant the permissions the plan lists",
  },
  {
    // recorded: hist__test_container_commands; issue thread azure-cli 32441
    codes: /^CloudDos/i,
    next: "stop",
    disposition: "waiting",
    comeBackSeconds: 24 * 3600,
    remedy: "the service has reached its limit of operations for this vault: run the same command again tomorrow",
  },
  {
    // field reports: deletions have not reached every list yet; older documents: soft-deleted items hold a container too
    codes: /^BMSUserErrorContainerHasDatasources$/i,
    next: "again",
    disposition: "failed",
    remedy:
      "for Azure the container still has data: run the same command again in some minutes. Where its items are soft-deleted and this stays so (classic regime), come back after their purge date, or plan with --strategy purge",
  },
  {
    // field reports: another change of protection is running
    codes:
      /^(BMSUserErrorConflictingProtectionOperation|RSVaultUpdateErrorConflictingOperationInProgress|BMSUserErrorObjectLocked|AnotherOperationInProgress)$/i,
    next: "again",
    disposition: "failed",
    remedy: "another operation holds it: run the same command again when that has ended",
  },
  {
    // field report: a node of an availability group whose databases are still protected, perhaps through another vault
    codes: /^BMSUserErrorNodePartOfActiveAG$/i,
    next: "again",
    disposition: "blocked",
    remedy:
      "databases of an availability group this machine belongs to are still protected, here or in another vault: stop their protection and delete their data there, then plan again",
  },
  {
    // recorded wordings of 2020 and 2022, the classic regime: only soft-deleted items are left
    codes: /^(ServiceResourceNotEmpty|BMSUserErrorVaultDeletionNotPermitted)/i,
    text: /soft[- ]deleted? state/i,
    next: "stop",
    disposition: "waiting",
    remedy:
      "this vault is in the classic regime and cannot go while it holds soft-deleted items: run the same command again after the date, or plan with --strategy purge to delete them for good now",
  },
  {
    // recorded wording: hist__test_backup_item__cca71157; issue threads for the others
    codes: /^(ServiceResourceNotEmpty|BMSUserErrorVaultDeletion)/i,
    next: "again",
    disposition: "blocked",
    remedy: "something still stands in the vault: plan again to see what",
  },
];

/**
 * How to go on after an error; `recovering`: of a step that brings something back. Throws what is not an AzureError: that
 * is a defect or the disk, not an answer of Azure.
 */
export function treat(error: unknown, recovering = false): Treatment {
  if (!(error instanceof AzureError)) throw error;
  const rule = (recovering ? [...recoveryRules, ...rules] : rules).find(
    (candidate) => candidate.codes.test(error.code) && (candidate.text?.test(error.message) ?? true),
  );
  if (rule !== undefined)
    return { next: rule.next, failure: failureOf(error, rule.disposition, rule.remedy, rule.comeBackSeconds) };
  if (error.status === 404)
    return { next: "look", failure: failureOf(error, "failed", recovering ? notThere : removedOrElsewhere) };
  if (error.status === 0 || error.status >= 500 || error.status === 408)
    return {
      next: "look",
      failure: failureOf(error, "failed", "run the same command again: it looks before it writes"),
    };
  if (error.status === 409)
    return {
      next: "again",
      failure: failureOf(error, "failed", "another operation is in the way: run it again later"),
    };
  if (error.status === 429)
    return {
      next: "again",
      failure: failureOf(error, "waiting", "Azure throttles this client: run it again later", throttledSeconds),
    };
  if (error.status === 403)
    return {
      next: "stop",
      failure: failureOf(error, "blocked", "Azure refuses this to you: see the code and message for who can allow it"),
    };
  return {
    next: "stop",
    failure: failureOf(error, "failed", "see the code and message; then run the same command again"),
  };
}

const removedOrElsewhere = "run plan again: what this step removes is gone, or lies elsewhere";

/** A job that Azure will not cancel (issue thread azure-rest-api-specs 5306: HTTP 400 while it copies), or that has ended. */
export function isRefusedCancel(error: unknown, step: Step): boolean {
  return step.action === "settle-job" && error instanceof AzureError && refusedCancel.has(error.status);
}

/** 200: the operation of the cancel failed. */
const refusedCancel: ReadonlySet<number> = new Set([200, 400, 404, 409]);

/** Throttling without a time: Azure's budgets refill within an hour (recorded limit: 150 an hour). */
const throttledSeconds = 3600;

function failureOf(error: AzureError, disposition: Disposition, remedy: string, comeBackSeconds?: number): Failure {
  const seconds = error.retryAfterSeconds ?? comeBackSeconds;
  return {
    disposition,
    code: error.code,
    message: error.message,
    remedy,
    ...(disposition === "waiting" && seconds !== undefined ? { retryAfterSeconds: seconds } : {}),
    ...(error.correlationId === undefined ? {} : { correlationId: error.correlationId }),
  };
}

/** 401 ends the whole run: no other step would fare better. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof AzureError && error.status === 401;
}
