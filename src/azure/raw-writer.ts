// Writes that no SDK method sends without polling on its own, or at all: endpoints and their connections, locks, Site Recovery,
// containers and vaults that return.

import type { PipelineResponse } from "@azure/core-rest-pipeline";
import { ancestor, armId, nameOf, vaultKindOf, type ArmId } from "../model/arm-id.ts";
import type { WriteRequest } from "../model/write-request.ts";
import type { Clients } from "./clients.ts";
import { errorFromResponse } from "./errors.ts";
import { encoded } from "./operation-address.ts";
import { sendReplication, type ReplicationWrite } from "./replication-writer.ts";
import type { OfWrite, OnResponse } from "./write-answer.ts";

type RawWrite =
  | OfWrite<"delete-private-endpoint-connection" | "delete-private-endpoint" | "remove-lock" | "restore-lock">
  | OfWrite<"register-container" | "undelete-vault">
  | ReplicationWrite;

const rawWrites: { readonly [W in RawWrite["write"]]: true } = {
  "delete-private-endpoint-connection": true,
  "delete-private-endpoint": true,
  "remove-lock": true,
  "restore-lock": true,
  "register-container": true,
  "undelete-vault": true,
  "disable-replication": true,
  "clean-test-failover": true,
  "remove-replication-object": true,
  "purge-replication-object": true,
  "delete-replication-object": true,
  "cancel-replication-job": true,
};

/** Whether the write is one of those that are sent here. */
export function isRaw(request: WriteRequest): request is RawWrite {
  return Object.hasOwn(rawWrites, request.write);
}

/** Throws AzureError for an answer that is a refusal. */
export async function sendRaw(clients: Clients, request: RawWrite, onResponse: OnResponse): Promise<void> {
  const response = await answerTo(clients, request);
  if (response.status >= 400) throw errorFromResponse(response);
  onResponse({ status: response.status, headers: response.headers });
}

function answerTo(clients: Clients, request: RawWrite): Promise<PipelineResponse> {
  const { backup, network, locks } = clients.apiVersions;
  switch (request.write) {
    case "delete-private-endpoint-connection":
      return clients.raw("DELETE", addressOf(clients, request.connection, backup));
    case "delete-private-endpoint":
      return clients.raw("DELETE", addressOf(clients, request.endpoint, network));
    case "remove-lock":
      return clients.raw("DELETE", addressOf(clients, request.lock, locks));
    case "restore-lock":
      return restoreLock(clients, request);
    case "register-container":
      return register(clients, request);
    case "undelete-vault":
      return undeleteVault(clients, request);
    case "disable-replication":
    case "clean-test-failover":
    case "remove-replication-object":
    case "purge-replication-object":
    case "delete-replication-object":
    case "cancel-replication-job":
      return sendReplication(clients, request);
    default:
      return request satisfies never;
  }
}

function addressOf(clients: Clients, id: ArmId, apiVersion: string): string {
  return `${clients.cloud.endpoint}${encoded(id)}?api-version=${apiVersion}`;
}

function restoreLock(
  clients: Clients,
  { lock, level, notes, owners }: OfWrite<"restore-lock">,
): Promise<PipelineResponse> {
  const kept = {
    ...(notes === undefined ? {} : { notes }),
    ...(owners === undefined ? {} : { owners: owners.map((applicationId) => ({ applicationId })) }),
  };
  return clients.raw("PUT", addressOf(clients, lock, clients.apiVersions.locks), { properties: { level, ...kept } });
}

/** Recorded: azcli2024__test_backup_wl_hana_container (`Reregister`), azcli2024__test_afs_backup_container (without a workload). */
function register(
  clients: Clients,
  { container, operation, containerType, managementType, sourceId, workload }: OfWrite<"register-container">,
): Promise<PipelineResponse> {
  const properties = {
    backupManagementType: managementType,
    containerType,
    sourceResourceId: sourceId,
    ...(workload === undefined ? {} : { workloadType: workload }),
    operationType: operation,
  };
  return clients.raw("PUT", addressOf(clients, container, clients.apiVersions.backup), { properties });
}

/**
 * Recorded: azcli2026p__test_vault_soft_delete_basic. A Backup vault is written as if it were new, without properties
 * (recorded: ps2026p__Undo-AzDataProtectionVaultDeletion), with a header that names the deleted one (Az.DataProtection's
 * own cmdlet, whose identity this is too).
 */
function undeleteVault(
  clients: Clients,
  { vault, deletedVault, location }: OfWrite<"undelete-vault">,
): Promise<PipelineResponse> {
  const { vaultWrites, dataProtectionReads } = clients.apiVersions;
  if (vaultKindOf(vault) === "backup") {
    const body = { location, identity: { type: "SystemAssigned" } };
    const headers = { "x-ms-deleted-vault-id": nameOf(deletedVault) };
    return clients.dataProtection("PUT", addressOf(clients, vault, dataProtectionReads), body, headers);
  }
  const properties = { recoveryResourceGroupId: ancestor(vault, "resourceGroups") };
  const address = addressOf(clients, armId(`${deletedVault}/undelete`), vaultWrites);
  return clients.raw("POST", address, { properties });
}
