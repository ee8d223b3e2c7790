// One step is one write, its wait and its proof. Types and tiny pure functions; which steps a kind needs is in dependencies/.

import type { ArmId } from "./arm-id.ts";
import type { Kind } from "./resource.ts";
import type { FilledText } from "./shape.ts";
import type { WriteRequest } from "./write-request.ts";

/** In the order in which a plan without dependencies between them would print them. */
export const actions = [
  "undelete-vault",
  "register-container",
  "remove-lock",
  "settle-job",
  "disable-immutability",
  "disable-soft-delete",
  "disable-hybrid-security",
  "delete-intent",
  "undelete-item",
  "delete-item",
  "undelete-instance",
  "delete-instance",
  "delete-policy",
  "unregister-container",
  "unregister-server",
  "clean-test-failover",
  "delete-recovery-plan",
  "disable-replication",
  "delete-migration-item",
  "remove-container-mapping",
  "delete-network-mapping",
  "delete-storage-mapping",
  "remove-protection-container",
  "delete-vcenter",
  "remove-provider",
  "remove-fabric",
  "delete-replication-policy",
  "delete-private-endpoint-connection",
  "delete-private-endpoint",
  "recheck",
  "delete-vault",
  "prove-absence",
  "prove-recovery",
  "restore-lock",
] as const;

export type Action = (typeof actions)[number];

/** What a person must allow by name before a step that needs it enters a plan. */
export const consents = [
  "disable-immutability",
  "remove-locks",
  "cancel-jobs",
  "failed-over-items",
  "orphan-replication",
  "unknown-datasources",
] as const;

export type Consent = (typeof consents)[number];

export type Guarded = {
  readonly guard: ArmId;
  /** The end of Azure's `vaultCriticalOperation`. */
  readonly operation: string;
  /** The id of the guard's request that stands for this operation. */
  readonly request: ArmId;
};

export type Step = {
  readonly id: FilledText;
  readonly action: Action;
  readonly kind: Kind;
  readonly target: ArmId;
  readonly name: string;
  /** Ids of the steps that must be verified first. */
  readonly after: readonly string[];
  /** Those of them after which it is tried also where they have failed. */
  readonly despite?: readonly string[];
  readonly reason: FilledText;
  /** True when what this step takes away cannot be brought back by anyone. */
  readonly irreversible: boolean;
  /** The protection that is weaker after this step, in words. */
  readonly weakens?: string;
  readonly consent?: Consent;
  /** Azure actions the caller needs for this step. */
  readonly permissions: readonly string[];
  /** Steps that share this key never run at the same time (one protection change at a time per container). */
  readonly exclusive?: string;
  /** A resource guard refuses this step unless its request is named: who holds the guard must have granted that. */
  readonly guarded?: Guarded;
  /**
   * The step that this one undoes: it runs whenever that one has taken effect, also after what it waits for failed or the
   * run was stopped.
   */
  readonly undoes?: string;
  /** Of a step on a lock, the scope it locks: writes at or under it come after its removal and before its return. */
  readonly holds?: ArmId;
  /** What the write reaches beside its target: a lock there refuses it too. */
  readonly touches?: readonly ArmId[];
  /** What a person does where this step could not be done: a command, in one line. */
  readonly byHand?: string;
  /** Absent for a step that only reads. */
  readonly request?: WriteRequest;
};

/** A step as a dependency states it: its predecessors named by what they do to whom. */
export type StepDraft = Omit<Step, "id" | "after" | "despite" | "undoes"> & {
  readonly after: readonly StepKey[];
  readonly despite?: readonly StepKey[];
  readonly undoes?: StepKey;
};

/** What identifies a step inside one plan: one action on one target. */
export type StepKey = string;

export function stepKey(action: Action, target: string): StepKey {
  return `${action} ${target.toLowerCase()}`;
}

export function keyOf(draft: Pick<StepDraft, "action" | "target">): StepKey {
  return stepKey(draft.action, draft.target);
}
