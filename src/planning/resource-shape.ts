// The shape of every kind of resource as a saved plan lists it. The compiler holds it against the union of all kinds.

import { fates, type Billing, type Loss, type RecoveryPoints, type Source } from "../model/loss.ts";
import type { InventoryEntry } from "../model/plan.ts";
import type { Kind } from "../model/resource.ts";
import {
  eitherBy,
  filledText,
  flag,
  listOf,
  objectOf,
  oneOf,
  optional,
  text,
  variantsOf,
  whole,
  type Check,
  type Variants,
} from "../model/shape.ts";
import type { LeftBehind, Reachability } from "../model/replication.ts";

const loss = objectOf<Loss>({
  fate: oneOf(fates),
  until: optional(text),
  billing: optional(objectOf<Billing>({ billedDays: whole, freeDays: whole, alwaysBilled: optional(text) })),
  onlyCopy: optional(oneOf([true])),
});

const common = { id: filledText, name: text, state: filledText, note: optional(text), loss: optional(loss) };
const texts = listOf(text);
const refusal = objectOf({ code: text, message: text });
const reachability: Check<Reachability> = oneOf(["reachable", "unreachable", "unknown"]);

type Counted = Extract<RecoveryPoints, { readonly count: number }>;
type Uncounted = Extract<RecoveryPoints, { readonly why: string }>;

const findings = {
  recoveryPoints: optional(
    eitherBy<Counted, Uncounted>(
      "count",
      objectOf<Counted>({ count: whole, oldest: optional(text), newest: optional(text) }),
      objectOf<Uncounted>({ why: text }),
    ),
  ),
  source: optional(objectOf<Source>({ state: oneOf(["exists", "gone", "unknown"]), why: optional(text) })),
};

const container = { ...common, managementType: text, sourceId: optional(text) };
const server = { ...common, identity: text };
const inFabric = { ...common, fabric: text };
const fabricMapping = { ...inFabric, targetFabric: optional(text) };

const expiry = objectOf<{ item: string; name: string; until?: string; notBefore?: string }>({
  item: text,
  name: text,
  until: optional(text),
  notBefore: optional(text),
});

const replication = {
  "replication-job": { ...common, operation: text, cancellable: flag, about: optional(text) },
  "recovery-plan": common,
  "replicated-item": {
    ...inFabric,
    container: text,
    provider: text,
    sourceId: optional(text),
    activeLocation: text,
    testFailover: text,
    allowedOperations: texts,
    source: reachability,
    recoveryContainer: optional(text),
    currentJob: optional(text),
    recoveredMachine: optional(text),
    leaves: optional(listOf(objectOf<LeftBehind>({ what: text, subject: text }))),
  },
  "migration-item": { ...inFabric, container: text, testMigration: text },
  "container-mapping": {
    ...inFabric,
    container: text,
    provider: text,
    targetContainer: optional(text),
    policy: optional(text),
  },
  "network-mapping": fabricMapping,
  "storage-classification-mapping": fabricMapping,
  "protection-container": { ...inFabric, fabricType: text },
  vcenter: inFabric,
  "recovery-services-provider": { ...inFabric, fabricType: text, source: reachability },
  fabric: { ...common, fabricType: text, appliances: texts },
  "replication-policy": common,
};

const resources = {
  ...replication,
  vault: { ...common, location: text, moveState: optional(text), protectedByTag: texts },
  "soft-delete-setting": { ...common, retentionDays: whole, hybridState: text },
  "hybrid-security-setting": common,
  "immutability-setting": { ...common, expiries: optional(listOf(expiry)) },
  "backup-job": {
    ...common,
    operation: text,
    container: optional(text),
    managementType: optional(text),
    instance: optional(text),
    startedAt: optional(text),
    cancellable: flag,
  },
  "auto-protection-intent": { ...common, container: optional(text) },
  "protected-item": {
    ...common,
    ...findings,
    managementType: text,
    workload: text,
    itemType: text,
    container: text,
    sourceId: optional(text),
    softDeleted: flag,
    purgeAt: optional(text),
    lastRecoveryPoint: optional(text),
    engine: optional(text),
    nodes: optional(texts),
  },
  "workload-container": container,
  "storage-container": container,
  "virtual-machine-container": container,
  "mars-server": server,
  "backup-server": { ...server, managementType: text },
  "private-endpoint-connection": { ...common, endpoint: optional(text) },
  "private-endpoint": {
    ...common,
    connections: texts,
    helperOf: optional(text),
    dnsNames: optional(texts),
    alsoLeadsTo: optional(texts),
    helpersRefused: optional(refusal),
    refusal: optional(refusal),
  },
  "resource-guard": {
    ...common,
    guard: text,
    operations: listOf(objectOf({ operation: text, request: text })),
  },
  lock: {
    ...common,
    scope: text,
    notes: optional(text),
    owners: optional(texts),
    refusal: optional(refusal),
    ofBackup: flag,
  },
  "backup-policy": { ...common, managementType: text },
  "backup-instance": {
    ...common,
    ...findings,
    datasourceType: text,
    operational: flag,
    snapshotGroup: optional(text),
    policy: optional(text),
    sourceId: optional(text),
    softDeleted: flag,
    deletedAt: optional(text),
    billingEndsAt: optional(text),
    purgeAt: optional(text),
  },
  "backup-vault-policy": { ...common, datasourceTypes: texts },
  leftover: { ...common, what: text, where: optional(oneOf(["soft-deleted", "until-purge"])) },
  unknown: { ...common, what: text },
} satisfies Variants<InventoryEntry, "kind">;

export const inventoryEntry: Check<InventoryEntry> = variantsOf<InventoryEntry, "kind">("kind", resources);

export const kind: Check<Kind> = oneOf(Object.keys(resources) as Kind[]);
