// What the engine needs from outside: a reader, a writer, a journal, a clock. Types only; adapters live in azure/, journal/ and cli/.

import type { ArmId } from "./arm-id.ts";
import type { RecordedEvent, RunEvent } from "./event.ts";
import type { Grant } from "./grant.ts";
import type { WriteRequest } from "./write-request.ts";

/** A resource as Azure Resource Manager answers it; dates are ISO strings, unknown members are kept. */
export type ArmResource = {
  readonly id: string;
  readonly name: string;
  readonly location?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly identity?: Readonly<Record<string, unknown>>;
  readonly properties: Readonly<Record<string, unknown>>;
};

/** The members of a backup item's properties that rules read. Its list is long: a reader keeps no others. */
export const itemMembers = [
  "backupEngineName",
  "backupManagementType",
  "deferredDeleteSyncTimeInUTC",
  "deferredDeleteTimeInUTC",
  "deferredDeleteTimeRemaining",
  "friendlyName",
  "isScheduledForDeferredDelete",
  "lastBackupTime",
  "lastRecoveryPoint",
  "nodesList",
  "protectedItemType",
  "protectionState",
  "registrationStatus",
  "softDeleteRetentionPeriod",
  "softDeleteRetentionPeriodInDays",
  "sourceResourceId",
  "virtualMachineId",
  "workloadType",
] as const;

/** The same of a container. */
export const containerMembers = [
  "backupManagementType",
  "containerType",
  "friendlyName",
  "protectionState",
  "registrationStatus",
  "sourceResourceId",
  "virtualMachineId",
] as const;

/** A resource of which only some members of its properties are kept. */
export type Cut<Member extends string> = Omit<ArmResource, "properties"> & {
  readonly properties: Readonly<Partial<Record<Member, unknown>>>;
};
export type ListedItem = Cut<(typeof itemMembers)[number]>;
export type ListedContainer = Cut<(typeof containerMembers)[number]>;

/** Backup management types whose containers must be asked for one by one: the service has no list of all. */
export type ManagementType = "AzureIaasVM" | "AzureWorkload" | "AzureStorage" | "MAB";

/**
 * Reads of one vault. Every method follows all pages, throws AzureError when Azure refuses or does not answer, and never
 * answers an empty list for a failed one. Single reads answer undefined for 404.
 */
export type VaultReader = BackupReads & ReplicationReads & SurroundingReads;

type BackupReads = {
  readonly vault: () => Promise<ArmResource | undefined>;
  readonly vaultConfig: () => Promise<ArmResource | undefined>;
  readonly protectedItems: () => Promise<readonly ListedItem[]>;
  readonly containers: (type: ManagementType) => Promise<readonly ListedContainer[]>;
  readonly softDeletedContainers: (type: ManagementType) => Promise<readonly ListedContainer[]>;
  readonly intents: () => Promise<readonly ArmResource[]>;
  readonly jobsInProgress: () => Promise<readonly ArmResource[]>;
  /** Of a Backup vault; the reader of the other sort of vault asks nothing and answers none. */
  readonly backupInstances: () => Promise<readonly ArmResource[]>;
  readonly deletedBackupInstances: () => Promise<readonly ArmResource[]>;
  readonly policies: () => Promise<readonly ArmResource[]>;
  readonly backupEngines: () => Promise<readonly ArmResource[]>;
  readonly guardProxies: () => Promise<readonly ArmResource[]>;
  /** Counts of what Site Recovery holds in this vault. */
  readonly replicationUsage: () => Promise<ReplicationUsage>;
  /** Recovery points of one item, or instance of a Backup vault. */
  readonly recoveryPoints: (item: ArmId) => Promise<readonly ArmResource[]>;
  /** Soft-deleted vaults of one location, of any name. */
  readonly deletedVaults: (location: string) => Promise<readonly ArmResource[]>;
};

