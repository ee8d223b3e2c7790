// A resource as the plan's inventory shows it: with what was asked about it, why it needs no step, and what is lost with it. Pure.

import type { Contribution } from "../dependencies/dependency.ts";
import type { Findings } from "../model/loss.ts";
import type { InventoryEntry } from "../model/plan.ts";
import type { Resource } from "../model/resource.ts";

/** What was asked about a resource beside the lists of discovery; undefined where nothing was. */
export type FindingsOf = (resource: Resource) => Findings | undefined;

/** `findings` of a resource read from a saved plan are its own members already. */
export function inventoryEntry(
  resource: Resource,
  { note, loss }: Pick<Contribution, "note" | "loss">,
  findings: Findings | undefined,
): InventoryEntry {
  if (note === undefined && loss === undefined && findings === undefined) return resource;
  const known = { ...resource, ...findings } as Resource & Findings;
  const whole = loss !== undefined && known.source?.state === "gone" ? { ...loss, onlyCopy: true as const } : loss;
  return { ...known, ...(note === undefined ? {} : { note }), ...(whole === undefined ? {} : { loss: whole }) };
}

/** The resource that an entry was made of, without what a plan says about it. */
export function resourceOf({ note: _note, loss: _loss, ...resource }: InventoryEntry): Resource {
  return resource;
}
