// What a recovery brings back, as data in its plan: what was asked for, the deleted vault, and what no API brings back.

import type { ArmId } from "./arm-id.ts";
import type { FilledText } from "./shape.ts";

/** A soft-deleted vault as its list names it. */
export type DeletedVaultChoice = {
  /** The id of the deleted vault, which is not the id that the vault had. */
  readonly id: ArmId;
  /** ISO times, where Azure says. */
  readonly deletedAt?: string;
  readonly purgeAt?: string;
};

/** What a run took away that no API brings back, and what a person does about it. */
export type ByHand = {
  /** The sort of thing, without names. */
  readonly what: string;
  readonly subjects: readonly string[];
  /** The next action: a command or a sentence. */
  readonly todo: string;
};

export type Recovery = {
  /** The run whose deletions are undone; absent where a vault was named. */
  readonly run?: FilledText;
  /** Names or patterns as they were given; absent: everything that is soft-deleted. */
  readonly items?: readonly string[];
  /** Brought back before anything in it; absent where the vault stands. */
  readonly deletedVault?: DeletedVaultChoice;
  /** Ids of the items, containers and instances that are brought back. */
  readonly wanted: readonly ArmId[];
  readonly byHand: readonly ByHand[];
  /** What a person should know about the choice that was made, one sentence each. */
  readonly remarks: readonly string[];
};
