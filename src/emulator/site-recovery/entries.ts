// What Site Recovery keeps in a vault right now, and how it is found. It must not decide what a request may do.
import type { Properties } from "../json.ts";
import { text } from "../json.ts";
import { lastSegment, sameName } from "../names.ts";
import type { VaultState } from "../state.ts";
import { azureDate } from "../world-times.ts";
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
  return vault.replication.filter((entry) => entry.kind === kind);
}

export function findEntry(vault: VaultState, path: string): ReplicationEntry | undefined {
  return vault.replication.find((entry) => sameName(entry.path, path));
}

/** Those of a kind that stand somewhere below another object. */
export function below(vault: VaultState, parent: ReplicationEntry, kind: ReplicationKind): readonly ReplicationEntry[] {
  return ofKind(vault, kind).filter((entry) => isBelow(entry, parent));
}

export function isBelow(entry: ReplicationEntry, parent: ReplicationEntry): boolean {
  return entry.key.startsWith(`${parent.key}/`);
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
  return ofKind(vault, "jobs").find(
    (job) => isRunning(job) && `${job.about ?? ""}/`.toLowerCase().startsWith(`${key}/`),
  );
}

export function isRunning(job: ReplicationEntry): boolean {
  return job.properties["state"] === "InProgress";
}
