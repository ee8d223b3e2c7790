// A plan is the whole input to a run: no flag changes later what a saved plan does.

import type { ApiVersions } from "./api-versions.ts";
import type { ArmId, VaultKind } from "./arm-id.ts";
import type { Blocker } from "./blocker.ts";
import type { ScopeGrants } from "./grant.ts";
import type { Loss } from "./loss.ts";
import type { Recovery } from "./recovery.ts";
import type { Resource } from "./resource.ts";
import type { FilledText, Time } from "./shape.ts";
import type { Consent, Step } from "./step.ts";

export const planFormatVersion = 1;

export type Strategy = "soft" | "purge";
export const strategies: readonly Strategy[] = ["soft", "purge"];

export type PlanOptions = {
  readonly strategy: Strategy;
  readonly consents: readonly Consent[];
  /** Leave the private endpoint resources; their connections still go. */
  readonly keepPrivateEndpoints: boolean;
};

export type VaultSummary = {
  readonly id: ArmId;
  readonly name: FilledText;
  readonly kind: VaultKind;
  readonly location: FilledText;
  readonly cloud: FilledText;
};

export const outcomeKinds = ["absent", "soft-deleted", "purged", "recovered", "blocked", "waiting"] as const;

/**
 * What will be true of the vault at the end: `absent` (Azure Resource Manager no longer has it), `soft-deleted`
 * (absent, recoverable until a date), `purged`; `recovered`: it stands again, with what was to be brought back; `blocked` and
 * `waiting` when the plan cannot be carried out now.
 */
export type ExpectedOutcome = {
  readonly kind: (typeof outcomeKinds)[number];
  /** ISO time. */
  readonly until?: string;
  /** What the expectation rests on and could turn out otherwise. */
  readonly assumption?: string;
};

/** A resource as the plan shows it. `note`: why it needs no step; `loss`: what becomes of the backup data it holds. */
export type InventoryEntry = Resource & { readonly note?: string; readonly loss?: Loss };

export type Remainder = {
  /** The sort of thing, without names. */
  readonly what: string;
  readonly subject: string;
  /** The name of what leaves it behind, where the subject does not say. */
  readonly of?: string;
  readonly until?: string;
};

/** A custom role as `az role definition create` takes it. */
export type RoleDefinition = {
  readonly Name: string;
  readonly IsCustom: true;
  readonly Description: string;
  readonly Actions: readonly string[];
  readonly NotActions: readonly string[];
  readonly AssignableScopes: readonly string[];
};

type ScopePermissions = {
  readonly scope: ArmId;
  readonly needed: readonly string[];
  readonly missing: readonly string[];
  /** False: what the caller may do here could not be read. */
  readonly checked: boolean;
};

export type Permissions = {
  /** Azure actions the steps need, at any scope. */
  readonly needed: readonly string[];
  readonly missing: readonly string[];
  /** False: at some scope, `missing` was not compared with what the caller may do. */
  readonly checked: boolean;
  readonly byScope: readonly ScopePermissions[];
  /** What was read of the caller's rights. */
  readonly grants: readonly ScopeGrants[];
  /** Exactly the needed actions, and those that looking takes; a resource guard's are its owner's to give. */
  readonly role: RoleDefinition;
};

/**
 * What will be done to a vault, step by step, and everything that was known when it was decided: the whole input to a run.
 * A plan with blockers cannot be carried out.
 */
export type Plan = {
  readonly formatVersion: typeof planFormatVersion;
  /** Hash of everything below. */
  readonly id: FilledText;
  readonly tool: FilledText;
  readonly createdAt: Time;
  readonly vault: VaultSummary;
  readonly strategy: Strategy;
  /** What this plan brings back; absent in the plan of a teardown. */
  readonly recovery?: Recovery;
  readonly options: { readonly keepPrivateEndpoints: boolean };
  readonly consents: readonly Consent[];
  readonly apiVersions: ApiVersions;
  readonly expectedOutcome: ExpectedOutcome;
  readonly inventory: readonly InventoryEntry[];
  readonly steps: readonly Step[];
  readonly blockers: readonly Blocker[];
  readonly warnings: readonly string[];
  readonly remains: readonly Remainder[];
  readonly permissions: Permissions;
};
