// Asks what the caller may do, at every scope the steps of a plan touch, in as few requests as can tell.

import type { ArmId } from "../model/arm-id.ts";
import { AzureError } from "../model/azure-error.ts";
import type { ScopeGrants } from "../model/grant.ts";
import type { Plan } from "../model/plan.ts";
import type { VaultReader } from "../model/ports.ts";
import { scopesToAsk } from "../planning/permissions.ts";

/**
 * What Azure refuses to tell is said so, by scope. `known`: what was read already. Throws AzureError only where nobody is
 * signed in.
 */
export async function readGrants(
  reader: Pick<VaultReader, "grants">,
  { steps, vault }: Pick<Plan, "steps" | "vault">,
  known: readonly ScopeGrants[] = [],
): Promise<readonly ScopeGrants[]> {
  let read = known;
  for (let scopes = scopesToAsk(steps, vault.id, read); scopes.length > 0; scopes = scopesToAsk(steps, vault.id, read))
    read = [...read, ...(await Promise.all(scopes.map((scope) => grantsAt(reader, scope))))];
  return read;
}

/** The caller's rights at one scope, or why they could not be read. Throws as `readGrants` does. */
export async function grantsAt(reader: Pick<VaultReader, "grants">, scope: ArmId): Promise<ScopeGrants> {
  try {
    return { scope, grants: await reader.grants(scope) };
  } catch (error) {
    if (!(error instanceof AzureError) || (error.status === 401 && !isOtherTenant(error))) throw error;
    return { scope, refusal: { code: error.code, message: error.message } };
  }
}

/** A scope in another tenant is refused with 401, although the caller is signed in. */
function isOtherTenant(error: AzureError): boolean {
  return /^InvalidAuthenticationTokenTenant$/i.test(error.code);
}
