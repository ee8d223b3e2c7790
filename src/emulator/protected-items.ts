// Reading protected items: the list with its filter and pages, and one item. It must not delete or undelete.
import type { Answer } from "./answers.ts";
import { found } from "./answers.ts";
import { notFoundInVault } from "./arm-errors.ts";
import type { Call, Route } from "./call.ts";
import { parameter } from "./call.ts";
import type { Tests } from "./filter.ts";
import { filtered } from "./filter.ts";
import type { Json, Properties } from "./json.ts";
import { text, without } from "./json.ts";
import { listedItems } from "./list-lag.ts";
import { containerWithoutType, lastSegment, sameName } from "./names.ts";
import { page, pageSize } from "./paging.ts";
import type { ItemState, VaultState } from "./state.ts";
import { itemKey } from "./state.ts";
import { vaultRoute, vaultType } from "./vault-scope.ts";
import { timeSpan } from "./world-times.ts";

export const itemPath = "backupFabrics/{fabric}/protectionContainers/{container}/protectedItems/{item}";

const tests: Tests<ItemState> = {
  backupmanagementtype: ({ properties }, value) => sameName(text(properties, "backupManagementType"), value),
  itemtype: ({ properties }, value) => sameName(text(properties, "workloadType"), value),
  workloadtype: ({ properties }, value) => sameName(text(properties, "workloadType"), value),
  containername: ({ container }, value) => containerWithoutType(container) === containerWithoutType(value),
  friendlyname: ({ properties }, value) => sameName(text(properties, "friendlyName"), value),
  policyname: ({ properties }, value) => sameName(lastSegment(text(properties, "policyId")), value),
  healthstate: ({ properties }, value) => sameName(text(properties, "healthStatus"), value),
  fabricname: (_, value) => sameName(value, "Azure"),
};

export function itemId(vault: VaultState, item: ItemState): string {
  return `${vault.id}/backupFabrics/Azure/protectionContainers/${item.container}/protectedItems/${item.name}`;
}

export function itemBody(vault: VaultState, item: ItemState, now: number): Json {
  return {
    id: itemId(vault, item),
    name: item.name,
    type: `${vaultType}/backupFabrics/protectionContainers/protectedItems`,
    properties: { ...item.properties, ...remaining(item, now) },
  };
}

/** Recorded as .NET TimeSpan, only on soft-deleted items (azcli2024__test_backup_softdelete). */
function remaining(item: ItemState, now: number): Properties {
  return item.purgeAt === undefined ? {} : { deferredDeleteTimeRemaining: timeSpan(item.purgeAt - now) };
}

export function findItem(call: Call, vault: VaultState): ItemState | undefined {
  const key = itemKey(parameter(call, "container"), parameter(call, "item"));
  return vault.protectedItems.find(key);
}

function listItems(call: Call, vault: VaultState): Answer {
  const result = filtered(call, listedItems(call, vault), tests);
  if ("refused" in result) return result.refused;
  return page(call, result.entries, pageSize(call), (item) => listedItem(vault, item, call.now));
}

/** Recorded: lists leave extendedInfo out (azcli2024__test_backup_wl_sql_rp). */
function listedItem(vault: VaultState, item: ItemState, now: number): Json {
  const { properties, ...rest } = item;
  return itemBody(vault, { ...rest, properties: without(properties, ["extendedInfo"]) }, now);
}

function getItem(call: Call, vault: VaultState): Answer {
  const item = findItem(call, vault);
  return item === undefined ? notFoundInVault(parameter(call, "item")) : found(itemBody(vault, item, call.now));
}

export const protectedItemRoutes: readonly Route[] = [
  vaultRoute("GET", "backupProtectedItems", listItems),
  vaultRoute("GET", itemPath, getItem),
];
