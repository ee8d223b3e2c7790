// What Site Recovery keeps in a vault right now, and how it is found. It must not decide what a request may do.
import type { Properties } from "../json.ts";
import { text } from "../json.ts";
import { lastSegment, sameName } from "../names.ts";
import type { VaultState } from "../state.ts";
import { azureDate } from "../world-times.ts";
import { everythingBelow, kindBelow, naming, workAt } from "./groups.ts";
import type { ReplicationKind } from "./kinds.ts";
import { replicationKinds } from "./kinds.ts";
import type { WorldReplication, WorldReplicationJob } from "./world-replication.ts";

export type ReplicationEntry = {
  readonly kind: ReplicationKind;
  /** Below the vault; the last segment is the name. */
  readonly path: string;
  readonly key: string;
  readonly name: string;
  properties: Properties;
  readonly completesAt: number | undefined;
  readonly about: string | undefined;
};

export function entryFrom(kind: ReplicationKind, from: WorldReplicationJob): ReplicationEntry {
  const { path, properties, completesAt, about } = from;
  return {
    kind,
    path,
    key: path.toLowerCase(),
    name: lastSegment(path),
    properties,
    completesAt: completesAt === undefined ? undefined : Date.parse(completesAt),
    about,
  };
}

export function entriesFrom(replication: WorldReplication = {}): readonly ReplicationEntry[] {
  return replicationKinds.flatMap((kind) => (replication[kind] ?? []).map((entry) => entryFrom(kind, entry)));
}

/** Undefined when there is nothing. */
export function savedReplication(entries: readonly ReplicationEntry[]): WorldReplication | undefined {
  if (entries.length === 0) return undefined;
  const members = replicationKinds.map((kind) => [kind, entries.filter((entry) => entry.kind === kind)] as const);
  return Object.fromEntries(
    members.filter(([, list]) => list.length > 0).map(([kind, list]) => [kind, list.map(savedEntry)]),
  );
}

function savedEntry({ path, properties, completesAt, about }: ReplicationEntry): WorldReplicationJob {
  return {
    path,
    properties,
    ...(completesAt === undefined ? {} : { completesAt: azureDate(completesAt) }),
    ...(about === undefined ? {} : { about }),
  };
}

export function ofKind(vault: VaultState, kind: ReplicationKind): readonly ReplicationEntry[] {
  return vault.replication.of(kind);
}

export function findEntry(vault: VaultState, path: string): ReplicationEntry | undefined {
  return vault.replication.find(path.toLowerCase());
}

/** The one whose id this is. */
export function entryOf(vault: VaultState, id: string): ReplicationEntry | undefined {
  const before = `${vault.id}/`.toLowerCase();
  const given = id.toLowerCase();
  return given.startsWith(before) ? vault.replication.find(given.slice(before.length)) : undefined;
}

/** All that stands somewhere below another object. */
export function allBelow(vault: VaultState, { key }: ReplicationEntry): readonly ReplicationEntry[] {
  return vault.replication.of(everythingBelow(key));
}

/** Those of a kind that stand somewhere below a path. */
export function below(vault: VaultState, path: string, kind: ReplicationKind): readonly ReplicationEntry[] {
  return vault.replication.of(kindBelow(kind, path.toLowerCase()));
}

/** Those of a kind in which the id of an object stands. */
export function thoseNaming(
  vault: VaultState,
  entry: ReplicationEntry,
  kind: ReplicationKind,
): readonly ReplicationEntry[] {
  return vault.replication.of(naming(kind, replicationId(vault, entry.path)));
}

/** A container mapping belongs to the container it stands in and to the one it points at. */
export function mappingsOf(vault: VaultState, container: ReplicationEntry): readonly ReplicationEntry[] {
  const pointing = thoseNaming(vault, container, "containerMappings").filter(({ properties }) =>
    refersTo(vault, text(properties, "targetProtectionContainerId"), container),
  );
  const own = new Set([...below(vault, container.path, "containerMappings"), ...pointing]);
  return own.size === 0 ? [] : ofKind(vault, "containerMappings").filter((mapping) => own.has(mapping));
}

/** What people call it. */
export function label({ name, properties }: ReplicationEntry): string {
  return text(properties, "friendlyName") || text(properties, "machineName") || name;
}

/** Recorded: all ids of Site Recovery begin with a capital (azext2024__test_siterecovery_A2A_selfcreated_scenarios). */
export function replicationId(vault: VaultState, path: string): string {
  return `${vault.id.replace(/^\/subscriptions\//iu, "/Subscriptions/")}/${path}`;
}

export function refersTo(vault: VaultState, id: string, entry: ReplicationEntry): boolean {
  return sameName(id, replicationId(vault, entry.path));
}

/** The job that is at work on an object or on something below it. */
export function runningJob(vault: VaultState, { key }: ReplicationEntry): ReplicationEntry | undefined {
  return vault.replication.of(workAt(key)).find(isRunning);
}

export function isRunning(job: ReplicationEntry): boolean {
  return job.properties["state"] === "InProgress";
}
