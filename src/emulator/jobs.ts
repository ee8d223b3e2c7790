// Backup jobs: the list, one job, cancelling, and the jobs that item changes start.
// It must not carry out what a job stands for.
import type { Answer } from "./answers.ts";
import { accepted, found } from "./answers.ts";
import { invalidInput, notFoundInVault } from "./arm-errors.ts";
import type { Call, Route } from "./call.ts";
import { parameter } from "./call.ts";
import type { Tests } from "./filter.ts";
import { filterTime, filtered } from "./filter.ts";
import { awaitDue, setDue } from "./due-times.ts";
import { newGuid } from "./guids.ts";
import type { Json, Properties } from "./json.ts";
import { list, text, without } from "./json.ts";
import { lastSegment, sameName } from "./names.ts";
import { takes } from "./operation-times.ts";
import { signedUrl, startOperation, statusApiVersion } from "./operations.ts";
import { page, pageSize } from "./paging.ts";
import type { ItemState, JobState, State, VaultState } from "./state.ts";
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

/** Recorded: a job still running has a growing duration and no endTime; the list leaves extendedInfo out. */
function jobBody(vault: VaultState, job: JobState, now: number, inList: boolean): Json {
  const shown = inList ? without(job.properties, ["extendedInfo"]) : job.properties;
  const runsFor = now - Date.parse(text(job.properties, "startTime"));
  const running = text(job.properties, "endTime") === "" ? { duration: isoDuration(runsFor) } : {};
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
  setDue(call.state, { kind: "backup-job", job }, call.now + takes(call.state, "cancelJob"));
  const operation = startOperation(call.state, {
    vaultId: vault.id,
    effect: { kind: "none" },
    startsAt: call.now,
    takes: takes(call.state, "cancelRequest"),
  });
  const path = `${vault.id}/backupJobs/${job.name}`;
  return accepted({
    status: signedUrl(call, `${path}/operationsStatus/${operation.id}`, statusApiVersion),
    result: signedUrl(call, `${path}/operationResults/${operation.id}`),
  });
}

export function completeJob(job: JobState, at: number): void {
  endJob(job, text(job.properties, "status") === "Cancelling" ? "Cancelled" : "Completed", at);
}

/** Recorded: azcli2024__test_afs_backup_restore, __test_backup_wl_hana_restore (with a title); the number is not the error's. */
export function failJob(state: State, job: JobState, error: Properties, at: number): void {
  const said = { errorTitle: text(error, "code"), errorString: text(error, "message") };
  job.properties = { ...job.properties, errorDetails: [{ errorCode: 0, ...said, recommendations: [] }] };
  setDue(state, { kind: "backup-job", job }, undefined);
  endJob(job, "Failed", at);
}

function endJob(job: JobState, status: string, at: number): void {
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
