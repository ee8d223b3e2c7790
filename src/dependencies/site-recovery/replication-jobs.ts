// Replication jobs in flight: Site Recovery refuses changes of what a job works on, so they settle first or are cancelled with consent.

import { armId, type ArmId } from "../../model/arm-id.ts";
import type { Blocker } from "../../model/blocker.ts";
import type { ArmResource } from "../../model/ports.ts";
import type { ReplicationJob } from "../../model/replication.ts";
import type { StepDraft } from "../../model/step.ts";
import type { Contribution, Dependency, PlanningContext, Proof } from "../dependency.ts";
import { date, isWord, text, words } from "../properties.ts";
import { gateKeys } from "../soft-delete.ts";
import { isAllowed, isSettled } from "./planned.ts";
import { find } from "./proofs.ts";
import { cancelAction, endedJobs, isOneOf, runningJobs } from "./provider-words.ts";
import { siteRecoveryIsUnused } from "./unused.ts";

export const replicationJobs: Dependency<"replication-job"> = {
  kind: "replication-job",
  rule: "documented: replication is disabled when no job runs on the item; SDK 5.1.0: the list gives all jobs, ended ones too",
  unusedWhen: siteRecoveryIsUnused,
  list: async (reader) => (await reader.replication("jobs")).filter(isInFlight).map(jobFrom),
  contribute,
  prove: (step, found): Proof => {
    const job = find(step, found);
    return job === undefined
      ? { verdict: "proved", evidence: "the replication job is no longer in progress" }
      : { verdict: "not-yet", found: `the ${job.operation} job is ${job.state}` };
  },
};

function isInFlight(job: ArmResource): boolean {
  const state = text(job.properties, "state") ?? "";
  if (isOneOf(state, runningJobs)) return true;
  return !isOneOf(state, endedJobs) && date(job.properties, "endTime") === undefined;
}

function jobFrom(job: ArmResource): ReplicationJob {
  const about = subjectOf(job);
  return {
    kind: "replication-job",
    id: armId(job.id),
    name: text(job.properties, "targetObjectName") ?? job.name,
    state: text(job.properties, "state") ?? "Unknown",
    operation: text(job.properties, "scenarioName") ?? text(job.properties, "friendlyName") ?? "replication",
    cancellable: words(job.properties, "allowedActions").some((action) => isWord(action, cancelAction)),
    ...(about === undefined ? {} : { about }),
  };
}

/** Only an id of Azure Resource Manager can be found again among the resources. */
function subjectOf(job: ArmResource): ArmId | undefined {
  const target = text(job.properties, "targetObjectId");
  return target?.startsWith("/") === true ? armId(target) : undefined;
}

function contribute(job: ReplicationJob, context: PlanningContext): Contribution {
  if (job.cancellable && isAllowed(context, "cancel-jobs")) return { steps: [cancelStep(job, context)] };
  return isSettled(job, context) ? { steps: [settleStep(job)] } : { blockers: [suspended(job)] };
}

function settleStep(job: ReplicationJob): StepDraft {
  return {
    action: "settle-job",
    kind: "replication-job",
    target: job.id,
    name: `${job.operation} of ${job.name}`,
    after: [],
    reason: `the job is ${job.state}; while it runs, changes of what it works on are refused`,
    irreversible: false,
    permissions: ["Microsoft.RecoveryServices/Vaults/replicationJobs/read"],
  };
}

function cancelStep(job: ReplicationJob, context: PlanningContext): StepDraft {
  return {
    ...settleStep(job),
    after: gateKeys(context),
    reason: `the job is ${job.state} and can be cancelled; while it runs, changes of what it works on are refused`,
    consent: "cancel-jobs",
    permissions: [
      "Microsoft.RecoveryServices/Vaults/replicationJobs/read",
      "Microsoft.RecoveryServices/Vaults/replicationJobs/cancel/action",
    ],
    request: { write: "cancel-replication-job", job: job.id },
  };
}

function suspended(job: ReplicationJob): Blocker {
  return {
    code: "replication-job-suspended",
    subject: job.id,
    reason: `the ${job.operation} job of ${job.name} is ${job.state}: it waits for a person and would never end`,
    fix: job.cancellable
      ? "resume it in the portal (Site Recovery jobs), or allow it to be cancelled with --allow cancel-jobs"
      : "resume or end it in the portal (Site Recovery jobs), then plan again",
    who: "a site recovery operator of the vault",
  };
}
