// Removing and cleaning up in Site Recovery: what is accepted, what is refused, and how long it takes.
// It must not carry the change out; that happens when the operation completes.
import type { Answer } from "../answers.ts";
import { origin } from "../answers.ts";
import type { Call, Route } from "../call.ts";
import { awaitDue } from "../due-times.ts";
import { newGuid, urlSignature } from "../guids.ts";
import { list, text } from "../json.ts";
import { lastSegment } from "../names.ts";
import { takes } from "../operation-times.ts";
import { startOperation } from "../operations.ts";
import type { Operation, VaultState } from "../state.ts";
import { vaultRoute } from "../vault-scope.ts";
import { azureDate } from "../world-times.ts";
import type { ReplicationEntry } from "./entries.ts";
import { entryFrom, findEntry, isRunning, label, replicationId, runningJob } from "./entries.ts";
import type { Refusal } from "./errors.ts";
import { absent, errorOf, refused } from "./errors.ts";
import type { ReplicationKind, Verb } from "./kinds.ts";
import { kinds, replicationKinds } from "./kinds.ts";
import { removalOf } from "./latencies.ts";
import { isTestFailoverOpen, obstacle } from "./obstacles.ts";
import type { ReplicationChange } from "./settle-replication.ts";

type Change = {
  readonly what: ReplicationChange["change"];
  readonly scenario: string;
  readonly takes: number;
  readonly refusal?: Refusal | undefined;
};

/** The path below the vault that a request names. */
export function pathOf(call: Call, pattern: string): string {
  return pattern.replaceAll(/\{(\w+)\}/gu, (_, name: string) => call.parameters[name] ?? "");
}

function removing(kind: ReplicationKind, verb: Verb): (call: Call, vault: VaultState) => Answer {
  return (call, vault) => {
    const path = pathOf(call, kinds[kind].path);
    const entry = findEntry(vault, path);
    if (entry === undefined) return absent(call.state, lastSegment(path));
    const refusal = obstacle({ state: call.state, vault, entry, verb });
    const time = takes(call.state, refusal === undefined ? removalOf(kind, verb) : "refuseReplicationChange");
    return begin(call, vault, entry, { what: "remove", scenario: kinds[kind].removal, takes: time, refusal });
  };
}

function cleanTestFailover(call: Call, vault: VaultState): Answer {
  const path = pathOf(call, kinds.protectedItems.path);
  const item = findEntry(vault, path);
  if (item === undefined) return absent(call.state, lastSegment(path));
  if (!isTestFailoverOpen(item)) {
    return refused(call.state, 400, {
      code: "990014",
      message: `There is no test failover of '${label(item)}' to clean up.`,
      possibleCauses: "The test failover was cleaned up before.",
      recommendedAction: "Refresh the state of the item.",
    });
  }
  const scenario = "TestFailoverCleanup";
  return begin(call, vault, item, {
    what: "clean-test-failover",
    scenario,
    takes: takes(call.state, "cleanTestFailover"),
  });
}

function cancelJob(call: Call, vault: VaultState): Answer {
  const path = pathOf(call, kinds.jobs.path);
  const job = findEntry(vault, path);
  if (job === undefined) return absent(call.state, lastSegment(path));
  if (!isRunning(job) || !list(job.properties, "allowedActions").includes("Cancel")) {
    return refused(call.state, 400, {
      code: "990015",
      message: `The job '${job.name}' cannot be cancelled.`,
      possibleCauses: "The job has ended, or is of a kind that cannot be cancelled.",
      recommendedAction: "Wait until the job has ended.",
    });
  }
  const change: ReplicationChange = { kind: "change-replication", change: "cancel-job", path: job.path };
  const operation = start(call, vault, change, takes(call.state, "cancelReplicationJob"));
  return acceptedFor(call, vault, job, operation);
}

/** Starts the operation and the job that shows it. An object that a job is at work on cannot be changed (unverified). */
function begin(call: Call, vault: VaultState, entry: ReplicationEntry, change: Change): Answer {
  const busy = runningJob(vault, entry);
  if (busy !== undefined) {
    return refused(call.state, 409, {
      code: "990016",
      message: `'${label(entry)}' cannot be changed while the job '${busy.name}' (${text(busy.properties, "scenarioName")}) is running.`,
      possibleCauses: "Another operation is in progress on the object.",
      recommendedAction: "Wait until the job has ended, or cancel it, and try again.",
    });
  }
  const beginsAfter = entry.kind === "containerMappings" ? takes(call.state, "beginContainerMapping") : 0;
  const effect: ReplicationChange = {
    kind: "change-replication",
    change: change.what,
    path: entry.path,
    ...(beginsAfter === 0 ? {} : { beginsAfter }),
  };
  const operation = start(call, vault, effect, beginsAfter + change.takes, change.refusal);
  const job = jobOf(call, entry, change, operation);
  vault.replication.add(job);
  awaitDue(call.state, { kind: "replication-job", job });
  return acceptedFor(call, vault, entry, operation);
}

function start(call: Call, vault: VaultState, effect: ReplicationChange, time: number, refusal?: Refusal): Operation {
  return startOperation(call.state, {
    vaultId: vault.id,
    effect,
    startsAt: call.now,
    takes: time,
    ...(refusal === undefined ? {} : { error: errorOf(call.state, refusal) }),
  });
}

/** Documented shape of a job; that its name is the operation's id is known from a client that reads it there. */
function jobOf(call: Call, entry: ReplicationEntry, change: Change, operation: Operation): ReplicationEntry {
  return entryFrom("jobs", {
    path: `replicationJobs/${operation.id}`,
    completesAt: azureDate(operation.completesAt),
    about: entry.path,
    properties: {
      activityId: newGuid(call.state),
      scenarioName: change.scenario,
      friendlyName: change.scenario,
      state: "InProgress",
      stateDescription: "InProgress",
      tasks: [],
      errors: [],
      startTime: azureDate(call.now),
      endTime: null,
      allowedActions: [],
      targetObjectId: newGuid(call.state),
      targetObjectName: label(entry),
      targetInstanceType: "ProtectionEntity",
      customDetails: { instanceType: "AsrJobDetails", affectedObjectDetails: {} },
    },
  });
}

/** Recorded: the status below the vault, the result below the object; 30 s from the SDKs' recordings. */
export function acceptedFor(call: Call, vault: VaultState, entry: ReplicationEntry, operation: Operation): Answer {
  const url = (path: string): string =>
    `${origin}${encodeURI(replicationId(vault, path))}?api-version=${call.apiVersion}&${urlSignature(call.state)}`;
  return {
    status: 202,
    headers: {
      "Azure-AsyncOperation": url(`replicationOperationStatus/${operation.id}`),
      Location: url(`${entry.path}/operationresults/${operation.id}`),
      "Retry-After": "30",
    },
  };
}

export const replicationChangeRoutes: readonly Route[] = [
  ...replicationKinds.flatMap((kind) =>
    kinds[kind].verbs.map((verb) =>
      verb === "remove"
        ? vaultRoute("POST", `${kinds[kind].path}/remove`, removing(kind, verb))
        : vaultRoute("DELETE", kinds[kind].path, removing(kind, verb)),
    ),
  ),
  vaultRoute("POST", `${kinds.protectedItems.path}/testFailoverCleanup`, cleanTestFailover),
  vaultRoute("POST", `${kinds.jobs.path}/cancel`, cancelJob),
];
