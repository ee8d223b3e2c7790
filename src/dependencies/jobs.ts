// Backup jobs in flight: a running job refuses changes of protection, so its container's items wait for it.

import { armId, sameId } from "../model/arm-id.ts";
import type { BackupJob } from "../model/resource.ts";
import { stepKey, type StepKey } from "../model/step.ts";
import { containerKey } from "./container-names.ts";
import type { Dependency, PlanningContext, Proof } from "./dependency.ts";
import { date, text, words } from "./properties.ts";

export const jobs: Dependency<"backup-job"> = {
  kind: "backup-job",
  rule: "field reports: a running job causes BMSUserErrorConflictingProtectionOperation; recorded list: azcli2024__test_backup_job",
  list: async (reader) =>
    (await reader.jobsInProgress()).map((job): BackupJob => {
      const container = text(job.properties, "containerName");
      const startedAt = date(job.properties, "startTime");
      return {
        kind: "backup-job",
        id: armId(job.id),
        name: text(job.properties, "entityFriendlyName") ?? job.name,
        state: text(job.properties, "status") ?? "Unknown",
        operation: text(job.properties, "operation") ?? "Unknown",
        cancellable: words(job.properties, "actionsInfo").includes("Cancellable"),
        ...(container === undefined ? {} : { container }),
        ...(startedAt === undefined ? {} : { startedAt }),
      };
    }),
  contribute: (job) => ({
    steps: [
      {
        action: "settle-job",
        kind: "backup-job",
        target: job.id,
        name: `${job.operation} of ${job.name}`,
        after: [],
        reason: `the job is ${job.state}; while it runs, changes to its item are refused`,
        irreversible: false,
        permissions: ["Microsoft.RecoveryServices/Vaults/backupJobs/read"],
      },
    ],
  }),
  prove: (step, found): Proof => {
    const job = found.find((candidate) => sameId(candidate.id, step.target));
    return job === undefined
      ? { verdict: "proved", evidence: "the job is no longer in progress" }
      : { verdict: "not-yet", found: `the ${job.operation} job is ${job.state}` };
  },
};

/** The jobs that must settle before an item of this container is changed; a job that names no container holds up all. */
export function settleJobKeys(context: PlanningContext, container: string): readonly StepKey[] {
  const byContainer = context.lookup("backup-job", jobContainer);
  return [...byContainer(container), ...byContainer(anyContainer)].map((job) => stepKey("settle-job", job.id));
}

const anyContainer = "*";

function jobContainer(job: BackupJob): string {
  return job.container === undefined ? anyContainer : containerKey(job.container);
}
