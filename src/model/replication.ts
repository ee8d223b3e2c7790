// What Site Recovery can hold in a vault. Types only; what each kind means is in dependencies/site-recovery/.

import type { ArmId } from "./arm-id.ts";
import type { Common } from "./resource.ts";

/** Whether the machine that is replicated, or the server it reports to, can still be told that replication ends. */
export type Reachability = "reachable" | "unreachable" | "unknown";

export type ReplicationJob = Common & {
  readonly kind: "replication-job";
  readonly operation: string;
  readonly cancellable: boolean;
  /** The id of the object the job works on, where the job names one. */
  readonly about?: ArmId;
};
export type RecoveryPlan = Common & { readonly kind: "recovery-plan" };
export type ReplicatedItem = Common & {
  readonly kind: "replicated-item";
  readonly fabric: ArmId;
  readonly container: ArmId;
  /** The service's `instanceType`: A2A, InMage, InMageRcm, HyperVReplicaAzure, … */
  readonly provider: string;
  readonly sourceId?: ArmId;
  readonly activeLocation: string;
  readonly testFailover: string;
  readonly allowedOperations: readonly string[];
  readonly source: Reachability;
};
export type MigrationItem = Common & {
  readonly kind: "migration-item";
  readonly fabric: ArmId;
  readonly container: ArmId;
  readonly testMigration: string;
};
export type ContainerMapping = Common & {
  readonly kind: "container-mapping";
  readonly fabric: ArmId;
  readonly container: ArmId;
  readonly provider: string;
  readonly targetContainer?: ArmId;
  readonly policy?: ArmId;
};
export type NetworkMapping = Common & { readonly kind: "network-mapping"; readonly fabric: ArmId };
export type StorageClassificationMapping = Common & {
  readonly kind: "storage-classification-mapping";
  readonly fabric: ArmId;
};
export type ProtectionContainer = Common & { readonly kind: "protection-container"; readonly fabric: ArmId };
export type Vcenter = Common & { readonly kind: "vcenter"; readonly fabric: ArmId };
export type RecoveryServicesProvider = Common & {
  readonly kind: "recovery-services-provider";
  readonly fabric: ArmId;
  readonly source: Reachability;
};
export type Fabric = Common & {
  readonly kind: "fabric";
  /** The service's `instanceType`: Azure, HyperVSite, VMM, VMware, VMwareV2, InMageRcm, … */
  readonly fabricType: string;
  /** Names of modernized appliances registered with it: removed by hand, no API does it. */
  readonly appliances: readonly string[];
};
export type ReplicationPolicy = Common & { readonly kind: "replication-policy" };

export type ReplicationResource =
  | ReplicationJob
  | RecoveryPlan
  | ReplicatedItem
  | MigrationItem
  | ContainerMapping
  | NetworkMapping
  | StorageClassificationMapping
  | ProtectionContainer
  | Vcenter
  | RecoveryServicesProvider
  | Fabric
  | ReplicationPolicy;
