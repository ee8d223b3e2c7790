// Runs every lister side by side into an inventory. A listing that fails is a recorded gap, never an empty list.

import { decidingKinds, kinds, registry } from "../dependencies/registry.ts";
import { AzureError } from "../model/azure-error.ts";
import type { Clock, VaultReader } from "../model/ports.ts";
import type { Gap, Inventory, Kind, Resource } from "../model/resource.ts";
import { askingOnce } from "./asking-once.ts";

/**
 * Lists everything that stands in the vault. Each Azure list is asked once, however many kinds read it. Listing again for
 * a plan (`seen`: what it found) leaves out what is only reported, and leaves out nothing for looking unused once a plan
 * found any of it: while a run removes it, it comes to look so.
 * Throws only when a rule itself is broken; what Azure refuses becomes a gap.
 */
export async function discover(
  reader: VaultReader,
  clock: Pick<Clock, "now">,
  seen?: readonly Resource[],
): Promise<Inventory> {
  const asked = seen === undefined ? kinds : decidingKinds;
  const whole = seen?.some((resource) => registry[resource.kind].unusedWhen !== undefined) ?? false;
  return discoverKinds(asked, reader, clock, whole);
}

async function discoverKinds(
  asked: readonly Kind[],
  reader: VaultReader,
  clock: Pick<Clock, "now">,
  whole: boolean,
): Promise<Inventory> {
  const discoveredAt = new Date(clock.now()).toISOString();
  const once = askingOnce(reader);
  const listed = await Promise.all(asked.map((kind) => listKind(kind, once, whole)));
  return {
    discoveredAt,
    resources: listed.flatMap((list) => list.resources),
    gaps: listed.flatMap((list) => list.gaps),
  };
}

/** Kinds that a recovery brings back, or that decide over it. */
const recoverableKinds: readonly Kind[] = kinds.filter(
  (kind) => registry[kind].recover !== undefined || kind === "resource-guard",
);

/** Lists what is soft-deleted in a vault that stands, and what a recovery needs to know around it. Throws as `discover` does. */
export async function discoverRecoverable(reader: VaultReader, clock: Pick<Clock, "now">): Promise<Inventory> {
  return discoverKinds(recoverableKinds, reader, clock, false);
}

type Listed = { readonly resources: readonly Resource[]; readonly gaps: readonly Gap[] };

async function listKind(kind: Kind, reader: VaultReader, whole: boolean): Promise<Listed> {
  try {
    const isUnused = whole ? false : await registry[kind].unusedWhen?.(reader);
    if (isUnused === true) return { resources: [], gaps: [] };
    return { resources: await registry[kind].list(reader), gaps: [] };
  } catch (error) {
    // Nobody signed in is no gap of one kind: every list would say the same.
    if (!(error instanceof AzureError) || error.status === 401) throw error;
    return { resources: [], gaps: [{ kind, code: error.code, message: error.message }] };
  }
}
