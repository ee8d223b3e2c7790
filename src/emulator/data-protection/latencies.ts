// How long each operation on a Backup vault takes, in seconds of world time, with the source of each number.
// It must stay data: nothing here decides anything.
import type { Latency } from "../quantiles.ts";

export type BackupVaultOperation =
  | "deleteBackupInstance"
  | "updateBackupVault"
  | "deleteBackupVault"
  | "undeleteBackupVault";

/** Between the start and the end that the operations' own statuses name. */
export const backupVaultLatencies: Readonly<Record<BackupVaultOperation, Latency>> = {
  deleteBackupInstance: {
    minimum: 14,
    median: 68,
    p90: 103,
    maximum: 114,
    source: "recorded: 25 deletes (azext2024__test_dataprotection_backup_instance_softdelete)",
  },
  updateBackupVault: always(1, "recorded: 2 PATCH requests (azext2022__test_dataprotection_Scenario)"),
  deleteBackupVault: {
    minimum: 0,
    median: 1,
    p90: 1,
    maximum: 1,
    source: "recorded: 15 deletes (azext2024__test_dataprotection_resource_guard_mapping)",
  },
  undeleteBackupVault: always(30, "unverified: taken to be as long as it is between two polls of a PUT"),
};

function always(seconds: number, source: string): Latency {
  return { minimum: seconds, median: seconds, p90: seconds, maximum: seconds, source };
}
