// Writes to a Backup vault and what is in it, each sent once. Waits for nothing.

import type { HttpMethods, PipelineResponse } from "@azure/core-rest-pipeline";
import { armId, type ArmId } from "../model/arm-id.ts";
import type { WriteRequest } from "../model/write-request.ts";
import type { Clients } from "./clients.ts";
import { errorFromResponse } from "./errors.ts";
import { auxiliaryHeaders, guardMember, type GuardedWrites } from "./guarded-writes.ts";
import { encoded } from "./operation-address.ts";
import type { OfWrite, OnResponse } from "./write-answer.ts";

type BackupVaultWrite = OfWrite<
  | "delete-backup-instance"
  | "undelete-backup-instance"
  | "delete-backup-vault-policy"
  | "set-backup-vault-security"
  | "delete-vault"
>;

const inBackupVault: { readonly [W in Exclude<BackupVaultWrite["write"], "delete-vault">]: true } = {
  "delete-backup-instance": true,
  "undelete-backup-instance": true,
  "delete-backup-vault-policy": true,
  "set-backup-vault-security": true,
};

/** A write that only a Backup vault takes. */
export type OfBackupVault = OfWrite<keyof typeof inBackupVault>;

/** Whether only a Backup vault takes such a write. */
export function isOfBackupVault(request: WriteRequest): request is OfBackupVault {
  return Object.hasOwn(inBackupVault, request.write);
}

/** Throws AzureError for an answer that is a refusal. */
export async function sendToBackupVault(
  clients: Clients,
  guarded: GuardedWrites,
  request: BackupVaultWrite,
  onResponse: OnResponse,
): Promise<void> {
  const response = await answerTo(clients, guarded, request);
  onResponse({ status: response.status, headers: response.headers });
}

async function answerTo(
  clients: Clients,
  guarded: GuardedWrites,
  request: BackupVaultWrite,
): Promise<PipelineResponse> {
  switch (request.write) {
    case "delete-backup-instance":
      return guarded.deleting(request.instance, request.guard, (headers) =>
        ask(clients, "DELETE", request.instance, undefined, headers),
      );
    case "undelete-backup-instance":
      return ask(clients, "POST", `${deletedId(request.instance)}/undelete`);
    case "delete-backup-vault-policy":
      return ask(clients, "DELETE", request.policy);
    case "set-backup-vault-security": {
      const headers = await auxiliaryHeaders(clients, request.guard);
      return ask(clients, "PATCH", request.vault, { properties: settingsIn(request) }, headers);
    }
    case "delete-vault":
      return ask(clients, "DELETE", request.vault);
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

async function ask(
  clients: Clients,
  method: HttpMethods,
  id: string,
  body?: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<PipelineResponse> {
  const address = `${clients.cloud.endpoint}${encoded(id)}?api-version=${clients.apiVersions.dataProtection}`;
  const response = await clients.dataProtection(method, address, body, headers);
  if (response.status >= 400) throw errorFromResponse(response);
  return response;
}
