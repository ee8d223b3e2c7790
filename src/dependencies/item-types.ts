// Which backup items this version knows, by Azure's own words, and what follows from the words alone. Data; plans nothing.

import type { ListedItem } from "../model/ports.ts";
import { flag, isWord, text } from "./properties.ts";

/** Management types whose items are deleted one by one. */
const deletableManagementTypes = new Set(["azureiaasvm", "azureworkload", "azurestorage"]);

const deletableItemTypes = new Set([
  "microsoft.compute/virtualmachines",
  "microsoft.classiccompute/virtualmachines",
  "azurevmworkloadsqldatabase",
  // Newer than the SDK used here; newer official SDKs have the model. Its databases are items of their own.
  "azurevmworkloadsqlinstance",
  "azurevmworkloadsaphanadatabase",
  "azurevmworkloadsaphanadbinstance",
  "azurevmworkloadsapasedatabase",
  "azurefileshareprotecteditem",
]);

/** Items that Azure deletes only together with their server (issue thread azure-powershell 10521). */
const serverManagementTypes = new Set(["mab", "dpm", "azurebackupserver"]);

/** Files, system state and clients of MARS share one type. */
const serverItemTypes = new Set(["mabfilefolderprotecteditem", "dpmprotecteditem"]);

/** Whether this version knows how the item goes; the others are shown as unknown and block. */
export function isKnownItem(item: ListedItem): boolean {
  const managementType = text(item.properties, "backupManagementType") ?? "";
  const itemType = (text(item.properties, "protectedItemType") ?? "").toLowerCase();
  if (goesWithServer({ managementType })) return serverItemTypes.has(itemType);
  return deletableManagementTypes.has(managementType.toLowerCase()) && deletableItemTypes.has(itemType);
}

export function goesWithServer(item: { readonly managementType: string }): boolean {
  return serverManagementTypes.has(item.managementType.toLowerCase());
}

/** Backups of Azure Files are snapshots in the account: soft delete does not cover them (documented: enhanced soft delete). */
export function isSnapshotTier(item: { readonly workload: string }): boolean {
  return isWord(item.workload, "AzureFileShare");
}

/** Documented (secure by default, 2025-11-10): snapshots are billed as long as they stand. Undefined where an item has none. */
export function snapshotsOf(item: { readonly managementType: string }): string | undefined {
  return isWord(item.managementType, "AzureIaasVM") ? "instant-restore snapshots" : undefined;
}

/** A flag marks it on every version; some newer answers use a state of that name as well (field report). */
export function isSoftDeleted(properties: ListedItem["properties"]): boolean {
  const state = text(properties, "protectionState");
  return (
    flag(properties, "isScheduledForDeferredDelete") || isWord(state, "SoftDeleted") || isWord(state, "SoftDeleting")
  );
}
