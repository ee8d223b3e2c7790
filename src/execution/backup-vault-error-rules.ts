// What the errors of Backup vaults mean for a step, and whose move it is. Data; how a rule is applied is decided elsewhere.

import type { Disposition } from "../model/event.ts";

export type ErrorRule = {
  readonly codes: RegExp;
  /** Where one code has several meanings that only its text tells apart. */
  readonly text?: RegExp;
  readonly next: "again" | "stop";
  readonly disposition: Disposition;
  readonly remedy: string;
  /** When to come back, where Azure's answer does not say. */
  readonly comeBackSeconds?: number;
};

/** Codes and texts with their evidence; what is no more than a word for "not found" or "busy" is told by its status. */
export const backupVaultRules: readonly ErrorRule[] = [
  {
    // documented text (create-manage-backup-vault, 2023-07-31), the classic regime; its code is in no source
    codes: /^/,
    text: /existing backup instances or backup policies in the vault/i,
    next: "stop",
    disposition: "waiting",
    remedy:
      "this vault is in the classic regime and cannot go while it holds backup instances, soft-deleted ones too, or policies: plan again after the date, policies can be deleted then (apply --fresh); or plan with --strategy purge to delete them for good now",
  },
  {
    // field report: soft-deleted instances hold the policy they name
    codes: /^UserErrorPolicyAssociatedWithSoftDeletedItems$/i,
    next: "again",
    disposition: "blocked",
    remedy:
      "a soft-deleted backup instance still names this policy, so it goes only after that is purged: plan again, the new plan leaves it to the vault (apply --fresh); or plan with --strategy purge to delete both for good now",
  },
  {
    // recorded of PUT: azext test_dataprotection_backup_vault_update
    codes: /^UserErrorUnsupportedVaultImmutabilityStateChange$/i,
    next: "stop",
    disposition: "blocked",
    remedy:
      "the vault's immutability is locked, which nobody can undo; no data was touched. Plan again: it says which backup instances are held, and until when where Azure says it",
  },
  {
    // documented: a failed move is put right by the service within 36 hours
    codes: /^UserErrorBackupVaultResourceMoveInProgress$/i,
    next: "stop",
    disposition: "waiting",
    comeBackSeconds: 3600,
    remedy:
      "the vault is being moved to another group or subscription, or a move of it has failed, which Azure puts right within 36 hours: run the same command again when the portal shows it at rest; at another address it is another vault, plan again",
  },
  {
    // recorded of resumeProtection: azext2024__test_dataprotection_backup_instance_softdelete; of undelete inferred
    codes: /^UserErrorDppDatasourceAlreadyHasBackupInstance$/i,
    next: "again",
    disposition: "failed",
    remedy:
      "its datasource is protected by another backup instance of this vault, which has to be deleted first: run the same command again when that is gone",
  },
];
