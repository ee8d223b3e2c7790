// What stands in a vault, for people: by kind, each thing with its state and why it needs no step.

import type { InventoryEntry } from "../model/plan.ts";
import type { PlanNames } from "./plan-names.ts";
import { cut, day, type Line } from "./words.ts";

/** Without leftovers: they stand outside the vault, and are told of with what remains. `longest`: so many of a kind are listed. */
export function inventoryLines(
  inventory: readonly InventoryEntry[],
  names: PlanNames,
  longest: number,
): readonly Line[] {
  const standing = inventory.filter((entry) => entry.kind !== "leftover");
  return [...Map.groupBy(standing, (entry) => entry.kind)].flatMap(([kind, entries]): readonly Line[] => {
    const shown = cut(entries, longest, (entry) => entryText(entry, names.ofEntry(entry)));
    return [{ text: `${kind} (${entries.length})` }, ...shown.map((text) => ({ text, inner: true }) as const)];
  });
}

function entryText(entry: InventoryEntry, name: string): string {
  const softDeleted = entry.kind === "protected-item" && entry.softDeleted ? ", soft-deleted" : "";
  const until = "purgeAt" in entry && entry.purgeAt !== undefined ? ` until ${day(entry.purgeAt)}` : "";
  const note = entry.note === undefined ? "" : `: ${entry.note}`;
  return `${name}${typeOf(entry)}, ${entry.state}${softDeleted}${until}${note}`;
}

function typeOf(entry: InventoryEntry): string {
  if (entry.kind === "protected-item") return ` ${entry.workload}`;
  return entry.kind === "backup-instance" ? ` ${entry.datasourceType}` : "";
}
