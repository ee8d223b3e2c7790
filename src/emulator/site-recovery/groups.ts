// The names under which things of Site Recovery are found together, so that none is looked for among all.
// It must not look anything up.
import type { Json, Properties } from "../json.ts";
import { isObject, list, text } from "../json.ts";
import type { ReplicationEntry } from "./entries.ts";
import type { ReplicationKind } from "./kinds.ts";

/** None of them changes while the entry stands: of what they are made of, nothing is ever replaced. */
export function groupsOf(entry: ReplicationEntry): readonly string[] {
  const { kind, key } = entry;
  return [
    kind,
    ...above(key).flatMap((parent) => [everythingBelow(parent), kindBelow(kind, parent)]),
    ...(kind === "jobs" && entry.about !== undefined ? above(`${entry.about.toLowerCase()}/`).map(workAt) : []),
    ...idsIn(entry).map((id) => naming(kind, id)),
  ];
}

/** `parent` is a key, here and below. */
export function everythingBelow(parent: string): string {
  return `below ${parent}`;
}

export function kindBelow(kind: ReplicationKind, parent: string): string {
  return `${kind} below ${parent}`;
}

/** The jobs about what has this key, or about something below it. */
export function workAt(key: string): string {
  return `work ${key}`;
}

/** Those of a kind that name the object with this id. */
export function naming(kind: ReplicationKind, id: string): string {
  return `${kind} naming ${id.toLowerCase()}`;
}

/** `a/b/c` → `a`, `a/b`. */
function above(key: string): readonly string[] {
  return [...key.matchAll(/\//gu)].map(({ index }) => key.slice(0, index));
}

/** Only of kinds whose bodies stay as they are, and that are looked for by what they name. */
function idsIn({ kind, properties }: ReplicationEntry): readonly string[] {
  const named = (members: readonly string[]): readonly string[] => members.map((member) => text(properties, member));
  if (kind === "containerMappings") return named(["targetProtectionContainerId", "policyId"]);
  return kind === "recoveryPlans"
    ? [...named(["primaryFabricId", "recoveryFabricId"]), ...plannedItems(properties)]
    : [];
}

/** Recorded: a plan's groups hold the ids of its items (azext2024__test_siterecovery_A2A_selfcreated_scenarios). */
export function plannedItems(plan: Properties): readonly string[] {
  const members = (value: Json): readonly Json[] => (isObject(value) ? list(value, "replicationProtectedItems") : []);
  return list(plan, "groups").flatMap((group) =>
    members(group).map((item) => (isObject(item) ? text(item, "id") : "")),
  );
}
