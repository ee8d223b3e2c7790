// Sends the writes that no SDK method sends without polling on its own, or at all. What is sent is said in raw-requests.ts.

import { vaultKindOf } from "../model/arm-id.ts";
import type { Clients } from "./clients.ts";
import { errorFromResponse } from "./errors.ts";
import { rawRequest, type RawWrite } from "./raw-requests.ts";
import type { OnResponse } from "./write-answer.ts";

/** Throws AzureError for an answer that is a refusal. */
export async function sendRaw(clients: Clients, request: RawWrite, onResponse: OnResponse): Promise<void> {
  const { method, url, body, headers } = rawRequest(clients, request);
  const isOfBackupVault = request.write === "undelete-vault" && vaultKindOf(request.vault) === "backup";
  const send = isOfBackupVault ? clients.dataProtection : clients.raw;
  const response = await send(method, url, body, headers);
  if (response.status >= 400) throw errorFromResponse(response);
  onResponse({ status: response.status, headers: response.headers });
}
