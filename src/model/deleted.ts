// What was deleted and can still be brought back: vaults, items and containers with their dates. Types and the counting of
// days; it must not ask anybody.

import type { VaultKind } from "./arm-id.ts";
import type { AzureError } from "./azure-error.ts";
import type { ArmResource } from "./ports.ts";
import type { Whole } from "./shape.ts";

/** ISO times; each is absent where Azure does not say it. */
export type DeletionTimes = {
  readonly deletedAt?: string;
  readonly purgeAt?: string;
  /** Whole days until the purge, rounded down; 0 once it is due. */
  readonly daysLeft?: Whole;
};

export type DeletedVault = DeletionTimes & {
  readonly kind: VaultKind;
  /** The name the vault had: several deleted vaults may have had one name. */
  readonly name: string;
  readonly location: string;
  /** The id the vault had; empty where Azure does not say it. */
  readonly vaultId: string;
  /** The id of the deleted vault itself: with it one is brought back. */
  readonly id: string;
  /**
   * `nothing`: no data that could be recovered was in it. Absent where Azure does not let it be known. Read from the time
   * of the purge, for Azure Resource Manager has no list of what a deleted vault held.
   */
  readonly held?: "recoverable-data" | "nothing";
  /** What Azure Resource Graph lists of it, minutes behind; absent where it was not asked, or did not say. */
  readonly items?: readonly HeldItem[];
};

/** An item of a deleted vault. What Azure does not name reads `Unknown`. */
export type HeldItem = {
  readonly name: string;
  /** Below the id of the deleted vault. */
  readonly id: string;
  readonly workload: string;
  readonly managementType: string;
  readonly sourceId?: string;
  readonly container?: string;
};

export type DeletedItem = DeletionTimes & {
  readonly kind: "protected-item";
  readonly name: string;
  readonly id: string;
  readonly state: string;
  readonly workload?: string;
  readonly managementType?: string;
  readonly container?: string;
  /** The DPM or MABS server that backed it up. */
  readonly backupEngine?: string;
  readonly sourceId?: string;
  readonly lastRecoveryPoint?: string;
  /** Of files of a MARS agent alone, as Azure gives it: a whole number (documented) whose unit and meaning nobody says. */
  readonly deferredDeleteSyncTimeInUTC?: number;
};

/** A soft-deleted instance of a Backup vault. */
export type DeletedInstance = DeletionTimes & {
  readonly kind: "backup-instance";
  readonly name: string;
  /** Its id among the soft-deleted ones. */
  readonly id: string;
  readonly state: string;
  readonly datasourceType: string;
  /** ISO time from which it is no longer billed (`billingEndDate`). */
  readonly billingEndsAt?: string;
  /** The id of its policy. */
  readonly policy?: string;
  /** The id of what it protected. */
  readonly sourceId?: string;
};

export type DeletedContainer = DeletionTimes & {
  readonly kind: "container";
  readonly name: string;
  readonly id: string;
  readonly managementType: string;
  readonly sourceId?: string;
  /** How many of the vault's soft-deleted items stand in it. */
  readonly items: Whole;
};

/** A list of a standing vault that Azure refused. */
export type RefusedList = Refusal & { readonly list: string };

/** What is soft-deleted in a standing vault: items and containers in a Recovery Services vault, instances in a Backup vault. */
export type DeletedContents = {
  readonly items: readonly DeletedItem[];
  readonly containers: readonly DeletedContainer[];
  readonly instances: readonly DeletedInstance[];
  readonly refused: readonly RefusedList[];
};

/** Deleted vaults of one kind, as one resource provider lists them. */
export type DeletedVaultSource = {
  readonly kind: VaultKind;
  /** Every deleted vault of a location. Throws AzureError. */
  readonly list: (location: string) => Promise<readonly ArmResource[]>;
  /** What an entry of the list says; `now` is epoch milliseconds. */
  readonly read: (entry: ArmResource, location: string, now: number) => DeletedVault;
};

type Asked = { readonly kind: VaultKind; readonly location: string };

/** `status`: the HTTP status, 0 where no answer came. */
export type Refusal = { readonly status: Whole; readonly code: string; readonly message: string };

export type RefusedLocation = Asked & Refusal;

/** What all asked locations said together. */
export type DeletedVaults = {
  readonly vaults: readonly DeletedVault[];
  /** Locations that do not have the list of deleted vaults, in the words of Azure. */
  readonly unavailable: readonly RefusedLocation[];
  readonly refused: readonly RefusedLocation[];
};

/** Codes with which Azure says that a location, or a cloud, does not have this list; a bare status says no more. */
const lackingCodes =
  /^(NoRegisteredProviderFound|InvalidResourceType|LocationNotAvailableForResourceType|Http400|Http404)$/i;

/** With this one (409) that the subscription never used the provider; that a list is refused with it too is inferred. */
const unregisteredCode = /^MissingSubscriptionRegistration$/i;

/** Whether the answer says that the location does not have the list, and not that the caller may not see it. */
export function lacksDeletedVaults({ status, code }: Pick<AzureError, "status" | "code">): boolean {
  return ((status === 400 || status === 404) && lackingCodes.test(code)) || unregisteredCode.test(code);
}

const dayMilliseconds = 86_400_000;

/** Whole days from `now` (epoch milliseconds) to an ISO time, rounded down, never negative; undefined where it is no time. */
export function daysUntil(time: string | undefined, now: number): number | undefined {
  const at = time === undefined ? Number.NaN : Date.parse(time);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.floor((at - now) / dayMilliseconds));
}

/** The times with the days left of them, without members for what is not known. */
export function deletionTimes(deletedAt: string | undefined, purgeAt: string | undefined, now: number): DeletionTimes {
  const daysLeft = daysUntil(purgeAt, now);
  return {
    ...(deletedAt === undefined ? {} : { deletedAt }),
    ...(purgeAt === undefined ? {} : { purgeAt }),
    ...(daysLeft === undefined ? {} : { daysLeft }),
  };
}

/** By name; of one name the newest first, and last those whose time of deletion is not known. */
export function byNameThenNewest<T extends { readonly name: string } & DeletionTimes>(
  entries: readonly T[],
): readonly T[] {
  const time = ({ deletedAt }: T): number => (deletedAt === undefined ? 0 : Date.parse(deletedAt) || 0);
  const key = ({ name }: T): string => name.toLowerCase();
  return entries.toSorted((one, other) =>
    key(one) === key(other) ? time(other) - time(one) : key(one) < key(other) ? -1 : 1,
  );
}
