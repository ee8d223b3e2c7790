// The order in which a plan takes what was found. Azure promises none for its lists, and the same vault must give the same plan. Pure.

import { kinds } from "../dependencies/registry.ts";
import { idKey } from "../model/arm-id.ts";
import type { ScopeGrants } from "../model/grant.ts";
import type { Resource } from "../model/resource.ts";

const rank: ReadonlyMap<string, number> = new Map(kinds.map((kind, index) => [kind, index]));

/** Kind by kind, by id whatever its spelling; of two with one id, by the rest of what they say. */
export function inOrder(resources: readonly Resource[]): readonly Resource[] {
  return resources
    .map((resource) => ({ resource, rank: rank.get(resource.kind) ?? kinds.length, key: idKey(resource.id) }))
    .toSorted(
      (one, other) =>
        one.rank - other.rank || compare(one.key, other.key) || compareWhole(one.resource, other.resource),
    )
    .map(({ resource }) => resource);
}

/** The scopes as they were asked for; what is granted at each in the order of its words. */
export function grantsInOrder(scopes: readonly ScopeGrants[]): readonly ScopeGrants[] {
  return scopes.map((read) => ("grants" in read ? { ...read, grants: read.grants.toSorted(compareWhole) } : read));
}

function compareWhole(one: object, other: object): number {
  return compare(JSON.stringify(one), JSON.stringify(other));
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
