// Asks locations for their deleted vaults, a few at a time. A location that refuses is named; it must never read as empty.

import { deletedVaultEntry } from "../dependencies/deleted-vault-entry.ts";
import { text } from "../dependencies/properties.ts";
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
 * A deleted Recovery Services vault. Recorded: its own name is not the vault's, which only `vaultId` says. Its
 * list says no more of what it held than its dates do.
 */
export function deletedRecoveryServicesVault(entry: ArmResource, location: string, now: number): DeletedVault {
  return deletedVault("recovery-services", entry, location, now);
}

/**
 * A deleted Backup vault. Recorded (ps2026p__Undo-AzDataProtectionVaultDeletion): its own name is a GUID, and
 * `originalBackupVaultId` another one. That a purge later than that of an empty vault means data is inferred.
 */
export function deletedBackupVault(entry: ArmResource, location: string, now: number): DeletedVault {
  const name = text(entry.properties, "originalBackupVaultName");
  return { ...deletedVault("backup", entry, location, now), ...(name === undefined ? {} : { name }) };
}

function deletedVault(kind: DeletedVault["kind"], entry: ArmResource, location: string, now: number): DeletedVault {
  const { vaultId, deletedAt, purgeAt, heldNothing } = deletedVaultEntry(entry);
  const isDated = deletedAt !== undefined && purgeAt !== undefined;
  return {
    kind,
    name: vaultId === "" ? entry.name : nameOf(vaultId),
    location: entry.location ?? location,
    vaultId,
    id: entry.id,
    ...deletionTimes(deletedAt, purgeAt, now),
    ...(isDated ? { held: heldNothing ? "nothing" : "recoverable-data" } : {}),
  };
}
