// The member names and types a world document may have, as data: the validator walks it, a test holds it against
// world.schema.json. It must not look inside ARM bodies: `properties` are free.
import { laggingBackupLists } from "./data-protection/list-lag.ts";
import { backupVaultsShape, deletedBackupVaultsShape } from "./data-protection/world-backup-vault.ts";
import { faultsShape } from "./faults/shape.ts";
import { timedOperations } from "./latencies.ts";
import { replicationShape } from "./site-recovery/world-replication.ts";
import type { WorldListedBefore } from "./world.ts";

export type Shape =
  | { readonly kind: "text" | "number" | "seconds" | "list of seconds" | "whole" | "boolean" | "body" | "json" }
  | { readonly kind: "one-of"; readonly values: readonly (string | number)[] }
  | { readonly kind: "list"; readonly of: Shape }
  | { readonly kind: "object"; readonly required: Members; readonly optional: Members }
  /** An object whose member `kind` says which other members it has. */
  | { readonly kind: "variants"; readonly of: Variants };
export type Members = { readonly [name: string]: Shape };
export type Variants = { readonly [kind: string]: { readonly required: Members; readonly optional: Members } };

/** Thirty years; a hundred thousand of them lie beyond the last date there is. */
export const mostSeconds = 1_000_000_000;

const text: Shape = { kind: "text" };
const amount: Shape = { kind: "number" };
const seconds: Shape = { kind: "seconds" };
/** Or one number alone. */
const listOfSeconds: Shape = { kind: "list of seconds" };
const whole: Shape = { kind: "whole" };
const flag: Shape = { kind: "boolean" };
const body: Shape = { kind: "body" };

const texts: Shape = { kind: "list", of: text };

function listOf(required: Members, optional: Members = {}): Shape {
  return { kind: "list", of: { kind: "object", required, optional } };
}

const laggingLists = [
  "protectedItems",
  "protectionContainers",
  "protectionIntents",
  "backupEngines",
  "replication",
  ...laggingBackupLists,
] as const satisfies readonly WorldListedBefore["list"][];

const named = listOf({ name: text, properties: body });

const vault: Members = {
  id: text,
  location: text,
  sku: body,
  regime: { kind: "one-of", values: ["classic", "preview", "secure-by-default"] },
  properties: body,
  protectionContainers: listOf({ name: text, properties: body }, { registeredElsewhere: text }),
  protectedItems: listOf({ container: text, name: text, properties: body }, { recoveryPoints: named }),
  protectionIntents: named,
  backupJobs: listOf({ name: text, properties: body }, { completesAt: text }),
  backupPolicies: named,
  backupEngines: named,
  resourceGuardProxies: named,
};

const vaultOptional: Members = {
  tags: body,
  identity: body,
  replicationUsages: { kind: "list", of: { kind: "json" } },
  replication: replicationShape,
  softDeleteSetByVaultApi: flag,
  updatedAt: text,
};

export const worldShape: Shape = {
  kind: "object",
  required: {
    formatVersion: { kind: "one-of", values: [1] },
    name: text,
    description: text,
    speed: amount,
    subscriptions: listOf({ id: text }, { displayName: text }),
    vaults: listOf(vault, vaultOptional),
    privateEndpoints: listOf({ id: text, location: text, properties: body }),
    deletedVaults: listOf(
      { name: text, location: text, properties: body },
      { contents: { kind: "object", required: vault, optional: vaultOptional } },
    ),
  },
  optional: {
    $schema: text,
    backupVaults: backupVaultsShape,
    deletedBackupVaults: deletedBackupVaultsShape,
    startsAt: text,
    source: text,
    pageSize: amount,
    locations: texts,
    resourceGroups: listOf({ id: text }, { location: text, tags: body }),
    access: listOf({ scope: text, actions: texts }, { notActions: texts }),
    resourceGuards: listOf({ id: text, properties: body }, { tenant: text }),
    deleteUnlocks: listOf({ resource: text, expiresAt: text }),
    locks: listOf({ id: text, properties: body }),
    faults: faultsShape,
    seed: whole,
    latencies: {
      kind: "object",
      required: {},
      optional: Object.fromEntries(timedOperations.map((name) => [name, listOfSeconds])),
    },
    listLag: seconds,
    throttles: flag,
    saved: flag,
    requestCounters: listOf({ name: text, left: amount, at: text }),
    issuedIds: amount,
    drawnTimes: whole,
    listedBefore: listOf({ vault: text, list: { kind: "one-of", values: laggingLists }, entry: body, until: text }),
    resources: listOf({ id: text, type: text, location: text }, { tags: body, properties: body }),
    roleAssignments: listOf({ id: text, properties: body }),
    listsDeletedVaults: flag,
    operations: listOf(
      { id: text, vaultId: text, startedAt: text, completesAt: text, settled: flag, effect: body },
      { jobId: text, error: body },
    ),
  },
};
