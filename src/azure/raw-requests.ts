// The request of each write that no SDK method sends, as data: endpoints and their connections, locks, Site Recovery, containers
// and vaults that return. It sends nothing, and must not load an SDK.

import { ancestor, armId, nameOf, vaultKindOf, type ArmId } from "../model/arm-id.ts";
import type { PlainRequest } from "../model/equivalent-request.ts";
import type { WriteRequest } from "../model/write-request.ts";
import type { Addressed } from "./addressed.ts";
import { encoded } from "./encoded.ts";
import { replicationRequest, type ReplicationWrite } from "./replication-requests.ts";
import type { OfWrite } from "./write-answer.ts";

export type RawWrite =
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

/** Whether the write is one of those. */
export function isRaw(request: WriteRequest): request is RawWrite {
  return Object.hasOwn(rawWrites, request.write);
}

/** Throws AzureError for an id of which no address can be made. */
export function rawRequest(at: Addressed, request: RawWrite): PlainRequest {
  const { backup, network, locks } = at.apiVersions;
  switch (request.write) {
    case "delete-private-endpoint-connection":
      return { method: "DELETE", url: addressOf(at, request.connection, backup) };
    case "delete-private-endpoint":
      return { method: "DELETE", url: addressOf(at, request.endpoint, network) };
    case "remove-lock":
      return { method: "DELETE", url: addressOf(at, request.lock, locks) };
    case "restore-lock":
      return restoreLock(at, request);
    case "register-container":
      return register(at, request);
    case "undelete-vault":
      return undeleteVault(at, request);
    case "disable-replication":
    case "clean-test-failover":
    case "remove-replication-object":
    case "purge-replication-object":
    case "delete-replication-object":
    case "cancel-replication-job":
      return replicationRequest(at, request);
    default:
      return request satisfies never;
  }
}

function addressOf({ cloud }: Addressed, id: ArmId, apiVersion: string): string {
  return `${cloud.endpoint}${encoded(id)}?api-version=${apiVersion}`;
}

function restoreLock(at: Addressed, { lock, level, notes, owners }: OfWrite<"restore-lock">): PlainRequest {
  const kept = {
    ...(notes === undefined ? {} : { notes }),
    ...(owners === undefined ? {} : { owners: owners.map((applicationId) => ({ applicationId })) }),
  };
  return { method: "PUT", url: addressOf(at, lock, at.apiVersions.locks), body: { properties: { level, ...kept } } };
}

/** Recorded: azcli2024__test_backup_wl_hana_container (`Reregister`), azcli2024__test_afs_backup_container (without a workload). */
function register(at: Addressed, request: OfWrite<"register-container">): PlainRequest {
  const properties = {
    backupManagementType: request.managementType,
    containerType: request.containerType,
    sourceResourceId: request.sourceId,
    ...(request.workload === undefined ? {} : { workloadType: request.workload }),
    operationType: request.operation,
  };
  return { method: "PUT", url: addressOf(at, request.container, at.apiVersions.backup), body: { properties } };
}

/**
 * Recorded: azcli2026p__test_vault_soft_delete_basic. A Backup vault is written as if it were new, without properties
 * (recorded: ps2026p__Undo-AzDataProtectionVaultDeletion), with a header that names the deleted one (Az.DataProtection's
 * own cmdlet, whose identity this is too).
 */
function undeleteVault(at: Addressed, { vault, deletedVault, location }: OfWrite<"undelete-vault">): PlainRequest {
  const { vaultWrites, dataProtectionReads } = at.apiVersions;
  if (vaultKindOf(vault) === "backup") {
    const body = { location, identity: { type: "SystemAssigned" } };
    const headers = { "x-ms-deleted-vault-id": nameOf(deletedVault) };
    return { method: "PUT", url: addressOf(at, vault, dataProtectionReads), body, headers };
  }
  const body = { properties: { recoveryResourceGroupId: ancestor(vault, "resourceGroups") } };
  return { method: "POST", url: addressOf(at, armId(`${deletedVault}/undelete`), vaultWrites), body };
}
