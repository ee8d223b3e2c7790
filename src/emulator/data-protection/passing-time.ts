// What becomes of Backup vaults by time alone: soft-deleted instances and deleted vaults reach their purge, jobs end.
// It must not answer requests.
import { object, text } from "../json.ts";
import type { Properties } from "../json.ts";
import type { State } from "../state.ts";
import type { WorldJob } from "../world.ts";
import { azureDate } from "../world-times.ts";
import { keepListing } from "./list-lag.ts";
import type { WorldBackupVault } from "./world-backup-vault.ts";

export function purgeBackupVaults(state: State, now: number): void {
  if (state.backupVaults.some((vault) => hasDue(vault, now)))
    state.backupVaults = state.backupVaults.map((vault) => (hasDue(vault, now) ? passed(state, vault, now) : vault));
  const isDue = ({ properties }: { readonly properties: Properties }): boolean =>
    purgeTime(object(properties, "resourceDeletionInfo")) <= now;
  if (state.deletedBackupVaults.some(isDue))
    state.deletedBackupVaults = state.deletedBackupVaults.filter((deleted) => !isDue(deleted));
}

/** Milliseconds; of `deletionInfo` and of `resourceDeletionInfo`. */
function purgeTime(deletion: Properties): number {
  return Date.parse(text(deletion, "scheduledPurgeTime"));
}

export function instancePurgeTime(properties: Properties): number {
  return purgeTime(object(properties, "deletionInfo"));
}

function hasDue(vault: WorldBackupVault, now: number): boolean {
  return (
    vault.deletedBackupInstances.some(({ properties }) => instancePurgeTime(properties) <= now) ||
    vault.backupJobs.some(({ completesAt }) => completesAt !== undefined && Date.parse(completesAt) <= now)
  );
}

function passed(state: State, vault: WorldBackupVault, now: number): WorldBackupVault {
  const by = after(vault, now);
  keepListing(state, vault, by, now);
  return by;
}

function after(vault: WorldBackupVault, now: number): WorldBackupVault {
  return {
    ...vault,
    deletedBackupInstances: vault.deletedBackupInstances.filter(
      ({ properties }) => instancePurgeTime(properties) > now,
    ),
    backupJobs: vault.backupJobs.map((job) => ended(job, now)),
  };
}

/** Recorded: `Completed` with the time of its end (azext2024__test_dataprotection_job_list_and_show). */
function ended({ name, properties, completesAt }: WorldJob, now: number): WorldJob {
  if (completesAt === undefined) return { name, properties };
  const end = Date.parse(completesAt);
  if (end > now) return { name, properties, completesAt };
  return { name, properties: { ...properties, status: "Completed", endTime: azureDate(end) } };
}
