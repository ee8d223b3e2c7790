// What becomes of the backup data, for people: what is lost for good, and until when the rest can be brought back.

import type { Billing, Loss, RecoveryPoints } from "../model/loss.ts";
import type { InventoryEntry } from "../model/plan.ts";
import { isBackupData, type BackupInstance, type ProtectedItem } from "../model/resource.ts";
import type { PlanNames } from "./plan-names.ts";
import { counted, cut, day, indented, type Line } from "./words.ts";

type Lost = (ProtectedItem | BackupInstance) & { readonly loss: Loss };

/** In a section with more items than these, alike ones share a line. */
const mostLines = 25;

/** So many only copies are named in a line they share. */
const copiesNamed = 8;

export type LossSection = { readonly title: string; readonly count: number; readonly lines: readonly Line[] };

/**
 * Two sections, that of what cannot be undone first; in each what ends soonest first, and of one end the only copies. None
 * where nothing is lost. `count`: of the items.
 */
export function lossSections(inventory: readonly InventoryEntry[], names: PlanNames): readonly LossSection[] {
  const lost = inventory.filter(isLost);
  const forGood = lost.filter(({ loss }) => loss.fate === "destroyed");
  const rest = lost.filter(({ loss }) => loss.fate !== "destroyed");
  const sections = [
    { title: "lost for good", count: forGood.length, lines: linesOf(forGood, names) },
    { title: "can be brought back", count: rest.length, lines: linesOf(rest, names) },
  ].filter(({ count }) => count > 0);
  const last = sections.at(-1);
  return last === undefined
    ? []
    : [...sections.slice(0, -1), { ...last, lines: [...last.lines, ...rulesOf(lost, sections)] }];
}

/** The sections as text, each after an empty line. */
export function lossesText(inventory: readonly InventoryEntry[], names: PlanNames): readonly string[] {
  return lossSections(inventory, names).flatMap(({ title, count, lines }) => [
    "",
    `${title} (${count})`,
    ...indented(lines).map((line) => `  ${line}`),
  ]);
}

/** How to read the lines. */
function rulesOf(lost: readonly Lost[], sections: readonly { readonly count: number }[]): readonly Line[] {
  const shared = "(items of one workload, date and source share a line; plan --format json has each of them)";
  const notAsked = "(how far back they reach and how many there are is not asked: plan --deep does)";
  return [
    ...(sections.some(({ count }) => count > mostLines) ? [{ text: shared }] : []),
    ...(lost.some(wasNotAsked) ? [{ text: notAsked }] : []),
  ];
}

function isLost(entry: InventoryEntry): entry is Lost {
  return isBackupData(entry) && entry.loss !== undefined;
}

function wasNotAsked({ loss, recoveryPoints }: Lost): boolean {
  return loss.fate !== "already-soft-deleted" && recoveryPoints === undefined;
}

function linesOf(lost: readonly Lost[], names: PlanNames): readonly Line[] {
  const shared = lost.length > mostLines;
  const soonestFirst = lost.toSorted((one, other) => compare(one.loss.until ?? "", other.loss.until ?? ""));
  return [...Map.groupBy(soonestFirst, ({ loss }) => endOf(loss))].flatMap(([end, those]): readonly Line[] => {
    const same = onlyCopiesFirst(those);
    const groups = shared ? [...Map.groupBy(same, sortOf).values()] : same.map((one) => [one]);
    const texts = groups.map((alike) => lineOf(alike, names));
    return end === ""
      ? texts.map((text) => ({ text }))
      : [{ text: end }, ...texts.map((text) => ({ text, inner: true }) as const)];
  });
}

function onlyCopiesFirst(lost: readonly Lost[]): readonly Lost[] {
  return [...lost.filter(({ loss }) => isOnlyCopy(loss)), ...lost.filter(({ loss }) => !isOnlyCopy(loss))];
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function isOnlyCopy({ onlyCopy }: Loss): boolean {
  return onlyCopy === true;
}

function sortOf(lost: Lost): string {
  return JSON.stringify([workloadOf(lost), sourceOf(lost), whyUncounted(lost.recoveryPoints)]);
}

function lineOf(alike: readonly Lost[], names: PlanNames): string {
  const [first] = alike;
  if (first === undefined) return "";
  const only = alike.length === 1;
  const subject = only ? `${names.ofEntry(first)} ${workloadOf(first)}` : `${alike.length} ${workloadOf(first)}`;
  const copies = only || !isOnlyCopy(first.loss) ? "" : `: ${named(alike, names)}`;
  return `${subject}; ${pointsOf(alike)}; ${sourceOf(first)}${copies}`;
}

function named(alike: readonly Lost[], names: PlanNames): string {
  return cut(alike, copiesNamed, (one) => names.ofEntry(one)).join(", ");
}

function workloadOf(lost: Lost): string {
  return lost.kind === "protected-item" ? lost.workload : lost.datasourceType;
}

/** Nothing where the section's title says it. */
function endOf({ fate, until, billing }: Loss): string {
  if (fate === "destroyed") return "";
  if (until === undefined) return "until a time Azure does not say";
  const about = fate === "soft-deleted" ? "about " : "";
  return `until ${about}${day(until)}${billing === undefined ? "" : ` (${billingText(billing)})`}`;
}

function billingText({ billedDays, freeDays, alwaysBilled }: Billing): string {
  const free = `${counted(freeDays, "day")} free`;
  const days = billedDays === 0 ? free : `${counted(billedDays, "day")} billed, then ${free}`;
  return alwaysBilled === undefined ? days : `${days}; ${alwaysBilled} billed throughout`;
}

function sourceOf({ source, loss }: Lost): string {
  if (isOnlyCopy(loss)) return "ONLY COPY, its source is gone";
  if (source?.state === "exists") return "source exists";
  return `source unknown${source?.why === undefined ? "" : `: ${source.why}`}`;
}

function pointsOf(alike: readonly Lost[]): string {
  const counts = alike.flatMap(({ recoveryPoints }) =>
    recoveryPoints !== undefined && "count" in recoveryPoints ? [recoveryPoints] : [],
  );
  const named = rangeOf(alike.flatMap((lost) => newestNamed(lost) ?? []));
  if (counts.length === 0) {
    const why = whyUncounted(alike[0]?.recoveryPoints);
    const newest = `newest recovery point ${named === "" ? "unknown" : named}`;
    return why === undefined ? newest : `${newest}, the others unknown: ${why}`;
  }
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return `no recovery point listed${named === "" ? "" : `, although the newest is named as ${named}`}`;
  const inAll = alike.length > 1 ? " in all" : "";
  return `${counted(total, "recovery point")}${inAll}, ${rangeOf(counts.flatMap(({ oldest, newest }) => [oldest, newest]))}`;
}

function whyUncounted(points: RecoveryPoints | undefined): string | undefined {
  return points !== undefined && "why" in points ? points.why : undefined;
}

/** What the list of items says beside each. */
function newestNamed(lost: Lost): string | undefined {
  return lost.kind === "protected-item" ? lost.lastRecoveryPoint : undefined;
}

/** From the first day to the last, or the one day there is. */
function rangeOf(times: readonly (string | undefined)[]): string {
  const days = times.flatMap((time) => (time === undefined ? [] : [day(time)])).toSorted();
  const [first = "", last = ""] = [days[0], days.at(-1)];
  return first === last ? first : `${first} to ${last}`;
}
