// An entry of the deleted vaults of a location, as either sort of vault is listed there. Reads; decides nothing.

import type { ArmResource } from "../model/ports.ts";
import { date, group, text } from "./properties.ts";

export type DeletedVaultEntry = {
  /** The id the vault had. */
  readonly vaultId: string;
  /** ISO times; absent where Azure does not say. */
  readonly deletedAt?: string;
  readonly purgeAt?: string;
  /** Whether the dates say that nothing in it could be recovered. False where they say nothing. */
  readonly heldNothing: boolean;
};

/** Recorded: how long an empty Backup vault is kept (ps2026p__Undo-AzDataProtectionVaultDeletion). */
const emptyBackupVaultIsKept = 10 * 60_000;

/**
 * Recorded: a Recovery Services vault without recoverable data is listed for days with a purge date up to seconds before
 * its deletion; a Backup vault without any is purged ten minutes after it.
 */
export function deletedVaultEntry({ properties }: ArmResource): DeletedVaultEntry {
  const ofBackupVault = text(properties, "originalBackupVaultResourcePath");
  const backupDeletion = group(properties, "resourceDeletionInfo");
  if (ofBackupVault === undefined && backupDeletion === undefined) {
    const times = [date(properties, "vaultDeletionTime"), date(properties, "purgeAt")] as const;
    return entry(text(properties, "vaultId") ?? "", times, 0);
  }
  const deletion = backupDeletion ?? {};
  const times = [date(deletion, "deletionTime"), date(deletion, "scheduledPurgeTime")] as const;
  return entry(ofBackupVault ?? "", times, emptyBackupVaultIsKept);
}

function entry(
  vaultId: string,
  [deletedAt, purgeAt]: readonly [string | undefined, string | undefined],
  emptyIsKept: number,
): DeletedVaultEntry {
  const kept = Date.parse(purgeAt ?? "") - Date.parse(deletedAt ?? "");
  return {
    vaultId,
    ...(deletedAt === undefined ? {} : { deletedAt }),
    ...(purgeAt === undefined ? {} : { purgeAt }),
    heldNothing: kept <= emptyIsKept,
  };
}
