// The names under which a plan shows things: their own, and where several share one, with the place that tells them apart.

import { idKey, nameOf, segmentAfter } from "../model/arm-id.ts";
import type { InventoryEntry, Plan } from "../model/plan.ts";
import type { Step } from "../model/step.ts";

export type PlanNames = {
  readonly ofEntry: (entry: InventoryEntry) => string;
  readonly ofStep: (step: Step) => string;
  /** Of something in the vault; undefined of anything else. */
  readonly ofSubject: (subject: string) => string | undefined;
};

export function planNames({ inventory, steps }: Pick<Plan, "inventory" | "steps">): PlanNames {
  // A leftover may carry the vault's id, or that of what it was left by.
  const standing = inventory.filter((entry) => entry.kind !== "leftover");
  const byId = new Map(standing.map((entry) => [idKey(entry.id), entry]));
  const sharedNames = shared(standing.map((entry) => `${entry.kind} ${entry.name}`));
  const sharedSteps = shared(steps.map((step) => `${step.action} ${step.name}`));
  const placed = (name: string, entry: InventoryEntry): string => `${name}${placeOf(entry, byId)}`;
  const sharedPlaces = shared(standing.map((entry) => `${entry.kind} ${placed(entry.name, entry)}`));
  /** An instance and a database of one machine may share their name. */
  const workloadOf = (entry: InventoryEntry): string =>
    entry.kind === "protected-item" && sharedPlaces.has(`${entry.kind} ${placed(entry.name, entry)}`)
      ? ` (${entry.workload})`
      : "";
  const ofEntry = (entry: InventoryEntry): string =>
    entry.kind === "lock" || sharedNames.has(`${entry.kind} ${entry.name}`) ? placed(entry.name, entry) : entry.name;
  return {
    ofEntry,
    ofStep: (step) => {
      const entry = byId.get(idKey(step.target));
      const isShared = entry !== undefined && sharedSteps.has(`${step.action} ${step.name}`);
      return isShared ? `${placed(step.name, entry)}${workloadOf(entry)}` : step.name;
    },
    ofSubject: (subject) => {
      const entry = byId.get(idKey(subject));
      return entry === undefined ? undefined : `${ofEntry(entry)}${workloadOf(entry)}`;
    },
  };
}

function shared(names: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set(names.filter((name) => seen.size === seen.add(name).size));
}

function placeOf(entry: InventoryEntry, byId: ReadonlyMap<string, InventoryEntry>): string {
  if (entry.kind === "lock") return ` on ${nameOf(entry.scope)}`;
  const within = "container" in entry && entry.container !== undefined ? entry.container : undefined;
  const container = within === undefined ? undefined : (byId.get(idKey(within))?.name ?? lastPart(within));
  if (container !== undefined && container.toLowerCase() !== entry.name.toLowerCase()) return ` on ${container}`;
  const source = "sourceId" in entry && entry.sourceId !== undefined ? entry.sourceId : entry.id;
  const group = segmentAfter(source, "resourceGroups");
  return group === undefined ? "" : ` in ${group}`;
}

/** Containers are named type;…;machine. */
function lastPart(id: string): string {
  return nameOf(id).split(";").at(-1) ?? id;
}
