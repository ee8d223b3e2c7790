// Recovery points of an item: the list, and whether one of them still holds an immutable item.
// It must not make or expire any.
import type { Answer } from "./answers.ts";
import { notFoundInVault } from "./arm-errors.ts";
import type { Call, Route } from "./call.ts";
import { parameter } from "./call.ts";
import { object, text } from "./json.ts";
import { page, pageSize } from "./paging.ts";
import { findItem, itemId, itemPath } from "./protected-items.ts";
import type { ItemState, VaultState } from "./state.ts";
import { vaultRoute, vaultType } from "./vault-scope.ts";

function listPoints(call: Call, vault: VaultState): Answer {
  const item = findItem(call, vault);
  if (item === undefined) return notFoundInVault(parameter(call, "item"));
  return page(call, item.recoveryPoints, pageSize(call), ({ name, properties }) => ({
    id: `${itemId(vault, item)}/recoveryPoints/${name}`,
    name,
    type: `${vaultType}/backupFabrics/protectionContainers/protectedItems/recoveryPoints`,
    properties,
  }));
}

/**
 * An item whose points are all expired is free (inferred from rules 3.5); one without points is taken to be held. The one
 * entry for all logs of a database has no expiry (recorded: azcli2024__test_backup_wl_sql_rp): it holds nothing by itself.
 */
export function allExpired({ recoveryPoints }: ItemState, now: number): boolean {
  const backups = recoveryPoints.filter(({ properties }) => !Array.isArray(properties["timeRanges"]));
  const facts = backups.map(({ properties }) => object(properties, "recoveryPointProperties"));
  const kept = facts.filter((point) => point["isSoftDeleted"] !== true);
  return kept.length > 0 && kept.every((point) => Date.parse(text(point, "expiryTime")) <= now);
}

export const recoveryPointRoutes: readonly Route[] = [vaultRoute("GET", `${itemPath}/recoveryPoints`, listPoints)];
