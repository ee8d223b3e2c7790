// Writes of the vault's security settings: through the vault's own API, or the older backup configuration where that one must take them.

import type { Scope } from "../model/arm-id.ts";
import { backupConfigProperties, backupRequest } from "./backup-requests.ts";
import type { Clients } from "./clients.ts";
import { asAzureError } from "./errors.ts";
import { auxiliaryHeaders, sendNamingGuard } from "./guarded-writes.ts";
import type { OfWrite, OnResponse, RawAnswer } from "./write-answer.ts";

/** Refusals that the older API would only repeat: documented and field-reported codes. */
const definiteRefusals =
  /^(BMSUserErrorDisablingSoftDeleteStateNotAllowed|BMSUserErrorSoftDeleteState|AuthorizationFailed|LinkedAuthorizationFailed|ScopeLocked)/i;

/** The vault's own API first; where it does not take the setting, the older backup configuration. Always both fields. */
export async function setSoftDelete(
  clients: Clients,
  scope: Scope,
  request: OfWrite<"set-soft-delete">,
  onResponse: OnResponse,
): Promise<void> {
  const answers: RawAnswer[] = [];
  try {
    // Sent raw: the SDK reads the answer to it as a vault even where it is empty, and fails.
    const patch = backupRequest(clients, scope, request);
    await sendNamingGuard(clients, patch, request.guard, (answer) => void answers.push(answer));
  } catch (error) {
    const refusal = asAzureError(error);
    if (refusal.status !== 400 || definiteRefusals.test(refusal.code)) throw refusal;
    return setThroughBackupConfig(clients, scope, request, onResponse).catch((second: unknown) => {
      // It only sends back to the API that has just refused: that refusal says why.
      throw /UseVaultApi$/i.test(asAzureError(second).code) ? refusal : second;
    });
  }
  const [first] = answers;
  if (first !== undefined) onResponse(first);
}

async function setThroughBackupConfig(
  clients: Clients,
  { subscriptionId, resourceGroup, name }: Scope,
  request: OfWrite<"set-soft-delete">,
  onResponse: OnResponse,
): Promise<void> {
  const { backupResourceVaultConfigs } = await clients.backup(subscriptionId);
  const properties = backupConfigProperties(request);
  const options = { onResponse, requestOptions: { customHeaders: await auxiliaryHeaders(clients, request.guard) } };
  await backupResourceVaultConfigs.update(name, resourceGroup, { properties }, options);
}
