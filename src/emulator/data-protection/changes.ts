// What the operations on Backup vaults do once they complete. It must not answer requests.
import type { Properties } from "../json.ts";
import { merged, object, text, without } from "../json.ts";
import { lastSegment, sameName } from "../names.ts";
import type { State } from "../state.ts";
import { newGuid } from "../guids.ts";
import { azureDate } from "../world-times.ts";
import { keepListing } from "./list-lag.ts";
import { instancePurgeTime } from "./passing-time.ts";
import { standingVault } from "./vault-scope.ts";
import type { WorldBackupInstance, WorldBackupVault } from "./world-backup-vault.ts";

export type BackupVaultChange = { readonly kind: "change-backup-vault" } & (
  | {
      readonly change: "delete-instance";
      readonly instance: string;
      readonly keeps: boolean;
      readonly activity: string;
    }
  | { readonly change: "protect"; readonly instance: string; readonly state: string }
  | { readonly change: "nothing" }
  | { readonly change: "update"; readonly properties: Properties; readonly tags?: Properties }
  | {
      readonly change: "delete";
      readonly keeps: boolean;
      readonly activity: string;
      readonly guid: string;
      readonly location: string;
    }
  | {
      readonly change: "undelete";
      readonly deletedVault: string;
      readonly given: Pick<WorldBackupVault, "tags" | "identity">;
    }
);

const day = 86_400_000;
/** Recorded: an empty vault is purged so long after its deletion (ps2026p__Undo-AzDataProtectionVaultDeletion). */
const emptyVaultIsKept = 10 * 60_000;

/** Asked for at `startedAt`, from which the recorded times of deletion count, and done at `completesAt`. */
export function applyBackupVaultChange(
  state: State,
  vaultId: string,
  change: BackupVaultChange,
  { startedAt, completesAt }: { readonly startedAt: number; readonly completesAt: number },
): void {
  if (change.change === "undelete") return undelete(state, change);
  const vault = standingVault(state, vaultId);
  if (vault === undefined) return undefined;
  switch (change.change) {
    case "delete-instance":
      return replaceVault(state, withoutInstance(vault, change, startedAt), completesAt);
    case "protect":
      return replaceVault(state, withState(vault, change), completesAt);
    case "nothing":
      return undefined;
    case "update": {
      const tags = change.tags === undefined ? {} : { tags: change.tags };
      const properties = merged(vault.properties, change.properties);
      return replaceVault(state, { ...vault, ...tags, properties }, completesAt);
    }
    case "delete":
      return removeVault(state, vault, change, startedAt);
    default:
      return change satisfies never;
  }
}

/** `at` is when it becomes so. */
export function replaceVault(state: State, by: WorldBackupVault, at: number): void {
  const before = standingVault(state, by.id);
  if (before !== undefined) keepListing(state, before, by, at);
  state.backupVaults = state.backupVaults.map((vault) => (sameName(vault.id, by.id) ? by : vault));
}

/** The vault as it says whether it is mapped to a guard; unverified that the mapping sets this. */
export function guardedOrNot(vault: WorldBackupVault, isGuarded: boolean): WorldBackupVault {
  return { ...vault, properties: { ...vault.properties, isVaultProtectedByResourceGuard: isGuarded } };
}

function withState(
  vault: WorldBackupVault,
  { instance: name, state }: BackupVaultChange & { readonly change: "protect" },
): WorldBackupVault {
  const backupInstances = vault.backupInstances.map((instance) =>
    sameName(instance.name, name)
      ? { ...instance, properties: { ...instance.properties, ...states(state) } }
      : instance,
  );
  return { ...vault, backupInstances };
}

function withoutInstance(
  vault: WorldBackupVault,
  { instance: name, keeps, activity }: BackupVaultChange & { readonly change: "delete-instance" },
  at: number,
): WorldBackupVault {
  const instance = vault.backupInstances.find((known) => sameName(known.name, name));
  if (instance === undefined) return vault;
  const backupInstances = vault.backupInstances.filter((other) => other !== instance);
  if (!keeps) return { ...vault, backupInstances };
  const others = vault.deletedBackupInstances.filter((other) => !sameName(other.name, name));
  const deleted = softDeleted(instance, { at, activity, days: retentionDays(vault) });
  return { ...vault, backupInstances, deletedBackupInstances: [...others, deleted] };
}

