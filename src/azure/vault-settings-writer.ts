// Writes of the vault's security settings: through the vault's own API, or the older backup configuration where that one must take them.

import type { Scope } from "../model/arm-id.ts";
import type { GuardPass } from "../model/write-request.ts";
import type { Clients } from "./clients.ts";
import { asAzureError } from "./errors.ts";
import { auxiliaryHeaders, auxiliaryOf, guardMember } from "./guarded-writes.ts";
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

export async function patchVault(
  clients: Clients,
  { subscriptionId, resourceGroup, name }: Scope,
  securitySettings: object,
  { guard }: { readonly guard?: GuardPass },
  onResponse: OnResponse,
): Promise<void> {
  const { vaults } = await clients.vaults(subscriptionId, "writes");
  const auxiliary = auxiliaryOf(await auxiliaryHeaders(clients, guard));
  const options = { onResponse, ...(auxiliary === undefined ? {} : { xMsAuthorizationAuxiliary: auxiliary }) };
  const properties = { securitySettings, ...guardMember(guard) };
  await vaults.update(resourceGroup, name, { properties }, options).submitted();
}
