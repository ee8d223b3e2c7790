// Every write this tool can send, as data: the plan names it, the journal intends it, the writer sends it.

import type { ArmId } from "./arm-id.ts";
import type { Whole } from "./shape.ts";

/** How a write passes a resource guard: the vault's proxy, and the guard's request that stands for the operation. */
export type GuardPass = { readonly proxy: ArmId; readonly request: ArmId };

type MayBeGuarded = { readonly guard?: GuardPass };

export type WriteRequest =
  | ({ readonly write: "delete-protected-item"; readonly item: ArmId } & MayBeGuarded)
  | ({
      readonly write: "undelete-protected-item";
      readonly item: ArmId;
      readonly itemType: string;
      readonly sourceId?: ArmId;
    } & MayBeGuarded)
  | { readonly write: "unregister-container"; readonly container: ArmId }
  /** Registers a container in the vault it was registered in; `Reregister`: it is soft-deleted there. */
  | {
      readonly write: "register-container";
      readonly operation: "Register" | "Reregister";
      readonly container: ArmId;
      readonly containerType: string;
      readonly managementType: string;
      readonly sourceId: ArmId;
      readonly workload?: string;
    }
  | { readonly write: "delete-protection-intent"; readonly intent: ArmId }
  | ({
      readonly write: "set-soft-delete";
      readonly vault: ArmId;
      readonly softDeleteState: string;
      /** The service refuses one field without the other. */
      readonly hybridState: string;
      readonly retentionDays: Whole;
    } & MayBeGuarded)
  | ({ readonly write: "set-immutability"; readonly vault: ArmId; readonly state: string } & MayBeGuarded)
  /** MARS, DPM and MABS servers: by the name under which they are registered. */
  | { readonly write: "unregister-server"; readonly vault: ArmId; readonly identity: string }
  | { readonly write: "cancel-backup-job"; readonly job: ArmId }
  | { readonly write: "remove-lock"; readonly lock: ArmId }
  | {
      readonly write: "restore-lock";
      readonly lock: ArmId;
      readonly level: string;
      readonly notes?: string;
      /** Application ids. */
      readonly owners?: readonly string[];
    }
  /** POST …/remove: the source is told. */
  | { readonly write: "disable-replication"; readonly item: ArmId; readonly provider: string }
  | { readonly write: "clean-test-failover"; readonly item: ArmId }
  /** POST …/remove of a mapping, container, provider or fabric: the other side is told. */
  | { readonly write: "remove-replication-object"; readonly target: ArmId; readonly provider?: string }
  /** DELETE of an item, mapping, provider or fabric: Azure forgets it, the other side is not told. */
  | { readonly write: "purge-replication-object"; readonly target: ArmId }
  /** DELETE of what has no other way: plans, policies, vCenters, network and storage mappings, migration items. */
  | { readonly write: "delete-replication-object"; readonly target: ArmId }
  | { readonly write: "cancel-replication-job"; readonly job: ArmId }
  | { readonly write: "delete-private-endpoint-connection"; readonly connection: ArmId }
  | { readonly write: "delete-private-endpoint"; readonly endpoint: ArmId }
  | ({ readonly write: "delete-backup-instance"; readonly instance: ArmId } & MayBeGuarded)
  | { readonly write: "undelete-backup-instance"; readonly instance: ArmId }
  | { readonly write: "delete-backup-vault-policy"; readonly policy: ArmId }
  /** Security settings of a Backup vault: what is absent stays as it is. */
  | ({
      readonly write: "set-backup-vault-security";
      readonly vault: ArmId;
      readonly softDelete?: { readonly state: string; readonly retentionDays: Whole };
      readonly immutability?: string;
    } & MayBeGuarded)
  /** Of either sort of vault: the id tells. */
  | { readonly write: "delete-vault"; readonly vault: ArmId }
  /** Of either sort of vault. `deletedVault` names the deleted one among those of its location. */
  | {
      readonly write: "undelete-vault";
      readonly vault: ArmId;
      readonly deletedVault: ArmId;
      readonly location: string;
    };
