// Backup jobs in flight: a running job refuses changes of protection, so its container's items wait for it.

import { armId, idKey, sameId, vaultKindOf, type ArmId } from "../model/arm-id.ts";
import type { ArmResource } from "../model/ports.ts";
import type { BackupJob } from "../model/resource.ts";
import { stepKey, type StepDraft, type StepKey } from "../model/step.ts";
import { containerKey } from "./container-names.ts";
import { isBackupVault, type Dependency, type PlanningContext, type Proof } from "./dependency.ts";
import { date, text, words } from "./properties.ts";
import { gateKeys } from "./soft-delete.ts";

export const jobs: Dependency<"backup-job"> = {
  kind: "backup-job",
  rule: "field reports: a running job causes BMSUserErrorConflictingProtectionOperation; recorded list: azcli2024__test_backup_job",
  list: async (reader) =>
    (await reader.jobsInProgress()).map((job): BackupJob => {
      if (vaultKindOf(job.id) === "backup") return instanceJobFrom(job);
      const container = text(job.properties, "containerName");
      const managementType = text(job.properties, "backupManagementType");
      const startedAt = date(job.properties, "startTime");
      return {
        kind: "backup-job",
        id: armId(job.id),
        name: text(job.properties, "entityFriendlyName") ?? job.name,
        state: text(job.properties, "status") ?? "Unknown",
        operation: text(job.properties, "operation") ?? "Unknown",
        cancellable: words(job.properties, "actionsInfo").includes("Cancellable"),
        ...(container === undefined ? {} : { container }),
        ...(managementType === undefined ? {} : { managementType }),
        ...(startedAt === undefined ? {} : { startedAt }),
      };
    }),
  contribute: (job, context) => ({ steps: [settleStep(job, context)] }),
  prove: (step, found): Proof => {
    const job = found.find((candidate) => sameId(candidate.id, step.target));
    return job === undefined
      ? { verdict: "proved", evidence: "the job is no longer in progress" }
      : { verdict: "not-yet", found: `the ${job.operation} job is ${job.state}` };
  },
};

/** A job of a Backup vault (recorded: azext2024__test_dataprotection_job_list_and_show). No recording shows one cancelled. */
function instanceJobFrom({ id, name, properties }: ArmResource): BackupJob {
  const instance = text(properties, "backupInstanceId");
  const startedAt = date(properties, "startTime");
  return {
    kind: "backup-job",
    id: armId(id),
    name: text(properties, "backupInstanceFriendlyName") ?? name,
    state: text(properties, "status") ?? "Unknown",
    operation: text(properties, "operation") ?? "Unknown",
    cancellable: false,
    ...(instance === undefined ? {} : { instance: armId(instance) }),
    ...(startedAt === undefined ? {} : { startedAt }),
  };
}

/** Waited for; or cancelled, where the job can be and the person allowed it. A refused cancel is waited out. */
function settleStep(job: BackupJob, context: PlanningContext): StepDraft {
  const step: StepDraft = {
    action: "settle-job",
    kind: "backup-job",
    target: job.id,
    name: `${job.operation} of ${job.name}`,
    after: [],
    reason: `the job is ${job.state}; while it runs, changes to its item are refused`,
    irreversible: false,
    permissions: [
      isBackupVault(context)
        ? "Microsoft.DataProtection/backupVaults/backupJobs/read"
        : "Microsoft.RecoveryServices/Vaults/backupJobs/read",
    ],
  };
  if (!job.cancellable || !context.consents.includes("cancel-jobs")) return step;
  return {
    ...step,
    after: gateKeys(context),
    reason: `${step.reason}, so it is cancelled: what it was at work on stays undone`,
    consent: "cancel-jobs",
    permissions: [...step.permissions, "Microsoft.RecoveryServices/Vaults/backupJobs/cancel/action"],
    request: { write: "cancel-backup-job", job: job.id },
  };
}

/**
 * The jobs that must settle before an item of this container and management type is changed. Jobs of SQL, HANA and Files
 * name no container (recorded): they hold up all items of their type, and a job that does not even name that holds up all.
 */
export function settleJobKeys(context: PlanningContext, container: string, managementType: string): readonly StepKey[] {
  const jobsOf = context.lookup("backup-job", heldUpBy);
  return [container, anyOfType(managementType), anything]
    .flatMap((held) => jobsOf(held))
    .map((job) => stepKey("settle-job", job.id));
}

/** The same for an instance of a Backup vault: a job that names none holds up all. */
export function settleInstanceJobKeys(context: PlanningContext, instance: ArmId): readonly StepKey[] {
  const jobsOf = context.lookup("backup-job", instanceHeldUp);
  return [idKey(instance), anything].flatMap((held) => jobsOf(held)).map((job) => stepKey("settle-job", job.id));
}

function instanceHeldUp({ instance }: BackupJob): string {
  return instance === undefined ? anything : idKey(instance);
}

const anything = "*";

function anyOfType(managementType: string): string {
  return `* of ${managementType.toLowerCase()}`;
}

function heldUpBy({ container, managementType }: BackupJob): string {
  if (container !== undefined) return containerKey(container);
  return managementType === undefined ? anything : anyOfType(managementType);
}
