// Long-running operations: starting them, finding them again, their urls and status bodies.
// It must not carry out their effects.
import type { Answer } from "./answers.ts";
import { accepted, noContent, origin } from "./answers.ts";
import { serviceError } from "./arm-errors.ts";
import type { Call } from "./call.ts";
import type { Effect } from "./effects.ts";
import { newGuid, urlSignature } from "./guids.ts";
import type { Properties } from "./json.ts";
import { text } from "./json.ts";
import { sameName } from "./names.ts";
import type { Operation, State } from "./state.ts";
import { remember } from "./state.ts";
import { azureDate } from "./world-times.ts";

/** Recorded: the api-version the service itself puts into the status urls of containers and jobs. */
export const statusApiVersion = "2019-05-13-preview";

type Start = {
  readonly id?: string;
  readonly vaultId: string;
  readonly effect: Effect;
  readonly startsAt: number;
  readonly takes: number;
  readonly jobId?: string;
  readonly error?: Properties;
};

export function startOperation(state: State, start: Start): Operation {
  const { id, vaultId, effect, startsAt, takes, ...rest } = start;
  const name = id ?? newGuid(state);
  const operation: Operation = {
    id: name,
    key: name.toLowerCase(),
    vaultId,
    effect,
    startedAt: startsAt,
    completesAt: startsAt + takes,
    settled: false,
    ...rest,
  };
  remember(state, operation);
  return operation;
}

/** Recorded: base64 of `1023;<guid>` for DELETE, `4095;<guid>` for PATCH. */
export function vaultOperationId(state: State, verb: "1023" | "4095"): string {
  return Buffer.from(`${verb};${newGuid(state)}`).toString("base64");
}

export function findOperation(call: Call, vaultId: string, id: string): Operation | undefined {
  const operation = call.state.operations.find(id.toLowerCase());
  if (operation === undefined || operation.effect.kind === "reprotect-item") return undefined;
  return sameName(operation.vaultId, vaultId) ? operation : undefined;
}

export function signedUrl(call: Call, path: string, apiVersion: string = call.apiVersion): string {
  return `${origin}${path}?api-version=${apiVersion}${signature(call, path)}`;
}

const dataProtection = /\/providers\/Microsoft\.DataProtection\//iu;
const vaultOperation = /\/vaults\/[^/]+\/operation(?:Status|Results)\//iu;

/**
 * Recorded: urls of vault operations are signed with api-versions since 2023, those of Backup and Data
 * Protection since 2024. Azure may go by
 * the date instead, which recordings of old api-versions cannot tell apart.
 */
export function signature(call: Call, path: string): string {
  const isBackup = /\/providers\/Microsoft\.RecoveryServices\/vaults\//iu.test(path) && !vaultOperation.test(path);
  const since = isBackup || dataProtection.test(path) ? "2024" : "2023";
  return call.apiVersion >= since || isOfPrivateEndpoints(path) ? `&${urlSignature(call.state)}` : "";
}

/**
 * Unverified: operations of private endpoints and of a vault's connections to them are signed with every api-version; none
 * is recorded. A vault may be called like either.
 */
function isOfPrivateEndpoints(path: string): boolean {
  return /\/providers\/Microsoft\.Network\/|\/vaults\/[^/]+\/privateEndpointConnections\//iu.test(path);
}

/** Both urls, recorded for item deletes: vault-level backupOperations and backupOperationResults. */
export function acceptedAt(call: Call, statusPath: string, resultPath: string): Answer {
  return accepted({ status: signedUrl(call, statusPath), result: signedUrl(call, resultPath) });
}

/** Recorded: endTime equals startTime once done, and is year 1 before (azcli2024__test_backup_softdelete). */
export function statusBody(operation: Operation): Properties {
  const startTime = azureDate(operation.startedAt);
  const body = { id: operation.id, name: operation.id };
  if (!operation.settled) return { ...body, status: "InProgress", startTime, endTime: "0001-01-01T00:00:00" };
  if (operation.error !== undefined) {
    return { ...body, status: "Failed", startTime, endTime: startTime, error: operation.error };
  }
  const done = { ...body, status: "Succeeded", startTime, endTime: startTime };
  if (operation.jobId === undefined) return done;
  return { ...done, properties: { objectType: "OperationStatusJobExtendedInfo", jobId: operation.jobId } };
}

/** Where a status is shown alone; the error of a failed operation beside it is documented for every provider. */
export function shortStatus(operation: Operation): Properties {
  const { status = "", error } = statusBody(operation);
  return error === undefined ? { status } : { status, error };
}

/** The Location url of an operation whose result is nothing: 202 with `{}` while it runs, then 204 (recorded). */
export function emptyResult(operation: Operation, urls: { readonly status?: string; readonly result: string }): Answer {
  return operation.settled ? endedResult(operation) : accepted(urls, {});
}

/** For an operation that has settled: 204, or the refusal it ended with. */
export function endedResult(operation: Operation): Answer {
  if (operation.error === undefined) return noContent;
  return serviceError(400, text(operation.error, "code"), text(operation.error, "message"));
}
