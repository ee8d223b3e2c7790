// Deleting a vault: what stands in the way, with Azure's own codes and texts, and the deleted vault that stays behind.
// It must not delete anything inside a vault.
import type { Answer } from "./answers.ts";
import { noContent } from "./answers.ts";
import { isGroup } from "./availability-groups.ts";
import { serviceError } from "./arm-errors.ts";
import type { Call, Route } from "./call.ts";
import { apiVersionAfter } from "./call.ts";
import type { Effect } from "./effects.ts";
import { vaultWork } from "./effects.ts";
import { newGuid } from "./guids.ts";
import { isObject, list, text } from "./json.ts";
import { lastSegment } from "./names.ts";
import { takes } from "./operation-times.ts";
import { acceptedAt, startOperation, vaultOperationId } from "./operations.ts";
import { savedVault } from "./saved-world.ts";
import { standingReplication } from "./site-recovery/usages.ts";
import { isEnforced } from "./soft-delete.ts";
import type { ContainerState, Operation, State, VaultState } from "./state.ts";
import { vaultRoute } from "./vault-scope.ts";
import { azureDate } from "./world-times.ts";

/** Recorded: 200 at once up to this api-version, 202 and an operation after it. */
const lastSynchronousVersion = "2023-04-01";
const moreAt = "For more details, see https://aka.ms/AB-AA4ecq5";
const retryText = `Please ensure all containers have been unregistered from the vault and all private endpoints associated with the vault have been deleted, and retry operation. ${moreAt}`;

function deleteVault(call: Call, vault: VaultState): Answer {
  const refusal =
    whatStandsInside(vault) ?? replication(vault) ?? privateEndpoints(vault) ?? softDeletedItems(call, vault);
  if (refusal !== undefined) return refusal;
  if (!apiVersionAfter(call, lastSynchronousVersion)) {
    removeVault(call.state, vault, call.now, !isEnforced(vault, call.apiVersion));
    return { status: 200 };
  }
  const operation =
    runningDelete(call.state, vault) ??
    startOperation(call.state, {
      id: vaultOperationId(call.state, "1023"),
      vaultId: vault.id,
      effect: deletionOf(call, vault),
      startsAt: call.now,
      takes: takes(call.state, "deleteVault"),
    });
  return acceptedAt(
    call,
    `${vault.id}/operationStatus/${operation.id}`,
    `${vault.id}/operationResults/${operation.id}`,
  );
}

function deletionOf(call: Call, vault: VaultState): Effect {
  const forgottenAfter = takes(call.state, "forgetVault");
  return {
    kind: "delete-vault",
    ...(isEnforced(vault, call.apiVersion) ? {} : { forGood: true }),
    ...(forgottenAfter === 0 ? {} : { forgottenAfter }),
  };
}

function runningDelete(state: State, vault: VaultState): Operation | undefined {
  return state.operations.of(vaultWork(vault.id, "delete-vault")).find(({ settled }) => !settled);
}

/** Field report (rules 1.14): the text after ` : ` names the containers. */
function whatStandsInside(vault: VaultState): Answer | undefined {
  const withActiveItems = new Set(
    vault.protectedItems
      .all()
      .filter((item) => item.purgeAt === undefined)
      .map((item) => item.container.toLowerCase()),
  );
  const containers = vault.protectionContainers
    .all()
    .filter((container) => withActiveItems.has(container.key) || mustBeUnregistered(container));
  const names = [...containers, ...vault.backupEngines].map(
    ({ name, properties }) => text(properties, "friendlyName") || name,
  );
  if (names.length === 0) return undefined;
  const message = `Vault cannot be deleted as there are existing resources within the vault. : ${unique(names)}\nUnregister all containers from the vault and then retry to delete vault. For instructions, see https://aka.ms/AB-AA4ecq5`;
  return serviceError(400, "ServiceResourceNotEmptyWithContainerDetails", message);
}

function mustBeUnregistered(container: ContainerState): boolean {
  const { properties } = container;
  return (
    text(properties, "backupManagementType") !== "AzureIaasVM" &&
    text(properties, "registrationStatus") !== "SoftDeleted" &&
    !isGroup(container)
  );
}

/** Unverified: the code and the text are those for private endpoints. */
function replication(vault: VaultState): Answer | undefined {
  const names = standingReplication(vault);
  if (names.length === 0) return undefined;
  const message = `Vault cannot be deleted as there are existing resources within the vault. : ${unique(names)}\n${retryText}`;
  return serviceError(400, "ServiceResourceNotEmptyWithBackendMessage", message);
}

function privateEndpoints(vault: VaultState): Answer | undefined {
  const names = list(vault.properties, "privateEndpointConnections")
    .filter(isObject)
    .map((connection) => text(connection, "name") || lastSegment(text(connection, "id")));
  if (names.length === 0) return undefined;
  const message = `Vault cannot be deleted as there are existing resources within the vault. : ${unique(names)}\n${retryText}`;
  return serviceError(400, "ServiceResourceNotEmptyWithBackendMessage", message);
}

/** Not where secure by default holds: recorded wordings of 2022 (api 2022-04-01) and of 2020 (hist__test_backup_item__cca71157). */
function softDeletedItems(call: Call, vault: VaultState): Answer | undefined {
  if (isEnforced(vault, call.apiVersion)) return undefined;
  const names = vault.protectedItems.all().map(({ name, properties }) => text(properties, "friendlyName") || name);
  if (names.length === 0) return undefined;
  const message = apiVersionAfter(call, "2021-12-31")
    ? `Recovery Services vault cannot be deleted as there are backup items still present in soft delete state. Visit the following link for the steps to permanently delete soft deleted items: https://aka.ms/undeletesoftdeleteditems.  : ${unique(names)}. ${retryText}`
    : `Recovery Services vault cannot be deleted as there are backup items in soft deleted state in the vault. The soft deleted items are permanently deleted after 14 days of delete operation. Please try vault deletion after the backup items are permanently deleted and there is no item in soft deleted state left in the vault.For more information, refer https://aka.ms/SoftDeleteCloudWorkloads. The registered items are : ${unique(names)}\n${retryText}`;
  return serviceError(400, "ServiceResourceNotEmptyWithBackendMessage", message);
}

function unique(names: readonly string[]): string {
  return [...new Set(names)].join(",");
}

/** The vault is gone; where secure by default holds it becomes a deleted vault (recorded: azcli2026p__test_vault_soft_delete_basic). */
export function removeVault(state: State, vault: VaultState, at: number, forGood: boolean): void {
  state.vaults = state.vaults.filter((other) => other !== vault);
  if (forGood) return;
  // recorded: without recoverable data purgeAt lies a moment before vaultDeletionTime
  const purgeAt = vault.protectedItems.all().reduce((latest, item) => Math.max(latest, item.purgeAt ?? at), at - 400);
  const properties = { vaultId: vault.id, vaultDeletionTime: azureDate(at), purgeAt: azureDate(purgeAt) };
  const name = `${vault.resourceGroup}_${newGuid(state)}`;
  const contents = savedVault(vault);
  state.deletedVaults = [...state.deletedVaults, { name, location: vault.location, properties, contents }];
}

export const vaultDeletionRoutes: readonly Route[] = [vaultRoute("DELETE", "", deleteVault, () => noContent)];