/** Recorded: azext2024__test_dataprotection_backup_instance_softdelete. The times are those of the request. */
function softDeleted(
  instance: WorldBackupInstance,
  { at, activity, days }: { readonly at: number; readonly activity: string; readonly days: number },
): WorldBackupInstance {
  const deletionInfo = {
    deletionTime: azureDate(at),
    billingEndDate: azureDate(at),
    scheduledPurgeTime: azureDate(at + days * day),
    deleteActivityID: activity,
  };
  return {
    ...instance,
    properties: { deletionInfo, ...instance.properties, ...states("SoftDeleted"), objectType: "DeletedBackupInstance" },
  };
}

/** An instance as it stands once it is undeleted: protection is stopped (recorded). */
export function undeleted(instance: WorldBackupInstance): WorldBackupInstance {
  const properties = without(instance.properties, ["deletionInfo"]);
  return {
    ...instance,
    properties: { ...properties, ...states("ProtectionStopped"), objectType: "BackupInstance" },
  };
}

export function states(state: string): Properties {
  return { protectionStatus: { status: state }, currentProtectionState: state };
}

function retentionDays({ properties }: WorldBackupVault): number {
  const settings = object(object(properties, "securitySettings"), "softDeleteSettings");
  return Number(settings["retentionDurationInDays"] ?? 14);
}

/** With what is soft-deleted inside, the latest of its purges decides (unverified). */
function removeVault(
  state: State,
  vault: WorldBackupVault,
  { keeps, activity, guid }: BackupVaultChange & { readonly change: "delete" },
  at: number,
): void {
  state.backupVaults = state.backupVaults.filter((other) => other !== vault);
  state.backupListedBefore = state.backupListedBefore.filter((shown) => !sameName(shown.vault, vault.id));
  if (!keeps) return;
  const purges = vault.deletedBackupInstances.map(({ properties }) => instancePurgeTime(properties));
  const resourceDeletionInfo = {
    deletionTime: azureDate(at),
    scheduledPurgeTime: azureDate(Math.max(at + emptyVaultIsKept, ...purges)),
    deleteActivityID: activity,
  };
  const properties = {
    originalBackupVaultId: guid,
    originalBackupVaultName: lastSegment(vault.id),
    originalBackupVaultResourcePath: vault.id,
    resourceDeletionInfo,
    ...vault.properties,
  };
  const deleted = { name: newGuid(state), location: vault.location, properties, contents: vault };
  state.deletedBackupVaults = [...state.deletedBackupVaults, deleted];
}

function undelete(
  state: State,
  { deletedVault: name, given }: BackupVaultChange & { readonly change: "undelete" },
): void {
  const deleted = state.deletedBackupVaults.find((known) => sameName(known.name, name));
  if (deleted === undefined) return;
  const id = text(deleted.properties, "originalBackupVaultResourcePath");
  if (standingVault(state, id) !== undefined) return;
  state.deletedBackupVaults = state.deletedBackupVaults.filter((other) => other !== deleted);
  const vault = deleted.contents ?? emptyVault(id, deleted.location, deleted.properties);
  state.backupVaults = [...state.backupVaults, { ...vault, ...given }];
}

function emptyVault(id: string, location: string, properties: Properties): WorldBackupVault {
  const ofDeletion = [
    "originalBackupVaultId",
    "originalBackupVaultName",
    "originalBackupVaultResourcePath",
    "resourceDeletionInfo",
  ];
  return {
    id,
    location,
    regime: "secure-by-default",
    properties: without(properties, ofDeletion),
    backupInstances: [],
    deletedBackupInstances: [],
    backupPolicies: [],
    backupJobs: [],
    resourceGuardProxies: [],
  };
}
