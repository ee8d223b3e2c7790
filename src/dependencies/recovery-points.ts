// Recovery points as Azure lists them, of items and of instances: which of them are backups, and how far back they reach. Pure.

import type { RecoveryPoints } from "../model/loss.ts";
import type { ArmResource } from "../model/ports.ts";
import { date, flag, group, groups } from "./properties.ts";

type Properties = ArmResource["properties"];

/** One entry stands for all logs of a database, without any date of expiry, and even where there are none (recorded). */
export function isOfLogs(point: Properties): boolean {
  return Array.isArray(point["timeRanges"]);
}

/** Deleted with its retention, and kept for a while like anything soft-deleted. */
export function isSoftDeletedPoint(point: Properties): boolean {
  return flag(group(point, "recoveryPointProperties") ?? {}, "isSoftDeleted");
}

/**
 * What a list of recovery points comes to. Recorded: machines, shares and instances of Backup vaults say
 * `recoveryPointTime`, databases `recoveryPointTimeInUTC`. Logs reach beyond the last backup and never before the first.
 */
export function recoveryPointsIn(listed: readonly Pick<ArmResource, "properties">[]): RecoveryPoints {
  const kept = listed.map(({ properties }) => properties).filter((point) => !isSoftDeletedPoint(point));
  const backups = kept.filter((point) => !isOfLogs(point));
  const times = backups.flatMap((point) => timeOf(point) ?? []);
  const logs = kept.flatMap((point) => groups(point, "timeRanges")).flatMap((range) => timeIn(range, "endTime") ?? []);
  const oldest = isoOf(times.reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY));
  const newest = isoOf([...times, ...logs].reduce((one, other) => Math.max(one, other), Number.NEGATIVE_INFINITY));
  return {
    count: backups.length,
    ...(oldest === undefined ? {} : { oldest }),
    ...(newest === undefined ? {} : { newest }),
  };
}

function timeOf(point: Properties): number | undefined {
  return timeIn(point, "recoveryPointTime") ?? timeIn(point, "recoveryPointTimeInUTC");
}

function timeIn(properties: Properties, name: string): number | undefined {
  const value = date(properties, name);
  return value === undefined ? undefined : Date.parse(value);
}

function isoOf(time: number): string | undefined {
  return Number.isFinite(time) ? new Date(time).toISOString() : undefined;
}
