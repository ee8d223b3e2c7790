// Asks locations for their deleted vaults, a few at a time. A location that refuses is named; it must never read as empty.

import { date, group, text } from "../dependencies/properties.ts";
import { nameOf } from "../model/arm-id.ts";
import { AzureError } from "../model/azure-error.ts";
import {
  byNameThenNewest,
  deletionTimes,
  lacksDeletedVaults,
  type DeletedVault,
  type DeletedVaults,
  type DeletedVaultSource,
  type RefusedLocation,
} from "../model/deleted.ts";
import type { ArmResource } from "../model/ports.ts";

/** How many lists are asked for at the same time: a subscription has some sixty locations, each with one of either sort. */
const askedAtOnce = 8;

const minute = 60_000;

/** Recorded: so long after its deletion an empty Backup vault is purged, whatever its retention. */
const emptyBackupVaultIsKept = 10 * minute;

type Answered =
  | { readonly vaults: readonly DeletedVault[] }
  | { readonly unavailable: RefusedLocation }
  | { readonly refused: RefusedLocation };

/**
 * Asks every source for every location. `now`: epoch milliseconds. What Azure refuses for one location becomes an entry
 * of `refused`; throws AzureError where nobody is signed in, which every location would say.
 */
export async function findDeletedVaults(
  sources: readonly DeletedVaultSource[],
  locations: readonly string[],
  now: number,
): Promise<DeletedVaults> {
  const questions = locations.flatMap((location) => sources.map((source) => ({ source, location })));
  const answers: Answered[] = [];
  const waiting = questions.entries();
  const worker = async (): Promise<void> => {
    for (const [index, { source, location }] of waiting) answers[index] = await ask(source, location, now);
  };
  await Promise.all(Array.from({ length: Math.min(askedAtOnce, questions.length) }, worker));
  return {
    vaults: byNameThenNewest(answers.flatMap((answer) => ("vaults" in answer ? answer.vaults : []))),
    unavailable: answers.flatMap((answer) => ("unavailable" in answer ? answer.unavailable : [])),
    refused: answers.flatMap((answer) => ("refused" in answer ? answer.refused : [])),
  };
}

async function ask(source: DeletedVaultSource, location: string, now: number): Promise<Answered> {
  const { kind } = source;
  try {
    const listed = await source.list(location);
    return { vaults: listed.map((entry) => source.read(entry, location, now)) };
  } catch (error) {
    if (!(error instanceof AzureError) || error.status === 401) throw error;
    const said = { kind, location, status: error.status, code: error.code, message: error.message };
    return lacksDeletedVaults(error) ? { unavailable: said } : { refused: said };
  }
}

/**
 * A deleted Recovery Services vault. Recorded: its own name is not the vault's, which only `vaultId` says; `purgeAt` is no
 * later than the deletion where nothing in the vault could be recovered (azcli2026p__test_vault_soft_delete_basic), and
 * the purge of the last soft-deleted item otherwise. Azure says no more of what it held.
 */
export function deletedRecoveryServicesVault(entry: ArmResource, location: string, now: number): DeletedVault {
  const vaultId = text(entry.properties, "vaultId");
  const deletedAt = date(entry.properties, "vaultDeletionTime");
  const purgeAt = date(entry.properties, "purgeAt");
  return {
    kind: "recovery-services",
    name: vaultId === undefined ? entry.name : nameOf(vaultId),
    location: entry.location ?? location,
    vaultId: vaultId ?? "",
    id: entry.id,
    ...deletionTimes(deletedAt, purgeAt, now),
    ...heldWhere(deletedAt, purgeAt, 0),
  };
}

/**
 * A deleted Backup vault, by the members recorded in ps2026p__Undo-AzDataProtectionVaultDeletion: its own name is a GUID,
 * `originalBackupVaultId` another one, and an empty vault was purged ten minutes after its deletion. That a later purge
 * means data is inferred.
 */
export function deletedBackupVault(entry: ArmResource, location: string, now: number): DeletedVault {
  const { properties } = entry;
  const vaultId = text(properties, "originalBackupVaultResourcePath");
  const deletion = group(properties, "resourceDeletionInfo") ?? {};
  const deletedAt = date(deletion, "deletionTime");
  const purgeAt = date(deletion, "scheduledPurgeTime");
  return {
    kind: "backup",
    name: text(properties, "originalBackupVaultName") ?? (vaultId === undefined ? entry.name : nameOf(vaultId)),
    location: entry.location ?? location,
    vaultId: vaultId ?? "",
    id: entry.id,
    ...deletionTimes(deletedAt, purgeAt, now),
    ...heldWhere(deletedAt, purgeAt, emptyBackupVaultIsKept),
  };
}

/** `emptyIsKept`: milliseconds from the deletion of an empty vault to its purge. */
function heldWhere(
  deletedAt: string | undefined,
  purgeAt: string | undefined,
  emptyIsKept: number,
): Pick<DeletedVault, "held"> {
  if (deletedAt === undefined || purgeAt === undefined) return {};
  const kept = Date.parse(purgeAt) - Date.parse(deletedAt);
  return { held: kept > emptyIsKept ? "recoverable-data" : "nothing" };
}
