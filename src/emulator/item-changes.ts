// Deleting and undeleting protected items: what is accepted, what is refused, and how long it takes.
// It must not carry the change out; that happens when the operation completes.
import type { Answer } from "./answers.ts";
import { noContent } from "./answers.ts";
import { invalidInput, notFoundInVault, notImplemented, serviceError } from "./arm-errors.ts";
import type { Call, Route } from "./call.ts";
import { parameter } from "./call.ts";
import type { Effect } from "./effects.ts";
import { containerWork, itemUnderWork } from "./effects.ts";
import { newGuid } from "./guids.ts";
import { startJob } from "./jobs.ts";
import type { Properties } from "./json.ts";
import { object, text } from "./json.ts";
import type { TimedOperation } from "./latencies.ts";
import { takes } from "./operation-times.ts";
import { acceptedAt, startOperation } from "./operations.ts";
import { findItem, itemId, itemPath } from "./protected-items.ts";
import { allExpired } from "./recovery-points.ts";
import { refusedDeletion, refusedWrite } from "./resource-guards.ts";
import { isImmutable, keepsDeletedItems } from "./soft-delete.ts";
import type { ItemState, Operation, State, VaultState } from "./state.ts";
import { vaultRoute } from "./vault-scope.ts";

type Change = { readonly effect: Effect; readonly latency: TimedOperation; readonly error?: Properties };

/** Recorded: always 202; a missing item or a wrong container name is 204 (field report: azure-sdk-for-python 3159). */
function deleteItem(call: Call, vault: VaultState): Answer {
  const item = findItem(call, vault);
  if (item === undefined) return noContent;
  const refusal =
    refusedForServer(item) ??
    refusedDeletion(call, vault, "/backupFabrics/protectionContainers/protectedItems/delete") ??
    conflictingChange(call.state, vault, item.container);
  if (refusal !== undefined) return refusal;
  const operation = startChange(call, vault, item, deletion(call, vault, item), "DeleteBackupData");
  const { id } = operation;
  return acceptedAt(call, `${vault.id}/backupOperations/${id}`, `${vault.id}/backupOperationResults/${id}`);
}

/** Issue thread azure-powershell 10521: items of MARS, DPM and MABS go with their server alone. Code and text are unverified. */
function refusedForServer({ name, properties }: ItemState): Answer | undefined {
  const isOfServer = ["MAB", "DPM", "AzureBackupServer"].includes(text(properties, "backupManagementType"));
  if (!isOfServer) return undefined;
  return invalidInput(`The item '${name}' is protected by a server outside Azure and can be deleted there alone.`);
}

function deletion(call: Call, vault: VaultState, item: ItemState): Change {
  const target = { container: item.container, item: item.name };
  const kind = text(item.properties, "backupManagementType");
  const isVm = kind === "AzureIaasVM";
  if (item.purgeAt !== undefined) {
    return { effect: { kind: "keep-item", ...target }, latency: isVm ? "softDeleteVm" : "deleteWorkload" };
  }
  if (kind === "AzureStorage") {
    // documented (rules 3.4, 3.5): snapshot-tier file shares are covered by neither soft delete nor immutability
    return { effect: { kind: "remove-item", ...target }, latency: "deleteFileShare" };
  }
  if (isImmutable(vault) && !allExpired(item, call.now)) {
    return { effect: { kind: "keep-item", ...target }, latency: "refuseOnImmutable", error: immutableError };
  }
  if (keepsDeletedItems(vault, call.apiVersion)) {
    return { effect: { kind: "soft-delete-item", ...target }, latency: isVm ? "softDeleteVm" : "deleteWorkload" };
  }
  return { effect: { kind: "remove-item", ...target }, latency: isVm ? "removeVm" : "deleteWorkload" };
}

/** Field report (rules 1.14): arrives inside HTTP 200 after a 202. The message is not recorded. */
const immutableError: Properties = {
  code: "UserErrorDeleteBackupItemOnImmutableItem",
  message: "Backup data of this item cannot be deleted because the vault is immutable.",
};

/** Recorded: azcli2024__test_backup_softdelete, PUT with isRehydrate; urls are those of the item. */
function putItem(call: Call, vault: VaultState): Answer {
  const wanted = object(call.body ?? {}, "properties");
  if (wanted["isRehydrate"] !== true) return notImplemented("PUT without isRehydrate", call.path);
  const item = findItem(call, vault);
  if (item === undefined) return notFoundInVault(parameter(call, "item"));
  if (item.purgeAt === undefined) return invalidInput(`The item '${item.name}' is not in the soft-deleted state.`);
  const refusal =
    refusedWrite(call, vault, "/backupFabrics/protectionContainers/protectedItems/write", wanted) ??
    conflictingChange(call.state, vault, item.container);
  if (refusal !== undefined) return refusal;
  const isVm = text(item.properties, "backupManagementType") === "AzureIaasVM";
  const change: Change = {
    effect: { kind: "undelete-item", container: item.container, item: item.name },
    latency: isVm ? "undeleteVm" : "undeleteOther",
  };
  const { id } = startChange(call, vault, item, change, "Undelete");
  const target = itemId(vault, item);
  return acceptedAt(call, `${target}/operationsStatus/${id}`, `${target}/operationResults/${id}`);
}

function startChange(call: Call, vault: VaultState, item: ItemState, change: Change, operation: string): Operation {
  const time = takes(call.state, change.latency);
  const jobId = change.error === undefined ? newGuid(call.state) : undefined;
  if (jobId !== undefined) startJob(call, vault, item, { name: jobId, operation, completesAt: call.now + time });
  return startOperation(call.state, {
    vaultId: vault.id,
    effect: change.effect,
    startsAt: call.now,
    takes: time,
    ...(jobId === undefined ? {} : { jobId }),
    ...(change.error === undefined ? {} : { error: change.error }),
  });
}

/** Field report (rules 1.4, 1.9): one protection change at a time per container. Status and message are unverified. */
export function conflictingChange(state: State, vault: VaultState, container: string): Answer | undefined {
  for (const { effect, settled } of state.operations.of(containerWork(vault.id, container))) {
    const busy = settled ? undefined : itemUnderWork(effect);
    if (busy === undefined) continue;
    const message = `Another configure-protection operation is in progress for '${busy.item}'. Please retry after some time.`;
    return serviceError(409, "BMSUserErrorConflictingProtectionOperation", message);
  }
  return undefined;
}

export const itemChangeRoutes: readonly Route[] = [
  vaultRoute("DELETE", itemPath, deleteItem),
  vaultRoute("PUT", itemPath, putItem),
];
