// How long each operation takes, in seconds of world time, with the source of each number.
// It must stay data: nothing here decides anything.
import type { BackupVaultOperation } from "./data-protection/latencies.ts";
import { backupVaultLatencies } from "./data-protection/latencies.ts";
import type { Latency } from "./quantiles.ts";
import type { ReplicationOperation } from "./site-recovery/latencies.ts";
import { replicationLatencies } from "./site-recovery/latencies.ts";

export type TimedOperation =
  | "deleteVault"
  | "forgetVault"
  | "updateVault"
  | "undeleteVault"
  | "softDeleteVm"
  | "removeVm"
  | "deleteFileShare"
  | "deleteWorkload"
  | "undeleteVm"
  | "undeleteOther"
  | "refuseOnImmutable"
  | "registerStorage"
  | "registerWorkload"
  | "unregisterStorage"
  | "unregisterWorkload"
  | "unregisterOther"
  | "cancelRequest"
  | "cancelJob"
  | "reprotect"
  | "propagation"
  | "deleteConnection"
  | "deleteEndpoint"
  | "releaseLock"
  | "resourceListLag"
  | BackupVaultOperation
  | ReplicationOperation;

type Times = readonly [minimum: number, median: number, p90: number, maximum: number];

const spread = ([minimum, median, p90, maximum]: Times, source: string): Latency => ({
  minimum,
  median,
  p90,
  maximum,
  source,
});
const always = (seconds: number, source: string): Latency => spread([seconds, seconds, seconds, seconds], source);

/** Times of jobs are their own durations; the others are what a client saw that polled every 5 to 60 s. */
export const latencies: Readonly<Record<TimedOperation, Latency>> = {
  deleteVault: {
    ...spread([0, 2.5, 5, 519], "fitted to 66 recorded deletes: 17 done at a first poll after 0 to 2 s, 2 not by 62 s"),
    // the median a client sees that polls every 60 s
    withoutSeed: 60,
  },
  forgetVault: {
    ...spread([2, 44, 120, 300], "fitted to 66 recorded deletes: of 49 not done at the first poll 29 ended in 404"),
    // no client sees the operation succeed: the harder case
    withoutSeed: 0,
  },
  updateVault: {
    ...spread([1, 61, 122, 530], "recorded: PATCH vault at 60 s polls; settings 61 s, identity 122 s"),
    // changed settings were done at the first poll, after 60 s
    withoutSeed: 60,
  },
  undeleteVault: always(66, "recorded once: azcli2026p__test_vault_soft_delete_basic"),
  softDeleteVm: spread([2, 12, 13, 20], "recorded: 86 DeleteBackupData jobs (azcli2024__test_backup_softdelete)"),
  removeVm: spread([101, 111, 112, 365], "recorded: 661 DeleteBackupData jobs but 86 that kept the data"),
  deleteFileShare: spread([12, 21, 22, 52], "recorded: 357 DeleteBackupData jobs"),
  deleteWorkload: spread([31, 32, 35, 194], "recorded: 125 DeleteBackupData jobs"),
  undeleteVm: spread([2, 11, 12, 12], "recorded: 37 Undelete jobs (azcli2024__test_backup_softdelete)"),
  undeleteOther: always(32, "unverified: taken to be as long as a workload delete"),
  refuseOnImmutable: always(12, "unverified: taken to be as long as a soft delete"),
  registerStorage: spread([11, 29, 42, 42], "recorded: 10 registrations (azcli2024__test_afs_backup_container)"),
  registerWorkload: spread(
    [66, 151, 307, 340],
    "recorded: 16 registrations, 2 of them again (azcli2024__test_backup_wl_hana_container)",
  ),
  unregisterStorage: spread([14, 25, 78, 300], "recorded: 321 unregistrations"),
  unregisterWorkload: spread([45, 94, 151, 386], "recorded: 190 unregistrations"),
  unregisterOther: always(25, "unverified: taken to be as long as a storage account"),
  cancelRequest: always(1, "recorded: net2016 CancelJobTest, 204 after 1 s"),
  cancelJob: always(30, "unverified: time from Cancelling to Cancelled"),
  reprotect: always(300, 'unverified: documented only as "protected again"'),
  propagation: always(20, "unverified: field reports speak of minutes at worst, and of seconds"),
  deleteConnection: always(5, "unverified: no private endpoint traffic is recorded"),
  deleteEndpoint: always(5, "unverified: no private endpoint traffic is recorded"),
  releaseLock: always(15, "unverified: reports only say that the lock goes after the unregistration"),
  resourceListLag: always(180, "field report: azure-rest-api-specs 38962; how long is unverified"),
  ...backupVaultLatencies,
  ...replicationLatencies,
};

export const timedOperations: readonly TimedOperation[] = Object.keys(latencies) as TimedOperation[];
