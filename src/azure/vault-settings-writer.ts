// Writes of the vault's security settings: through the vault's own API, or the older backup configuration where that one must take them.

import { vaultId, type Scope } from "../model/arm-id.ts";
import type { GuardPass } from "../model/write-request.ts";
import type { Clients } from "./clients.ts";
import { asAzureError, errorFromResponse } from "./errors.ts";
import { auxiliaryHeaders, guardMember } from "./guarded-writes.ts";
import { encoded } from "./operation-address.ts";
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
  const softDeleteSettings = {
    softDeleteState: request.softDeleteState,
    ...alongside(request),
    softDeleteRetentionPeriodInDays: request.retentionDays,
  };
  const answers: RawAnswer[] = [];
  try {
    await patchVault(clients, scope, { softDeleteSettings }, request, (answer) => void answers.push(answer));
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

/** The field the service wants along with soft delete; left out where nobody could read it. */
function alongside({ hybridState }: { readonly hybridState: string }): { readonly enhancedSecurityState?: string } {
  return hybridState === "Unknown" ? {} : { enhancedSecurityState: hybridState };
}

async function setThroughBackupConfig(
  clients: Clients,
  { subscriptionId, resourceGroup, name }: Scope,
  request: OfWrite<"set-soft-delete">,
  onResponse: OnResponse,
): Promise<void> {
  const { backupResourceVaultConfigs } = await clients.backup(subscriptionId);
  const properties = {
    softDeleteFeatureState: request.softDeleteState,
    ...alongside(request),
    ...guardMember(request.guard),
  };
  const options = { onResponse, requestOptions: { customHeaders: await auxiliaryHeaders(clients, request.guard) } };
  await backupResourceVaultConfigs.update(name, resourceGroup, { properties }, options);
}

/** Sent raw: the SDK reads the answer to it as a vault even where it is empty, and fails. */
export async function patchVault(
  clients: Clients,
  scope: Scope,
  securitySettings: object,
  { guard }: { readonly guard?: GuardPass },
  onResponse: OnResponse,
): Promise<void> {
  const address = `${clients.cloud.endpoint}${encoded(vaultId(scope))}?api-version=${clients.apiVersions.vaultWrites}`;
  const properties = { securitySettings, ...guardMember(guard) };
  const response = await clients.raw("PATCH", address, { properties }, await auxiliaryHeaders(clients, guard));
  if (response.status >= 400) throw errorFromResponse(response);
  onResponse({ status: response.status, headers: response.headers });
}
