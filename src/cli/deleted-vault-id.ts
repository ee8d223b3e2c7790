// How people name a deleted vault: by its own id, or by the last part of that. Pure.

import { idKey, nameOf, sameId } from "../model/arm-id.ts";

const deletedVaultId = /\/providers\/microsoft\.[a-z]+\/locations\/[^/]+\/deleted(backup)?vaults\/[^/]+$/;

/** Whether what was given is the id of a deleted vault, and not of one that stands or stood. */
export function isDeletedVaultId(given: string | undefined): boolean {
  return given !== undefined && deletedVaultId.test(idKey(given));
}

/** Whether it may be the id of a deleted vault, or the last part of one, which ends in a GUID (recorded). */
export function mayBeDeletedVault(given: string): boolean {
  return isDeletedVaultId(given) || /^[^/]*[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(given);
}

/** Whether a deleted vault is meant by its id, or by the last part of that. */
export function isNamed(given: string, deletedVault: string): boolean {
  return sameId(given, given.includes("/") ? deletedVault : nameOf(deletedVault));
}
