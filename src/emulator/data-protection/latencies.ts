// How long each operation on a Backup vault takes, in seconds of world time, with the source of each number.
// It must stay data: nothing here decides anything.
import type { Latency } from "../quantiles.ts";

export type BackupVaultOperation =
  | "deleteBackupInstance"
  | "stopProtection"
  | "suspendBackups"
  | "resumeProtection"
  | "validateForBackup"
  | "configureBackupInstance"
  | "protectBackupInstance"
  | "createBackupVault"
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
  stopProtection: spread([12, 31, 49, 49], "recorded: 2 stops, their median halfway between them"),
  suspendBackups: spread([12, 26, 41, 41], "recorded: 2 suspensions, their median halfway between them"),
  resumeProtection: spread(
    [23, 44, 156, 156],
    "recorded: 5 (azext2024__test_dataprotection_backup_instance_softdelete)",
  ),
  validateForBackup: spread([12, 40, 51, 72], "recorded: 20 validations, 3 of which failed"),
  configureBackupInstance: spread([0, 1, 2, 2], "recorded: 8 PUT requests"),
  protectBackupInstance: spread([38, 69, 75, 110], "recorded: as 8 clients saw it that asked now and then"),
  createBackupVault: spread([0, 1, 1, 1], "recorded: 10 PUT requests"),
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

type Times = readonly [minimum: number, median: number, p90: number, maximum: number];

function spread([minimum, median, p90, maximum]: Times, source: string): Latency {
  return { minimum, median, p90, maximum, source };
}

function always(seconds: number, source: string): Latency {
  return { minimum: seconds, median: seconds, p90: seconds, maximum: seconds, source };
}
