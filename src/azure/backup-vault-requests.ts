// The request of each write to a Backup vault and what is in it, as data. It sends nothing, and must not load an SDK.

import { armId, type ArmId } from "../model/arm-id.ts";
import type { PlainRequest } from "../model/equivalent-request.ts";
import type { WriteRequest } from "../model/write-request.ts";
import type { Addressed } from "./addressed.ts";
import { encoded } from "./encoded.ts";
import { guardMember } from "./guard-requests.ts";
import type { OfWrite } from "./write-answer.ts";

export type BackupVaultWrite = OfBackupVault | OfWrite<"delete-vault">;

const inBackupVault = {
  "delete-backup-instance": true,
  "undelete-backup-instance": true,
  "delete-backup-vault-policy": true,
  "set-backup-vault-security": true,
} as const;

/** A write that only a Backup vault takes. */
export type OfBackupVault = OfWrite<keyof typeof inBackupVault>;

/** Whether only a Backup vault takes such a write. */
export function isOfBackupVault(request: WriteRequest): request is OfBackupVault {
  return Object.hasOwn(inBackupVault, request.write);
}

/** Throws AzureError for an id of which no address can be made. */
export function backupVaultRequest({ cloud, apiVersions }: Addressed, request: BackupVaultWrite): PlainRequest {
  const at = (id: string): string => `${cloud.endpoint}${encoded(id)}?api-version=${apiVersions.dataProtection}`;
  switch (request.write) {
    case "delete-backup-instance":
      return { method: "DELETE", url: at(request.instance) };
    case "undelete-backup-instance":
      return { method: "POST", url: at(`${deletedId(request.instance)}/undelete`) };
    case "delete-backup-vault-policy":
      return { method: "DELETE", url: at(request.policy) };
    case "set-backup-vault-security":
      return { method: "PATCH", url: at(request.vault), body: { properties: settingsIn(request) } };
    case "delete-vault":
      return { method: "DELETE", url: at(request.vault) };
    default:
      return request satisfies never;
  }
}

function settingsIn({ softDelete, immutability, guard }: OfWrite<"set-backup-vault-security">): object {
  const securitySettings = {
    ...(softDelete === undefined
      ? {}
      : { softDeleteSettings: { state: softDelete.state, retentionDurationInDays: softDelete.retentionDays } }),
    ...(immutability === undefined ? {} : { immutabilitySettings: { state: immutability } }),
  };
  return { securitySettings, ...guardMember(guard) };
}

function deletedId(instance: ArmId): ArmId {
  return armId(instance.replace(/\/backupInstances\/(?=[^/]+$)/i, "/deletedBackupInstances/"));
}
