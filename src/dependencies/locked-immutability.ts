// A locked immutable vault: nobody can delete a recovery point before it expires. Says which item holds it, and until when.

import { armId } from "../model/arm-id.ts";
import type { Blocker } from "../model/blocker.ts";
import type { ArmResource, ListedItem, VaultReader } from "../model/ports.ts";
import type { ImmutabilitySetting } from "../model/resource.ts";
import type { Contribution, PlanningContext } from "./dependency.ts";
import { goesWithServer, isKnownItem, isSnapshotTier, isSoftDeleted } from "./item-types.ts";
import { date, group, groups, isWord, text } from "./properties.ts";
import { isOfLogs, isSoftDeletedPoint } from "./recovery-points.ts";

type Expiry = NonNullable<ImmutabilitySetting["expiries"]>[number];

/**
 * When the last recovery point of each active item expires. Snapshots of Azure Files are not covered by immutability
 * (documented), and an item without any recovery point holds nothing.
 */
export async function readExpiries(reader: VaultReader): Promise<readonly Expiry[]> {
  const active = (await reader.protectedItems()).filter((item) => !isSoftDeleted(item.properties));
  return (await Promise.all(active.map((item) => expiryOf(reader, item)))).flat();
}

/** Servers outside Azure keep the dates of their recovery points to themselves. */
async function expiryOf(reader: VaultReader, item: ListedItem): Promise<readonly Expiry[]> {
  const about = { item: armId(item.id), name: text(item.properties, "friendlyName") ?? item.name };
  const managementType = text(item.properties, "backupManagementType") ?? "";
  if (!isKnownItem(item) || goesWithServer({ managementType })) return [about];
  const ofShare = isSnapshotTier({ workload: text(item.properties, "workloadType") ?? "" });
  const points = (await reader.recoveryPoints(about.item)).map(({ properties }) => properties);
  const holding = points.filter((point) => holds(point) && (!ofShare || isInVault(point)));
  if (holding.length === 0) return [];
  return [{ ...about, ...datesOf(holding) }];
}

type Properties = ArmResource["properties"];

function holds(point: Properties): boolean {
  return !isSoftDeletedPoint(point) && !(isOfLogs(point) && !coversTime(point));
}

function coversTime(point: Properties): boolean {
  return groups(point, "timeRanges").length > 0;
}

/** Whether a share's point is more than a snapshot in its account, which the service calls InstantRP (recorded). */
function isInVault(point: Properties): boolean {
  return groups(point, "recoveryPointTierDetails").some((tier) => !isWord(text(tier, "type"), "InstantRP"));
}

/** Logs are dated by the backups they build on; a new backup gets its date only after a while (recorded). */
function datesOf(points: readonly Properties[]): Pick<Expiry, "until" | "notBefore"> {
  const backups = points.filter((point) => !isOfLogs(point));
  const dates = backups.flatMap((point) => date(group(point, "recoveryPointProperties") ?? {}, "expiryTime") ?? []);
  const last = latest(dates);
  if (last === undefined) return {};
  return dates.length < backups.length ? { notBefore: last } : { until: last };
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
  return { blockers: [lockedVault(setting, until), ...held.map((expiry) => lockedItem(expiry, context.now))] };
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

function lockedItem(expiry: Expiry, now: number): Blocker {
  const { item, name, until } = expiry;
  const { when, next } = termOf(expiry, now);
  return {
    code: "immutability-locked-item",
    subject: item,
    reason: `the last recovery point of ${name} expires ${when}; new backups move that on`,
    fix: `let no new backup of ${name} run (stop protection, retain as per policy) and plan again ${next}`,
    who: "the owner of the backup policies",
    ...(until === undefined ? {} : { until }),
  };
}

function termOf({ until, notBefore }: Expiry, now: number): { readonly when: string; readonly next: string } {
  if (until !== undefined) return { when: `on ${until.slice(0, 10)}`, next: "then" };
  if (notBefore !== undefined && Date.parse(notBefore) > now)
    return {
      when: `not before ${notBefore.slice(0, 10)}: Azure does not say yet when the newest does`,
      next: "after that date",
    };
  return { when: "at a time Azure does not say", next: "when the portal shows no recovery point left" };
}
