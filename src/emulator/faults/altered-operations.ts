// Alters the operations a request starts: they never end, or they fail. It must not know which handler started them.
import type { Answer } from "../answers.ts";
import { setDue } from "../due-times.ts";
import type { Properties } from "../json.ts";
import { operationError } from "../provider-errors.ts";
import type { ReplicationEntry } from "../site-recovery/entries.ts";
import { ofKind } from "../site-recovery/entries.ts";
import type { JobState, Operation, State } from "../state.ts";
import { remember } from "../state.ts";
import type { OperationFault } from "./fault.ts";
import type { Asked } from "./matching.ts";

/** Later than any clock: the last second of a .NET DateTime. */
const never = Date.parse("9999-12-31T23:59:59Z");

type JobBefore = { readonly properties: Properties; readonly completesAt: number | undefined };
type Before = {
  readonly operations: ReadonlySet<Operation>;
  readonly backupJobs: ReadonlyMap<JobState, JobBefore>;
  readonly replicationJobs: ReadonlySet<ReplicationEntry>;
};

/** A request that starts no operation is carried out as ever. The state is settled: what fell due is not its doing. */
export function withAlteredOperations(
  state: State,
  asked: Asked,
  fault: OperationFault,
  carryOut: () => Answer,
): Answer {
  const before = standing(state);
  const answer = carryOut();
  const started = state.operations.all().filter((operation) => !before.operations.has(operation));
  for (const operation of started) replace(state, operation, altered(state, asked, fault, operation));
  if (started.length > 0) alterJobs(state, fault, before);
  return answer;
}

function standing(state: State): Before {
  return {
    operations: new Set(state.operations.all()),
    backupJobs: new Map(
      state.vaults.flatMap((vault) =>
        vault.backupJobs
          .all()
          .map((job) => [job, { properties: job.properties, completesAt: job.completesAt }] as const),
      ),
    ),
    replicationJobs: new Set(state.vaults.flatMap((vault) => ofKind(vault, "jobs"))),
  };
}

function altered(state: State, asked: Asked, fault: OperationFault, operation: Operation): Operation {
  if (fault.kind === "never-ends") return { ...operation, completesAt: never };
  return { ...operation, error: operationError(state, asked.segments, fault.code, fault.message) };
}

/** Under the same key, so the operation gives way. */
function replace(state: State, operation: Operation, by: Operation): void {
  state.operations.remove(operation);
  remember(state, by);
}

/** Jobs that the request started or stopped; those of failed operations fail when these do. */
function alterJobs(state: State, fault: OperationFault, before: Before): void {
  for (const vault of state.vaults) {
    for (const job of vault.backupJobs.all()) {
      const was = before.backupJobs.get(job);
      if (was?.properties === job.properties) continue;
      if (fault.kind === "never-ends") setDue(state, { kind: "backup-job", job }, never);
      else if (was !== undefined) {
        job.properties = was.properties;
        setDue(state, { kind: "backup-job", job }, was.completesAt);
      }
    }
    if (fault.kind === "fails") continue;
    for (const job of ofKind(vault, "jobs")) {
      if (!before.replicationJobs.has(job)) setDue(state, { kind: "replication-job", job }, never);
    }
  }
}
