// How long each operation takes, in seconds of world time, with the source of each number.
// It must stay data: nothing here decides anything.

export type TimedOperation =
  | "deleteVault"
  | "updateVault"
  | "undeleteVault"
  | "softDeleteVm"
  | "removeVm"
  | "deleteFileShare"
  | "deleteWorkload"
  | "undeleteVm"
  | "undeleteOther"
  | "refuseOnImmutable"
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
  | "resourceListLag";
type Latency = { readonly seconds: number; readonly source: string };

const latencies: Readonly<Record<TimedOperation, Latency>> = {
  deleteVault: { seconds: 60, source: "recorded: 79 vault deletes, median 61 s at a 60 s poll" },
  updateVault: { seconds: 61, source: "recorded: PATCH vault, median 61 s (azcli2024__test_backup_vault)" },
  undeleteVault: { seconds: 66, source: "recorded: azcli2026p__test_vault_soft_delete_basic, 66 s" },
  softDeleteVm: { seconds: 12, source: "recorded: azcli2024__test_backup_softdelete, 86 jobs under 20 s" },
  removeVm: { seconds: 111, source: "recorded: 661 DeleteBackupData jobs, median 111 s" },
  deleteFileShare: { seconds: 21, source: "recorded: 357 DeleteBackupData jobs, median 21 s" },
  deleteWorkload: { seconds: 32, source: "recorded: 125 DeleteBackupData jobs, median 32 s" },
  undeleteVm: { seconds: 12, source: "recorded: 36 undeletes, median 12 s (azcli2024__test_backup_softdelete)" },
  undeleteOther: { seconds: 32, source: "unverified: taken to be as long as a workload delete" },
  refuseOnImmutable: { seconds: 12, source: "unverified: taken to be as long as a soft delete" },
  unregisterStorage: { seconds: 25, source: "recorded: 321 unregistrations, median 25 s" },
  unregisterWorkload: { seconds: 94, source: "recorded: 190 unregistrations, median 94 s" },
  unregisterOther: { seconds: 25, source: "unverified: taken to be as long as a storage account" },
  cancelRequest: { seconds: 1, source: "recorded: net2016 CancelJobTest, 204 after 1 s" },
  cancelJob: { seconds: 30, source: "unverified: time from Cancelling to Cancelled" },
  reprotect: { seconds: 300, source: 'unverified: documented only as "protected again"' },
  propagation: { seconds: 20, source: "unverified: field reports speak of minutes at worst, and of seconds" },
  deleteConnection: { seconds: 5, source: "unverified: no private endpoint traffic is recorded" },
  deleteEndpoint: { seconds: 5, source: "unverified: no private endpoint traffic is recorded" },
  releaseLock: { seconds: 15, source: "unverified: reports only say that the lock goes after the unregistration" },
  resourceListLag: { seconds: 180, source: "field report: azure-rest-api-specs 38962; how long is unverified" },
};

export function milliseconds(operation: TimedOperation): number {
  return latencies[operation].seconds * 1_000;
}
