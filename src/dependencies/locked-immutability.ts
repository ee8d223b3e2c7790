// A locked immutable vault: nobody can delete a recovery point before it expires. Says which item holds it, and until when.

import { armId, type ArmId } from "../model/arm-id.ts";
import type { Blocker } from "../model/blocker.ts";
import type { ArmResource, VaultReader } from "../model/ports.ts";
import type { ImmutabilitySetting } from "../model/resource.ts";
import type { Contribution, PlanningContext } from "./dependency.ts";
import { goesWithServer, isKnownItem, isSnapshotTier, isSoftDeleted } from "./item-types.ts";
import { date, flag, group, text } from "./properties.ts";

type Expiry = NonNullable<ImmutabilitySetting["expiries"]>[number];

/**
 * When the last recovery point of each active item expires. Backups of Azure Files are not covered by immutability
 * (documented), and an item without any recovery point holds nothing.
 */
export async function readExpiries(reader: VaultReader): Promise<readonly Expiry[]> {
  const active = (await reader.protectedItems()).filter((item) => !isSoftDeleted(item.properties));
  const covered = active.filter((item) => !isSnapshotTier({ workload: text(item.properties, "workloadType") ?? "" }));
  return (await Promise.all(covered.map((item) => expiryOf(reader, item)))).flat();
}

/** Servers outside Azure keep the dates of their recovery points to themselves. */
async function expiryOf(reader: VaultReader, item: ArmResource): Promise<readonly Expiry[]> {
  const about = { item: armId(item.id), name: text(item.properties, "friendlyName") ?? item.name };
  const managementType = text(item.properties, "backupManagementType") ?? "";
  if (!isKnownItem(item) || goesWithServer({ managementType })) return [about];
  const points = await pointsOf(reader, about.item);
  if (points.length === 0) return [];
  const dates = points.flatMap((point) => date(point, "expiryTime") ?? []);
  const last = latest(dates);
  return [dates.length < points.length || last === undefined ? about : { ...about, until: last }];
}

type Properties = ArmResource["properties"];

async function pointsOf(reader: VaultReader, item: ArmId): Promise<readonly Properties[]> {
  const points = await reader.recoveryPoints(item);
  return points
    .map((point) => group(point.properties, "recoveryPointProperties") ?? {})
    .filter((point) => !flag(point, "isSoftDeleted"));
}

function latest(dates: readonly string[]): string | undefined {
  const times = dates.map((value) => Date.parse(value));
  return times.length === 0 ? undefined : new Date(Math.max(...times)).toISOString();
}

/** Blocks once for the vault and once for each item that is still held. */
export function contributeLocked(setting: ImmutabilitySetting, context: PlanningContext): Contribution {
  if (setting.expiries === undefined) return { blockers: [lockedVault(setting)] };
  const held = setting.expiries.filter(({ until }) => until === undefined || Date.parse(until) > context.now);
  if (held.length === 0) return { note: `${setting.state}, but no recovery point is held by it any more` };
  const dates = held.flatMap(({ until }) => until ?? []);
  const until = dates.length < held.length ? undefined : latest(dates);
  return { blockers: [lockedVault(setting, until), ...held.map(lockedItem)] };
}

function lockedVault(setting: ImmutabilitySetting, until?: string): Blocker {
  return {
    code: "immutability-locked",
    subject: setting.id,
    reason: `the vault is immutable (${setting.state}): no one, Microsoft included, can delete recovery points before they expire`,
    fix: "stop new backups now (stop protection, retain as per policy) and plan again when the last recovery point has expired",
    who: "the owner of the backup policies",
    ...(until === undefined ? {} : { until }),
  };
}

function lockedItem({ item, name, until }: Expiry): Blocker {
  const next = until === undefined ? "when the portal shows no recovery point left" : "then";
  const when = until === undefined ? "at a time Azure does not say" : `on ${until.slice(0, 10)}`;
  return {
    code: "immutability-locked-item",
    subject: item,
    reason: `the last recovery point of ${name} expires ${when}; new backups move that on`,
    fix: `let no new backup of ${name} run (stop protection, retain as per policy) and plan again ${next}`,
    who: "the owner of the backup policies",
    ...(until === undefined ? {} : { until }),
  };
}
