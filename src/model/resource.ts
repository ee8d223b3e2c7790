// Everything that can stand in a vault, as a closed union on `kind`. Types only; what a kind means is in dependencies/.

import type { ArmId } from "./arm-id.ts";
import type { Findings } from "./loss.ts";
import type { ReplicationResource } from "./replication.ts";
import type { FilledText, Whole } from "./shape.ts";

export type Common = {
  readonly id: ArmId;
  /** The name people know it by; may hold any character Azure lets through. */
  readonly name: string;
  /** The state in Azure's own word for this kind. */
  readonly state: FilledText;
};

export type Vault = Common & {
  readonly kind: "vault";
  readonly location: string;
  readonly moveState?: string;
  /** Ids of what carries the tag that forbids a teardown: the vault, its resource group. */
  readonly protectedByTag: readonly ArmId[];
};

export type SoftDeleteSetting = Common & {
  readonly kind: "soft-delete-setting";
  /** Days a deleted item stays recoverable, as set now. */
  readonly retentionDays: Whole;
  /** The hybrid (enhanced) security state; writes of soft delete must send it along. */
  readonly hybridState: string;
};
export type HybridSecuritySetting = Common & { readonly kind: "hybrid-security-setting" };
export type ImmutabilitySetting = Common & {
  readonly kind: "immutability-setting";
  /**
   * Of a locked vault: per item, when its last recovery point expires; no time where Azure does not say, and then not
   * before the last one it does say.
   */
  readonly expiries?: readonly {
    readonly item: ArmId;
    readonly name: string;
    readonly until?: string;
    readonly notBefore?: string;
  }[];
};

export type BackupJob = Common & {
  readonly kind: "backup-job";
  readonly operation: string;
  /** The short container name jobs carry, without the type prefix; absent when the job names none. */
  readonly container?: string;
  readonly managementType?: string;
  /** The instance of a Backup vault it is at work on, where it names one. */
  readonly instance?: ArmId;
  readonly startedAt?: string;
  readonly cancellable: boolean;
};

export type AutoProtectionIntent = Common & {
  readonly kind: "auto-protection-intent";
  /** The id of the container whose instance is protected automatically; its name may lack the type prefix. */
  readonly container?: ArmId;
};

export type ProtectedItem = Common &
  Findings & {
    readonly kind: "protected-item";
    readonly managementType: string;
    readonly workload: string;
    /** The discriminator `protectedItemType`. */
    readonly itemType: string;
    readonly container: ArmId;
    readonly sourceId?: ArmId;
    readonly softDeleted: boolean;
    /** ISO time at which a soft-deleted item is purged; absent on other items and when Azure does not say. */
    readonly purgeAt?: string;
    readonly lastRecoveryPoint?: string;
    /** The DPM or MABS server that holds it. */
    readonly engine?: string;
    /** Of a database in an availability group: the names of its machines, where Azure says. */
    readonly nodes?: readonly string[];
  };

type Container = Common & { readonly managementType: string; readonly sourceId?: ArmId };
export type WorkloadContainer = Container & { readonly kind: "workload-container" };
export type StorageContainer = Container & { readonly kind: "storage-container" };
export type VirtualMachineContainer = Container & { readonly kind: "virtual-machine-container" };

/** A machine with the MARS agent. Its items go with it. */
export type MarsServer = Common & {
  readonly kind: "mars-server";
  /** The name under which the server is registered, as unregistering takes it. */
  readonly identity: string;
};
/** A DPM or MABS server. Its items go with it. */
export type BackupServer = Common & {
  readonly kind: "backup-server";
  readonly managementType: string;
  readonly identity: string;
};

export type PrivateEndpointConnection = Common & {
  readonly kind: "private-endpoint-connection";
  readonly endpoint?: ArmId;
};
export type PrivateEndpoint = Common & {
  readonly kind: "private-endpoint";
  /** The vault's connections that lead to it. */
  readonly connections: readonly ArmId[];
  /** The endpoint for which Backup made this one beside it. */
  readonly helperOf?: ArmId;
  /** Names it answers for in DNS: Azure leaves records people made. */
  readonly dnsNames?: readonly string[];
  /** What it leads to besides this vault. */
  readonly alsoLeadsTo?: readonly ArmId[];
  /** Why the endpoints beside it could not be listed: some that Backup made for it may stand there unseen. */
  readonly helpersRefused?: { readonly code: string; readonly message: string };
  /** Why it could not be read; it may lie in a subscription of other people. */
  readonly refusal?: { readonly code: string; readonly message: string };
};

