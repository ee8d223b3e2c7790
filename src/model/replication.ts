// What Site Recovery can hold in a vault. Types only; what each kind means is in dependencies/site-recovery/.

import type { ArmId } from "./arm-id.ts";
import type { Common } from "./resource.ts";

/** Whether the machine that is replicated, or the server it reports to, can still be told that replication ends. */
export type Reachability = "reachable" | "unreachable" | "unknown";

/** Something outside the vault that a replicated item names and that stays when it goes. */
export type LeftBehind = { readonly what: string; readonly subject: string };

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
  /** The container in which its recovered machine would stand; absent where that is Azure itself. */
  readonly recoveryContainer?: ArmId;
  /** The job that works on it now. */
  readonly currentJob?: ArmId;
  /** The machine it is, or would be, failed over to. */
  readonly recoveredMachine?: string;
  readonly leaves?: readonly LeftBehind[];
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
type FabricMapping = Common & {
  readonly fabric: ArmId;
  /** The fabric on the other side; absent where that is Azure itself. */
  readonly targetFabric?: ArmId;
};
export type NetworkMapping = FabricMapping & { readonly kind: "network-mapping" };
export type StorageClassificationMapping = FabricMapping & { readonly kind: "storage-classification-mapping" };
export type ProtectionContainer = Common & {
  readonly kind: "protection-container";
  readonly fabric: ArmId;
  readonly fabricType: string;
};
export type Vcenter = Common & { readonly kind: "vcenter"; readonly fabric: ArmId };
export type RecoveryServicesProvider = Common & {
  readonly kind: "recovery-services-provider";
  readonly fabric: ArmId;
  readonly fabricType: string;
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
