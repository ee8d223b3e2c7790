// Writes to a Backup vault and what is in it, each sent once. Waits for nothing. What is sent is said in backup-vault-requests.ts.

import type { PipelineResponse } from "@azure/core-rest-pipeline";
import { backupVaultRequest, type BackupVaultWrite } from "./backup-vault-requests.ts";
import type { Clients } from "./clients.ts";
import { errorFromResponse } from "./errors.ts";
import { auxiliaryHeaders, type GuardedWrites } from "./guarded-writes.ts";
import type { OnResponse } from "./write-answer.ts";

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
  if (request.write === "delete-backup-instance")
    return guarded.deleting(request.instance, request.guard, (headers) => ask(clients, request, headers));
  const pass = request.write === "set-backup-vault-security" ? request.guard : undefined;
  return ask(clients, request, await auxiliaryHeaders(clients, pass));
}

async function ask(
  clients: Clients,
  request: BackupVaultWrite,
  headers: Readonly<Record<string, string>>,
): Promise<PipelineResponse> {
  const { method, url, body } = backupVaultRequest(clients, request);
  const response = await clients.dataProtection(method, url, body, headers);
  if (response.status >= 400) throw errorFromResponse(response);
  return response;
}