/** The vault-wide lists of Site Recovery. */
export const replicationLists = [
  "jobs",
  "recovery-plans",
  "protected-items",
  "migration-items",
  "container-mappings",
  "network-mappings",
  "storage-classification-mappings",
  "protection-containers",
  "vcenters",
  "providers",
  "fabrics",
  "policies",
  "appliances",
] as const;
export type ReplicationList = (typeof replicationLists)[number];

type ReplicationReads = {
  readonly replication: (list: ReplicationList) => Promise<readonly ArmResource[]>;
};

/** What lies around the vault: its group, locks, rights, private endpoints, and what backups leave behind. */
type SurroundingReads = {
  readonly privateEndpoint: (id: ArmId) => Promise<ArmResource | undefined>;
  /** All private endpoints of a resource group. */
  readonly privateEndpoints: (resourceGroup: ArmId) => Promise<readonly ArmResource[]>;
  readonly resourceGroup: (id: ArmId) => Promise<ArmResource | undefined>;
  /** Locks set at the scope, above it where they reach it, and below it. */
  readonly locks: (scope: ArmId) => Promise<readonly ArmResource[]>;
  /** What the caller may do at a scope. */
  readonly grants: (scope: ArmId) => Promise<readonly Grant[]>;
  /** Resources of one type (`Microsoft.Compute/snapshots`) in a subscription or resource group, as Resource Manager lists them. */
  readonly resourcesOfType: (scope: ArmId, type: string) => Promise<readonly ArmResource[]>;
  readonly roleAssignments: (subscription: ArmId, principalId: string) => Promise<readonly ArmResource[]>;
};

export type ReplicationUsage = {
  readonly protectedItems: number;
  readonly recoveryPlans: number;
  readonly registeredServers: number;
};

/** Where a long-running operation can be asked about. */
export type OperationHandle = {
  /** Without signature: may be stored and shown. */
  readonly address: string;
  /** As the service gave it, with its signature: stays in memory. */
  readonly signedAddress?: string;
  /** Seconds the service asked to wait before the first question. */
  readonly retryAfterSeconds?: number;
};

/** What came back for a write. Not a proof of anything. */
export type Accepted = {
  readonly status: number;
  readonly operation?: OperationHandle;
  readonly correlationId?: string;
  /** ISO time, by the clock of the service. */
  readonly acceptedAt?: string;
};

export type OperationCheck =
  | { readonly state: "running"; readonly retryAfterSeconds?: number }
  | { readonly state: "succeeded" }
  | { readonly state: "failed"; readonly code: string; readonly message: string }
  /** The address no longer tells: only the target can. `said`: what it answered instead. */
  | { readonly state: "gone"; readonly said?: string };

type Departure = {
  /** Of writes that wait for Azure's counters the one with the highest goes first; 0 when absent. */
  readonly urgency?: number;
  /**
   * Looks at what may have come while the write waited: called when its turn has come, right before it leaves. What it
   * throws is thrown; nothing is sent. A 429 is then thrown too, and not waited out: whoever sends again looks again.
   */
  readonly looking?: () => Promise<void>;
  /** Called right before the write is sent, when nothing holds it back any more. What it throws is thrown; nothing is sent. */
  readonly leaving?: () => void;
};

export type VaultWriter = {
  /** Sends the write once. Throws AzureError; status 0 or 5xx means the effect is unknown. */
  readonly send: (request: WriteRequest, departure?: Departure) => Promise<Accepted>;
  /** Asks once how an operation stands. */
  readonly check: (operation: OperationHandle) => Promise<OperationCheck>;
};

export type Journal = {
  /** Stores the event; durable when it returns. Throws when the disk refuses. */
  readonly append: (event: RunEvent) => RecordedEvent;
};

/** Acts after so many milliseconds, unless what it gives is called before. */
export type After = (milliseconds: number, act: () => void) => () => void;

export type Clock = {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Resolves after so many milliseconds, or at once when the signal is aborted. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
};
