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
  const type = typeOf(entry);
  const note = entry.note === undefined ? "" : `: ${entry.note}`;
  return `${name}${type === undefined ? "" : ` ${type}`}, ${stateOf(entry)}${note}`;
}

/** Its state in Azure's word, and until when it is kept where it is soft-deleted. */
export function stateOf(entry: InventoryEntry): string {
  const softDeleted = entry.kind === "protected-item" && entry.softDeleted ? ", soft-deleted" : "";
  const until = "purgeAt" in entry && entry.purgeAt !== undefined ? ` until ${day(entry.purgeAt)}` : "";
  return `${entry.state}${softDeleted}${until}`;
}

/** What sort of backup data it is; undefined of anything else. */
export function typeOf(entry: InventoryEntry): string | undefined {
  if (entry.kind === "protected-item") return entry.workload;
  return entry.kind === "backup-instance" ? entry.datasourceType : undefined;
}
