// What a plan says about backup data: how far back it reaches, whether its source still stands, what becomes of it. Types only.

import type { Whole } from "./shape.ts";

/**
 * The recovery points of one item, as Azure lists them. `count`: backups, the logs between them not counted; `oldest` and
 * `newest`: ISO times, absent where there is none. `why`: what kept them from being known.
 */
export type RecoveryPoints =
  | { readonly count: Whole; readonly oldest?: string; readonly newest?: string }
  | { readonly why: string };

/**
 * Whether the resource that was backed up still exists under its id: of a database or share the machine, server or account
 * it lies on. `why`: what kept it from being known.
 */
export type Source = { readonly state: "exists" | "gone" | "unknown"; readonly why?: string };

/** What was asked about one item's backups beside the list it stands in. It decides over no step. */
export type Findings = {
  /** Absent: not asked. */
  readonly recoveryPoints?: RecoveryPoints;
  /** Absent: not asked. */
  readonly source?: Source;
};

/** Days from the moment of planning until the purge: those that are billed come first. */
export type Billing = {
  readonly billedDays: Whole;
  readonly freeDays: Whole;
  /** What of the item is billed on every day. */
  readonly alwaysBilled?: string;
};

/**
 * What becomes of one item's backup data. `destroyed`: for good, by the step on the item or on its server. `soft-deleted`:
 * by that step, and it can be brought back. `already-soft-deleted`: before this plan, and it goes with the vault.
 */
export type Fate = "destroyed" | "soft-deleted" | "already-soft-deleted";
export const fates: readonly Fate[] = ["destroyed", "soft-deleted", "already-soft-deleted"];

export type Loss = {
  readonly fate: Fate;
  /**
   * ISO time until which the data can be brought back, counted from the moment of planning, so about; of what is
   * soft-deleted already, Azure's own. Absent where it is destroyed, and where Azure does not say.
   */
  readonly until?: string;
  /** Absent where `until` is. */
  readonly billing?: Billing;
  /** The source is gone: these backups are all there is. */
  readonly onlyCopy?: true;
};
