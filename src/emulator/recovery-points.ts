// Recovery points of an item: the list, and whether one of them still holds an immutable item.
// It must not make or expire any.
import type { Answer } from "./answers.ts";
import { notFoundInVault } from "./arm-errors.ts";
import type { Call, Route } from "./call.ts";
import { parameter } from "./call.ts";
import type { Tests } from "./filter.ts";
import { filterTime, filtered } from "./filter.ts";
import type { Properties } from "./json.ts";
import { object, text } from "./json.ts";
import { sameName } from "./names.ts";
import { page, pageSize } from "./paging.ts";
import { findItem, itemId, itemPath } from "./protected-items.ts";
import type { ItemState, VaultState } from "./state.ts";
import { vaultRoute, vaultType } from "./vault-scope.ts";
import type { WorldResource } from "./world.ts";

/** Recorded: `restorePointQueryType eq 'Log'` for the logs of a database, `startDate` and `endDate` (net2016). */
const tests: Tests<WorldResource> = {
  restorepointquerytype: ({ properties }, value) =>
    sameName(value, "All") || sameName(value, "Log") === Array.isArray(properties["timeRanges"]),
  startdate: ({ properties }, value) => !(pointTime(properties) < filterTime(value)),
  enddate: ({ properties }, value) => !(pointTime(properties) > filterTime(value)),
};

/** Not a number for the entry of all logs, which no date leaves out. */
function pointTime(properties: Properties): number {
  return Date.parse(text(properties, "recoveryPointTime") || text(properties, "recoveryPointTimeInUTC"));
}

function listPoints(call: Call, vault: VaultState): Answer {
  const item = findItem(call, vault);
  if (item === undefined) return notFoundInVault(parameter(call, "item"));
  const result = filtered(call, item.recoveryPoints, tests);
  if ("refused" in result) return result.refused;
  return page(call, result.entries, pageSize(call), ({ name, properties }) => ({
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
