// Backup jobs: the list, one job, cancelling, and the jobs that item changes start.
// It must not carry out what a job stands for.
import type { Answer } from "./answers.ts";
import { accepted, found } from "./answers.ts";
import { invalidInput, notFoundInVault } from "./arm-errors.ts";
import type { Call, Route } from "./call.ts";
import { parameter } from "./call.ts";
import type { Tests } from "./filter.ts";
import { filtered } from "./filter.ts";
import { awaitDue, setDue } from "./due-times.ts";
import { newGuid } from "./guids.ts";
import type { Json, Properties } from "./json.ts";
import { list, text, without } from "./json.ts";
import { milliseconds } from "./latencies.ts";
import { lastSegment, sameName } from "./names.ts";
import { signedUrl, startOperation, statusApiVersion } from "./operations.ts";
import { page, pageSize } from "./paging.ts";
import type { ItemState, JobState, VaultState } from "./state.ts";
import { jobFrom } from "./state.ts";
import { vaultChild, vaultRoute } from "./vault-scope.ts";
import { azureDate, isoDuration } from "./world-times.ts";

const tests: Tests<JobState> = {
  status: ({ properties }, value) => sameName(text(properties, "status"), value),
  operation: ({ properties }, value) => sameName(text(properties, "operation"), value),
  backupmanagementtype: ({ properties }, value) => sameName(text(properties, "backupManagementType"), value),
  jobid: ({ name }, value) => sameName(name, value),
  starttime: ({ properties }, value) => Date.parse(text(properties, "startTime")) >= filterTime(value),
  endtime: ({ properties }, value) => Date.parse(text(properties, "startTime")) <= filterTime(value),
};

/** `2016-01-01 01:30:00 PM`, in UTC; a date in any other form matches nothing. */
function filterTime(value: string): number {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{1,2}):(\d{2}):(\d{2})\s*(AM|PM)?/iu.exec(value);
  if (!match) return Number.NaN;
  const half = match[5]?.toUpperCase();
  const hour = half === undefined ? Number(match[2]) : (Number(match[2]) % 12) + (half === "PM" ? 12 : 0);
  return Date.parse(`${match[1] ?? ""}T${String(hour).padStart(2, "0")}:${match[3] ?? ""}:${match[4] ?? ""}Z`);
}

/** Recorded: a job still running has a growing duration and no endTime; the list leaves extendedInfo out. */
function jobBody(vault: VaultState, job: JobState, now: number, inList: boolean): Json {
  const shown = inList ? without(job.properties, ["extendedInfo"]) : job.properties;
  const runsFor = now - Date.parse(text(job.properties, "startTime"));
  const running = job.completesAt === undefined ? {} : { duration: isoDuration(runsFor) };
  return vaultChild(vault, "backupJobs", job.name, { ...shown, ...running });
}

function listJobs(call: Call, vault: VaultState): Answer {
  const result = filtered(call, vault.backupJobs.all().toReversed(), tests);
  if ("refused" in result) return result.refused;
  return page(call, result.entries, pageSize(call), (job) => jobBody(vault, job, call.now, true));
}

function getJob(call: Call, vault: VaultState): Answer {
  const job = findJob(call, vault);
  return job === undefined ? notFoundInVault(parameter(call, "job")) : found(jobBody(vault, job, call.now, false));
}

function findJob(call: Call, vault: VaultState): JobState | undefined {
  return vault.backupJobs.find(parameter(call, "job").toLowerCase());
}

/** Recorded: azcli2024__test_backup_job (202 and both urls). Refusing a job that cannot be cancelled is unverified. */
function cancelJob(call: Call, vault: VaultState): Answer {
  const job = findJob(call, vault);
  if (job === undefined) return notFoundInVault(parameter(call, "job"));
  const cancellable = list(job.properties, "actionsInfo").includes("Cancellable");
  if (!cancellable || text(job.properties, "status") !== "InProgress") {
    return invalidInput(`The job '${job.name}' cannot be cancelled.`);
  }
  job.properties = { ...job.properties, status: "Cancelling" };
  setDue(call.state, { kind: "backup-job", job }, call.now + milliseconds("cancelJob"));
  const operation = startOperation(call.state, {
    vaultId: vault.id,
    effect: { kind: "none" },
    startsAt: call.now,
    takes: milliseconds("cancelRequest"),
  });
  const path = `${vault.id}/backupJobs/${job.name}`;
  return accepted({
    status: signedUrl(call, `${path}/operationsStatus/${operation.id}`, statusApiVersion),
    result: signedUrl(call, `${path}/operationResults/${operation.id}`),
  });
}

export function completeJob(job: JobState, at: number): void {
  const status = text(job.properties, "status") === "Cancelling" ? "Cancelled" : "Completed";
  const duration = isoDuration(at - Date.parse(text(job.properties, "startTime")));
  job.properties = { ...job.properties, duration, status, endTime: azureDate(at) };
}

type Started = { readonly name: string; readonly operation: string; readonly completesAt: number };

export function startJob(call: Call, vault: VaultState, item: ItemState, started: Started): void {
  const properties = {
    ...jobOfItem(item, started.operation),
    entityFriendlyName: text(item.properties, "friendlyName"),
    backupManagementType: text(item.properties, "backupManagementType"),
    operation: started.operation,
    status: "InProgress",
    startTime: azureDate(call.now),
    activityId: newGuid(call.state),
  };
  const job = jobFrom({ name: started.name, properties, completesAt: azureDate(started.completesAt) });
  vault.backupJobs.add(job);
  awaitDue(call.state, { kind: "backup-job", job });
}

/** Recorded bodies: azcli2024__test_backup_softdelete, __test_afs_backup_container, __test_backup_wl_sql_restore_as_files. */
function jobOfItem(item: ItemState, operation: string): Properties {
  const friendlyName = text(item.properties, "friendlyName");
  const account = lastSegment(text(item.properties, "sourceResourceId"));
  switch (text(item.properties, "backupManagementType")) {
    case "AzureIaasVM": {
      const more = operation === "Undelete" ? { "Undelete flag": "True" } : { "Number of Recovery Points": "0" };
      const propertyBag = { "VM Name": friendlyName, ...more };
      const containerName = text(item.properties, "containerName");
      const info = { tasksList: [], propertyBag };
      return { jobType: "AzureIaaSVMJob", containerName, virtualMachineVersion: "Compute", extendedInfo: info };
    }
    case "AzureStorage": {
      const propertyBag = { "File Share Name": friendlyName, "Storage Account Name": account };
      const storage = { storageAccountName: account, storageAccountVersion: "Storage", isUserTriggered: false };
      return { jobType: "AzureStorageJob", ...storage, extendedInfo: { tasksList: [], propertyBag } };
    }
    default: {
      const propertyBag = { ContainerUniqueName: item.container.replace(/^VMAppContainer;/iu, "") };
      const workload = { workloadType: text(item.properties, "workloadType"), isUserTriggered: true };
      return { jobType: "AzureWorkloadJob", ...workload, extendedInfo: { tasksList: [], propertyBag } };
    }
  }
}

export const jobRoutes: readonly Route[] = [
  vaultRoute("GET", "backupJobs", listJobs),
  vaultRoute("GET", "backupJobs/{job}", getJob),
  vaultRoute("POST", "backupJobs/{job}/cancel", cancelJob),
];
