// What a teardown reaches that a lock may hold: the vault, private endpoints, registered storage accounts, replicated machines.
// What a lock there does is data, for only part of it is documented.

import { armId, idKey, isWithin, nameOf, segmentAfter, type ArmId } from "../model/arm-id.ts";
import type { VaultReader } from "../model/ports.ts";
import type { Lock, Resource } from "../model/resource.ts";
import { needsUnregistering } from "./containers.ts";
import type { PlanningContext } from "./dependency.ts";
import { connectionsOf } from "./private-endpoint-answers.ts";
import { goes } from "./private-endpoints.ts";
import { group, isWord, text } from "./properties.ts";
import { siteRecoveryIsUnused } from "./site-recovery/unused.ts";

/** written: the plan writes to it; touched: a write in the vault makes the service change it. */
type Relation = "written" | "touched";

export type Reached = { readonly id: ArmId; readonly relation: Relation; readonly what: string };

type Effect = { readonly holdsUp: boolean; readonly refuses: string; readonly evidence: string };

const documented = "documented: lock resources";

/** A level nobody knows is taken for the strictest. */
const effects: Readonly<Record<Relation, Readonly<Record<string, Effect>>>> = {
  written: {
    cannotdelete: { holdsUp: true, refuses: "deletions", evidence: documented },
    readonly: { holdsUp: true, refuses: "every change", evidence: documented },
    notspecified: { holdsUp: false, refuses: "nothing", evidence: "unverified: no report of such a lock" },
  },
  touched: {
    cannotdelete: {
      holdsUp: true,
      refuses: "what the service does there",
      evidence: "field report: azure-cli 24197, for machines; unverified for storage accounts",
    },
    readonly: { holdsUp: true, refuses: "what the service does there", evidence: "unverified" },
    notspecified: { holdsUp: false, refuses: "nothing", evidence: "unverified: no report of such a lock" },
  },
};

export function effectOf(level: string, relation: Relation): Effect {
  const byLevel = effects[relation];
  return byLevel[level.toLowerCase()] ?? { holdsUp: true, refuses: "every change", evidence: "unverified" };
}

/** What of the plan lies at or under the lock's scope, or above it where it lies inside the vault. */
export function heldUp(lock: Lock, context: PlanningContext): readonly Reached[] {
  return reachedBy(context).filter(
    (reached) =>
      effectOf(lock.state, reached.relation).holdsUp &&
      (isWithin(reached.id, lock.scope) || (reached.id === context.vault && isWithin(lock.scope, reached.id))),
  );
}

const reachedOf = new WeakMap<PlanningContext, readonly Reached[]>();

function reachedBy(context: PlanningContext): readonly Reached[] {
  let reached = reachedOf.get(context);
  if (reached === undefined) {
    reached = [
      { id: context.vault, relation: "written", what: `vault ${nameOf(context.vault)}` },
      ...context.resources.flatMap((resource) => reachedThrough(resource, context)),
    ];
    reachedOf.set(context, reached);
  }
  return reached;
}

function reachedThrough(resource: Resource, context: PlanningContext): readonly Reached[] {
  if (resource.kind === "private-endpoint") {
    if (!goes(resource, context)) return [];
    return [{ id: resource.id, relation: "written", what: `private endpoint ${resource.name}` }];
  }
  if (resource.kind === "storage-container" && needsUnregistering(resource))
    return touched(resource.sourceId, "storage account");
  return resource.kind === "replicated-item" ? touched(resource.sourceId, "replicated machine") : [];
}

function touched(id: ArmId | undefined, what: string): readonly Reached[] {
  return id === undefined ? [] : [{ id, relation: "touched", what: `${what} ${nameOf(id)}` }];
}

/** The ids whose locks can matter, before anything is planned: the vault's first. Throws AzureError. */
export async function lockableIds(reader: VaultReader): Promise<readonly ArmId[]> {
  const [vault, containers, sources] = await Promise.all([
    reader.vault(),
    reader.containers("AzureStorage"),
    replicatedSources(reader),
  ]);
  if (vault === undefined) return [];
  const endpoints = connectionsOf(vault).flatMap(({ endpoint }) => endpoint ?? []);
  const accounts = containers.flatMap((container) => text(container.properties, "sourceResourceId") ?? []);
  const ids = [vault.id, ...endpoints, ...accounts, ...sources].filter((id) => segmentAfter(id, "subscriptions"));
  return [...new Map(ids.map((id) => [idKey(id), armId(id)])).values()];
}

/** Azure machines replicated from this vault; asked for only where it replicates anything at all. */
async function replicatedSources(reader: VaultReader): Promise<readonly string[]> {
  if (await siteRecoveryIsUnused(reader)) return [];
  const items = await reader.replication("protected-items");
  return items.flatMap(({ properties }) => {
    const details = group(properties, "providerSpecificDetails") ?? {};
    return isWord(text(details, "instanceType"), "A2A") ? (text(details, "fabricObjectId") ?? []) : [];
  });
}