/** The vault's tie to a resource guard: the operations it guards, and the request each of them must name. */
export type ResourceGuard = Common & {
  readonly kind: "resource-guard";
  readonly guard: ArmId;
  /** `operation`: the end of Azure's `vaultCriticalOperation`, from the vault's type on. */
  readonly operations: readonly { readonly operation: string; readonly request: ArmId }[];
};

/** A management lock; its state is its level, CanNotDelete or ReadOnly. */
export type Lock = Common & {
  readonly kind: "lock";
  /** What is locked: a subscription, a resource group or a resource. */
  readonly scope: ArmId;
  readonly notes?: string;
  /** Application ids of its owners, where it names any. */
  readonly owners?: readonly string[];
  /** Why the locks of this scope could not be listed; the state then is "unreadable". */
  readonly refusal?: { readonly code: string; readonly message: string };
  /** Set by Backup itself on a registered storage account: left to the service. */
  readonly ofBackup: boolean;
};

/** Something the vault leaves behind or has left: reported, never touched. */
export type Leftover = Common & {
  readonly kind: "leftover";
  /** In words for people. */
  readonly what: string;
  /** Holds only where deleted data stays recoverable: after the deletion for good, or until the purge. */
  readonly where?: "soft-deleted" | "until-purge";
};

type BackupPolicy = Common & { readonly kind: "backup-policy"; readonly managementType: string };

/** One datasource protected by a Backup vault. Its id is that of the active instance, also where it is soft-deleted. */
export type BackupInstance = Common &
  Findings & {
    readonly kind: "backup-instance";
    /** Azure's `datasourceType`, a resource type. */
    readonly datasourceType: string;
    /** True: it names no store but the operational one, at the datasource itself. */
    readonly operational: boolean;
    /** Where its snapshots are kept, when Azure says. */
    readonly snapshotGroup?: ArmId;
    readonly policy?: ArmId;
    readonly sourceId?: ArmId;
    readonly softDeleted: boolean;
    /** ISO times; of soft-deleted instances, where Azure says. */
    readonly deletedAt?: string;
    readonly billingEndsAt?: string;
    readonly purgeAt?: string;
  };

/** A backup policy of a Backup vault, which in the classic regime stands in the vault's way. */
export type BackupVaultPolicy = Common & {
  readonly kind: "backup-vault-policy";
  readonly datasourceTypes: readonly string[];
};

/** A thing of a kind this version does not know how to remove: shown, and it blocks. */
export type Unknown = Common & { readonly kind: "unknown"; readonly what: string };

export type Resource =
  | Vault
  | SoftDeleteSetting
  | HybridSecuritySetting
  | ImmutabilitySetting
  | BackupJob
  | AutoProtectionIntent
  | ProtectedItem
  | WorkloadContainer
  | StorageContainer
  | VirtualMachineContainer
  | MarsServer
  | BackupServer
  | PrivateEndpointConnection
  | PrivateEndpoint
  | ResourceGuard
  | Lock
  | ReplicationResource
  | BackupPolicy
  | BackupInstance
  | BackupVaultPolicy
  | Leftover
  | Unknown;

export type Kind = Resource["kind"];
export type Of<K extends Kind> = Extract<Resource, { readonly kind: K }>;

type WithKind<T, K extends Kind> = Extract<T, { readonly kind: K }>;

/** Backup data of either sort of vault: what soft delete keeps, and a recovery brings back. */
export function isBackupData<T extends { readonly kind: Kind }>(
  one: T,
): one is WithKind<T, "protected-item" | "backup-instance"> {
  return one.kind === "protected-item" || one.kind === "backup-instance";
}

/** A container that is registered with the vault by itself, and unregistered: a server's workloads or a storage account. */
export function isRegistrable<T extends { readonly kind: Kind }>(
  one: T,
): one is WithKind<T, "workload-container" | "storage-container"> {
  return one.kind === "workload-container" || one.kind === "storage-container";
}

/** A listing that failed. It is never read as "there is nothing of this kind". */
export type Gap = { readonly kind: Kind; readonly code: string; readonly message: string };

export type Inventory = {
  /** ISO time at which the listing began. */
  readonly discoveredAt: string;
  readonly resources: readonly Resource[];
  readonly gaps: readonly Gap[];
};

/** Lists of resources never change once they are made: each is sorted by kind once, however many rules ask it. */
const sorted = new WeakMap<readonly Resource[], ReadonlyMap<Kind, readonly Resource[]>>();

/** The resources of one kind, in their order. Costs nothing after the first question about the same list. */
export function ofKind<K extends Kind>(resources: readonly Resource[], kind: K): readonly Of<K>[] {
  let byKind = sorted.get(resources);
  if (byKind === undefined) sorted.set(resources, (byKind = Map.groupBy(resources, (resource) => resource.kind)));
  return (byKind.get(kind) ?? []) as readonly Of<K>[];
}
