// The urls at which running operations are polled, in every place where Azure offers them.
// It must not start or complete an operation.
import type { Answer } from "./answers.ts";
import { accepted, found, noContent } from "./answers.ts";
import { notFoundInVault } from "./arm-errors.ts";
import type { Call, Route } from "./call.ts";
import { parameter } from "./call.ts";
import { containerBody, containerId, containerPath, hasNoStatusUrl } from "./containers.ts";
import { text } from "./json.ts";
import {
  emptyResult,
  endedResult,
  findOperation,
  shortStatus,
  signedUrl,
  statusApiVersion,
  statusBody,
} from "./operations.ts";
import { findItem, itemBody, itemPath } from "./protected-items.ts";
import type { ItemState, Operation, VaultState } from "./state.ts";
import { containerIn } from "./state.ts";
import { vaultIdOf, vaultRoute } from "./vault-scope.ts";
import { vaultBody } from "./vaults.ts";

type Poll = (call: Call, vault: VaultState, operation: Operation) => Answer;

/** `afterwards` answers for the operation that ended the vault itself, until Azure Resource Manager has forgotten both. */
function pollRoute(path: string, poll: Poll, afterwards?: (operation: Operation, call: Call) => Answer): Route {
  const answer = (call: Call, vault: VaultState): Answer => {
    const operation = findOperation(call, vault.id, parameter(call, "id"));
    return operation === undefined ? notFoundInVault(parameter(call, "id")) : poll(call, vault, operation);
  };
  return vaultRoute("GET", `${path}/{id}`, answer, (call) => {
    const operation = findOperation(call, vaultIdOf(call), parameter(call, "id"));
    return operation !== undefined && isRemembered(operation, call.now) ? afterwards?.(operation, call) : undefined;
  });
}

/** Recorded: 37 of 66 deletes were seen to succeed at an url below the vault that was gone. */
function isRemembered({ effect, completesAt }: Operation, now: number): boolean {
  return effect.kind === "delete-vault" && now < completesAt + (effect.forgottenAfter ?? 0);
}

const status: Poll = (_, __, operation) => found(statusBody(operation));

/**
 * Recorded: id, name and status only, with api-versions of 2020 to 2022 percentComplete too; both urls again while it
 * runs (azcli2025p__test_vault_soft_delete_with_items_cleanup, hist__test_backup_encryption__d7aa3b86).
 */
const vaultStatus: Poll = (call, vault, operation) => {
  const answer = vaultStatusBody(operation, call);
  return operation.settled ? answer : { ...answer, headers: vaultUrls(call, vault, operation.id) };
};

function vaultStatusBody(operation: Operation, { apiVersion }: Call): Answer {
  const { id, vaultId, settled } = operation;
  const told = apiVersion >= "2020" && apiVersion < "2023" ? { percentComplete: settled ? 100 : 0 } : {};
  return found({ id: `${vaultId}/operationStatus/${id}`, name: id, ...shortStatus(operation), ...told });
}

function vaultUrls(call: Call, vault: VaultState, id: string): Readonly<Record<string, string>> {
  return {
    ...accepted({
      status: signedUrl(call, `${vault.id}/operationStatus/${id}`),
      result: signedUrl(call, `${vault.id}/operationResults/${id}`),
    }).headers,
  };
}

const vaultResult: Poll = (call, vault, operation) => {
  if (!operation.settled) return { status: 202, headers: vaultUrls(call, vault, operation.id) };
  const isUpdate = operation.effect.kind === "update-vault" && operation.error === undefined;
  return isUpdate ? found(vaultBody(vault, call.apiVersion)) : endedResult(operation);
};

/** Recorded: the vault-level result url of a container carries `fabricName=Azure?api-version=…` as one value. */
const backupResult: Poll = (call, vault, operation) =>
  emptyResult(operation, {
    status: signedUrl(call, `${vault.id}/backupOperations/${operation.id}`),
    result: signedUrl(call, `${vault.id}/backupOperationResults/${operation.id}`),
  });

/** Recorded: azcli2024__test_afs_backup_container, 202 with `{}` and new urls, then 204; the container once registered. */
const containerResult: Poll = (call, vault, operation) => {
  const container = parameter(call, "container");
  const registered = containerIn(vault, container);
  const isDone = operation.settled && operation.error === undefined;
  if (isDone && operation.effect.kind === "register-container" && registered !== undefined)
    return found(containerBody(vault, registered));
  const path = containerId(vault, container);
  const result = signedUrl(call, `${path}/operationResults/${operation.id}`);
  const status = signedUrl(call, `${path}/operationsStatus/${operation.id}`, statusApiVersion);
  return emptyResult(operation, hasNoStatusUrl(call, container) ? { result } : { status, result });
};

const resultHere: Poll = (call, _, operation) =>
  emptyResult(operation, {
    status: signedUrl(call, call.path.replace(/operationResults/iu, "operationsStatus"), statusApiVersion),
    result: signedUrl(call, call.path),
  });

const itemResult: Poll = (call, vault, operation) => {
  const item = findItem(call, vault);
  const isDone = operation.settled && operation.error === undefined;
  if (isDone && operation.effect.kind === "undelete-item" && item !== undefined) {
    return found(itemBody(vault, withExtendedInfo(call, item), call.now));
  }
  return resultHere(call, vault, operation);
};

/** Recorded for virtual machines, in this answer and this api-version alone (net2016 ProtectedItemTest). */
function withExtendedInfo(call: Call, item: ItemState): ItemState {
  if (call.apiVersion >= "2016-12" || text(item.properties, "backupManagementType") !== "AzureIaasVM") return item;
  const extendedInfo = { recoveryPointCount: item.recoveryPoints.length, policyInconsistent: false };
  return { ...item, properties: { ...item.properties, extendedInfo } };
}

const connectionStatus: Poll = (_, __, operation) => found(shortStatus(operation));

export const operationRoutes: readonly Route[] = [
  pollRoute("operationStatus", vaultStatus, vaultStatusBody),
  pollRoute("operationResults", vaultResult, () => noContent),
  pollRoute("backupOperations", status),
  pollRoute("backupOperationResults", backupResult),
  pollRoute("backupFabrics/{fabric}/operationsStatus", status),
  pollRoute(`${containerPath}/operationsStatus`, status),
  pollRoute(`${containerPath}/operationResults`, containerResult),
  pollRoute(`${itemPath}/operationsStatus`, status),
  pollRoute(`${itemPath}/operationResults`, itemResult),
  pollRoute("backupJobs/{job}/operationsStatus", status),
  pollRoute("backupJobs/{job}/operationResults", resultHere),
  pollRoute("privateEndpointConnections/{connection}/operationsStatus", connectionStatus),
  pollRoute("privateEndpointConnections/{connection}/operationResults", resultHere),
];
