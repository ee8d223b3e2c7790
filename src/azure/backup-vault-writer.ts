// Writes to a Backup vault and what is in it, each sent once. Waits for nothing.

import type { HttpMethods, PipelineResponse } from "@azure/core-rest-pipeline";
import { armId, type ArmId } from "../model/arm-id.ts";
import type { GuardPass, WriteRequest } from "../model/write-request.ts";
import type { Clients } from "./clients.ts";
import { errorFromResponse } from "./errors.ts";
import { auxiliaryHeaders, guardMember } from "./guarded-writes.ts";
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
  request: BackupVaultWrite,
  onResponse: OnResponse,
): Promise<void> {
  const response = await answerTo(clients, request);
  onResponse({ status: response.status, headers: response.headers });
}

async function answerTo(clients: Clients, request: BackupVaultWrite): Promise<PipelineResponse> {
  switch (request.write) {
    case "delete-backup-instance":
      if (request.guard !== undefined) await unlock(clients, request.guard, request.instance);
      return ask(clients, "DELETE", request.instance, undefined, request.guard);
    case "undelete-backup-instance":
      return ask(clients, "POST", `${deletedId(request.instance)}/undelete`);
    case "delete-backup-vault-policy":
      return ask(clients, "DELETE", request.policy);
    case "set-backup-vault-security":
      return ask(clients, "PATCH", request.vault, { properties: settingsIn(request) }, request.guard);
    case "delete-vault":
      return ask(clients, "DELETE", request.vault);
    default:
      return request satisfies never;
  }
}

/** A deletion has no body: the guard's request is named before it (recorded: azext2024__test_dataprotection_resource_guard_mapping). */
async function unlock(clients: Clients, guard: GuardPass, target: ArmId): Promise<void> {
  const body = { ...guardMember(guard), resourceToBeDeleted: target };
  await ask(clients, "POST", `${guard.proxy}/unlockDelete`, body, guard);
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
  return armId(instance.replace(/\/backupInstances\//i, "/deletedBackupInstances/"));
}

async function ask(
  clients: Clients,
  method: HttpMethods,
  id: string,
  body?: object,
  guard?: GuardPass,
): Promise<PipelineResponse> {
  const address = `${clients.cloud.endpoint}${encoded(id)}?api-version=${clients.apiVersions.dataProtection}`;
  const response = await clients.raw(method, address, body, await auxiliaryHeaders(clients, guard));
  if (response.status >= 400) throw errorFromResponse(response);
  return response;
}
