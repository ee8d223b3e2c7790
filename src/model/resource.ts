// Everything that can stand in a vault, as a closed union on `kind`. Types only; what a kind means is in dependencies/.

import type { ArmId } from "./arm-id.ts";

type Common = {
  readonly id: ArmId;
  /** The name people know it by; may hold any character Azure lets through. */
  readonly name: string;
  /** The state in Azure's own word for this kind. */
  readonly state: string;
};

export type Vault = Common & { readonly kind: "vault"; readonly location: string; readonly moveState?: string };

export type SoftDeleteSetting = Common & {
  readonly kind: "soft-delete-setting";
  /** Days a deleted item stays recoverable, as set now. */
  readonly retentionDays: number;
  /** The hybrid (enhanced) security state; writes of soft delete must send it along. */
  readonly hybridState: string;
};
type HybridSecuritySetting = Common & { readonly kind: "hybrid-security-setting" };
export type ImmutabilitySetting = Common & { readonly kind: "immutability-setting" };

export type BackupJob = Common & {
  readonly kind: "backup-job";
  readonly operation: string;
  /** The short container name jobs carry, without the type prefix; absent when the job names none. */
  readonly container?: string;
  readonly startedAt?: string;
};

export type AutoProtectionIntent = Common & {
  readonly kind: "auto-protection-intent";
  /** The id of the container whose instance is protected automatically; its name may lack the type prefix. */
  readonly container?: ArmId;
};

export type ProtectedItem = Common & {
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
};

type Container = Common & { readonly managementType: string; readonly sourceId?: ArmId };
export type WorkloadContainer = Container & { readonly kind: "workload-container" };
export type StorageContainer = Container & { readonly kind: "storage-container" };
export type VirtualMachineContainer = Container & { readonly kind: "virtual-machine-container" };

export type PrivateEndpointConnection = Common & {
  readonly kind: "private-endpoint-connection";
  readonly endpoint?: ArmId;
};
export type PrivateEndpoint = Common & {
  readonly kind: "private-endpoint";
  /** The vault's connections that lead to it. */
  readonly connections: readonly ArmId[];
  /** Why it could not be read; it may lie in a subscription of other people. */
  readonly refusal?: { readonly code: string; readonly message: string };
};

type BackupPolicy = Common & { readonly kind: "backup-policy"; readonly managementType: string };

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
  | PrivateEndpointConnection
  | PrivateEndpoint
  | BackupPolicy
  | Unknown;

export type Kind = Resource["kind"];
export type Of<K extends Kind> = Extract<Resource, { readonly kind: K }>;

/** A listing that failed. It is never read as "there is nothing of this kind". */
export type Gap = { readonly kind: Kind; readonly code: string; readonly message: string };

export type Inventory = {
  /** ISO time at which the listing began. */
  readonly discoveredAt: string;
  readonly resources: readonly Resource[];
  readonly gaps: readonly Gap[];
};

/** The resources of one kind. */
export function ofKind<K extends Kind>(resources: readonly Resource[], kind: K): readonly Of<K>[] {
  return resources.filter((resource): resource is Of<K> => resource.kind === kind);
}
