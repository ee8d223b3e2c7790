// Carries out Site Recovery's changes when their operations complete, and ends jobs. It must not answer requests.
import { setDue } from "../due-times.ts";
import type { Properties } from "../json.ts";
import { isObject, list, text } from "../json.ts";
import { keepShowing } from "../list-lag.ts";
import { sameName } from "../names.ts";
import type { State, VaultState } from "../state.ts";
import { azureDate } from "../world-times.ts";
import type { ReplicationEntry } from "./entries.ts";
import { allBelow, findEntry, isRunning } from "./entries.ts";

/** As data, so that a saved world keeps it. */
export type ReplicationChange = {
  readonly kind: "change-replication";
  readonly change: "remove" | "clean-test-failover" | "cancel-job";
  readonly path: string;
  /** Milliseconds for which the operation is not even started. */
  readonly beginsAfter?: number;
};

export function applyReplicationChange(
  state: State,
  vault: VaultState,
  { change, path }: ReplicationChange,
  at: number,
): void {
  const entry = findEntry(vault, path);
  if (entry === undefined) return undefined;
  switch (change) {
    case "remove":
      return removed(state, vault, entry, at);
    case "clean-test-failover":
      keepShowing(state, vault, "replication", entry, at);
      return cleaned(entry);
    case "cancel-job":
      return isRunning(entry) ? cancelled(state, entry, at) : undefined;
    default:
      return change satisfies never;
  }
}

/** With everything below it. */
function removed(state: State, vault: VaultState, entry: ReplicationEntry, at: number): void {
  for (const gone of [entry, ...allBelow(vault, entry)]) {
    keepShowing(state, vault, "replication", gone, at);
    vault.replication.remove(gone);
  }
}

/** Recorded for a healthy machine: these operations (azext2024__test_siterecovery_A2A_selfcreated_scenarios). */
function cleaned(item: ReplicationEntry): void {
  const active = sameName(text(item.properties, "activeLocation"), "Primary");
  item.properties = {
    ...item.properties,
    testFailoverState: "None",
    testFailoverStateDescription: "None",
    ...(active ? { allowedOperations: ["UnplannedFailover", "DisableProtection", "TestFailover"] } : {}),
  };
}

/** A job's end by itself; one that shows an operation ends as the operation does. */
export function endReplicationJob(state: State, job: ReplicationEntry, at: number): void {
  const error = state.operations.find(job.name.toLowerCase())?.error;
  if (error !== undefined) job.properties = { ...job.properties, errors: [jobError(error, at)] };
  endJob(job, error === undefined ? "Succeeded" : "Failed", at);
}

/**
 * Documented: the members, by the SDK's JobErrorDetails.
 * Unverified: the level, and that no task and no provider's details are named.
 */
function jobError(error: Properties, at: number): Properties {
  const [first] = list(error, "details").filter(isObject);
  const { code = "", message = "", possibleCauses = "", recommendedAction = "", activityId = "" } = first ?? error;
  return {
    serviceErrorDetails: { code, message, possibleCauses, recommendedAction, activityId },
    providerErrorDetails: null,
    errorLevel: "Error",
    creationTime: azureDate(at),
    taskId: "",
  };
}

function cancelled(state: State, job: ReplicationEntry, at: number): void {
  endJob(job, "Cancelled", at);
  setDue(state, { kind: "replication-job", job }, undefined);
}

function endJob(job: ReplicationEntry, state: string, at: number): void {
  const end = { state, stateDescription: state, endTime: azureDate(at), allowedActions: [] };
  job.properties = { ...job.properties, ...end };
}
