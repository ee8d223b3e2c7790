// Protection containers: the lists, one container, and unregistering. It must not delete the items in them.
import type { Answer } from "./answers.ts";
import { accepted, found, noContent, origin } from "./answers.ts";
import { isGroup, nodeOfActiveGroup } from "./availability-groups.ts";
import { invalidInput, notFoundInVault, serviceError } from "./arm-errors.ts";
import type { Call, Route } from "./call.ts";
import { parameter } from "./call.ts";
import type { Tests } from "./filter.ts";
import { filtered, parseFilter } from "./filter.ts";
import { conflictingChange } from "./item-changes.ts";
import { markContainer, removeContainer } from "./item-effects.ts";
import type { Json } from "./json.ts";
import { text } from "./json.ts";
import { listedContainers } from "./list-lag.ts";
import { lockedSource } from "./locks.ts";
import type { TimedOperation } from "./latencies.ts";
import { containerWithoutType, sameName } from "./names.ts";
import { takes } from "./operation-times.ts";
import { signature, signedUrl, startOperation, statusApiVersion } from "./operations.ts";
import { page, pageSize } from "./paging.ts";
import { itemsStillSeen } from "./propagation.ts";
import type { ContainerState, State, VaultState } from "./state.ts";
import { containerIn, itemsIn } from "./state.ts";
import { vaultRoute, vaultType } from "./vault-scope.ts";

export const containerPath = "backupFabrics/{fabric}/protectionContainers/{container}";

const tests: Tests<ContainerState> = {
  backupmanagementtype: ({ properties }, value) => sameName(text(properties, "backupManagementType"), value),
  containertype: ({ properties }, value) => sameName(text(properties, "containerType"), value),
  friendlyname: ({ properties }, value) => sameName(text(properties, "friendlyName"), value),
  name: ({ name }, value) => containerWithoutType(name) === containerWithoutType(value),
  status: ({ properties }, value) => hasStatus(text(properties, "registrationStatus"), value),
  fabricname: (_, value) => sameName(value, "Azure"),
};

/** Recorded: `status eq 'Registered'` also returns containers that read SoftDeleted. */
function hasStatus(status: string, wanted: string): boolean {
  return sameName(status, wanted) || (sameName(wanted, "Registered") && status === "SoftDeleted");
}

export function containerId(vault: VaultState, name: string): string {
  return `${vault.id}/backupFabrics/Azure/protectionContainers/${name}`;
}

export function containerBody(vault: VaultState, { name, properties }: ContainerState): Json {
  const items = itemsIn(vault, name);
  // recorded: azcli2024__test_afs_backup_container, the count falls with each deleted share
  const count = "protectedItemCount" in properties ? { protectedItemCount: items.length } : {};
  return {
    id: containerId(vault, name),
    name,
    type: `${vaultType}/backupFabrics/protectionContainers`,
    properties: { ...properties, ...count },
  };
}

function listContainers(call: Call, vault: VaultState): Answer {
  const filter = parseFilter(call.query.get("$filter") ?? "");
  if (filter !== undefined && !filter.has("backupmanagementtype")) {
    return invalidInput("The filter must contain backupManagementType.");
  }
  // field report (rules 1.1): an availability group's container is known from its items alone
  const shown = listedContainers(call, vault).filter((container) => !isGroup(container));
  return listed(call, vault, shown);
}

function listDeletedContainers(call: Call, vault: VaultState): Answer {
  const deleted = vault.protectionContainers
    .all()
    .filter(({ properties }) => text(properties, "registrationStatus") === "SoftDeleted");
  return listed(call, vault, deleted);
}

function listed(call: Call, vault: VaultState, containers: readonly ContainerState[]): Answer {
  const result = filtered(call, containers, tests);
  if ("refused" in result) return result.refused;
  return page(call, result.entries, pageSize(call), (container) => containerBody(vault, container));
}

function getContainer(call: Call, vault: VaultState): Answer {
  const container = containerIn(vault, parameter(call, "container"));
  if (container === undefined) return notFoundInVault(parameter(call, "container"));
  return found(containerBody(vault, container));
}

function unregister(call: Call, vault: VaultState): Answer {
  const container = containerIn(vault, parameter(call, "container"));
  if (container === undefined) return noContent;
  const refusal =
    hasDatasources(call, vault, container) ??
    nodeOfActiveGroup(vault, container) ??
    conflictingChange(call.state, vault, container.name) ??
    lockedSource(call.state, container.properties);
  if (refusal !== undefined) return refusal;
  const operation = startOperation(call.state, {
    vaultId: vault.id,
    effect: { kind: "unregister-container", container: container.name },
    startsAt: call.now,
    takes: takes(call.state, unregisterLatency(text(container.properties, "backupManagementType"))),
  });
  const result = `${vault.id}/backupOperationResults/${operation.id}`;
  if (hasNoStatusUrl(call, container.name)) return accepted({ result: signedUrl(call, result) });
  // recorded, malformed Location included: azcli2024__test_afs_backup_container
  const status = signedUrl(call, `${vault.id}/backupFabrics/Azure/operationsStatus/${operation.id}`, statusApiVersion);
  const query = `fabricName=Azure%3fapi-version%3d${call.apiVersion}${signature(call, result)}`;
  return accepted({ status, result: `${origin}${result}?${query}` });
}

/** Recorded for workload containers with api-versions until 2019 (azcli2020__test_backup_wl_hana_container): Location alone. */
export function hasNoStatusUrl(call: Call, container: string): boolean {
  return call.apiVersion < "2020" && /^VMAppContainer;/iu.test(container);
}

function unregisterLatency(kind: string): TimedOperation {
  if (kind === "AzureStorage") return "unregisterStorage";
  return kind === "AzureWorkload" ? "unregisterWorkload" : "unregisterOther";
}

/** Documented (rules 1.1): only when every item is deleted or soft-deleted. The message is unverified. */
function hasDatasources(call: Call, vault: VaultState, container: ContainerState): Answer | undefined {
  const active = itemsIn(vault, container.name).filter((item) => item.purgeAt === undefined);
  const isWorkload = text(container.properties, "backupManagementType") === "AzureWorkload";
  const names =
    active.length === 0 && isWorkload
      ? itemsStillSeen(call.state, vault, container.name, call.now)
      : active.map(({ name, properties }) => text(properties, "friendlyName") || name);
  if (names.length === 0) return undefined;
  const message = `The container cannot be unregistered as there are datasources associated with it: ${names.join(",")}. Please stop protection and delete their backup data, then retry.`;
  return serviceError(400, "BMSUserErrorContainerHasDatasources", message);
}

export function unregisterContainer(state: State, vault: VaultState, name: string, at: number): void {
  const container = containerIn(vault, name);
  // field report (rules 1.1): unregistering an Azure VM container does nothing; it goes with its last item
  if (container === undefined || text(container.properties, "backupManagementType") === "AzureIaasVM") return;
  if (itemsIn(vault, name).length > 0) markContainer(state, vault, name, at);
  else removeContainer(state, vault, container, at);
}

export const containerRoutes: readonly Route[] = [
  vaultRoute("GET", "backupProtectionContainers", listContainers),
  vaultRoute("GET", "backupDeletedProtectionContainers", listDeletedContainers),
  vaultRoute("GET", containerPath, getContainer),
  vaultRoute("DELETE", containerPath, unregister),
];
