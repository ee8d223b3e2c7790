// Asks what the caller may do, at every scope the steps of a plan touch, in as few requests as can tell.

import { armId, type ArmId } from "../model/arm-id.ts";
import { AzureError } from "../model/azure-error.ts";
import type { ScopeGrants } from "../model/grant.ts";
import type { Plan } from "../model/plan.ts";
import type { VaultReader } from "../model/ports.ts";
import { scopesToAsk } from "../planning/permissions.ts";

/** What Azure refuses to tell is said so, by scope. Throws AzureError only where nobody is signed in. */
export async function readGrants(
  reader: Pick<VaultReader, "grants">,
  { steps, vault }: Pick<Plan, "steps" | "vault">,
): Promise<readonly ScopeGrants[]> {
  let read: readonly ScopeGrants[] = [];
  for (let scopes = scopesToAsk(steps, vault.id); scopes.length > 0; scopes = scopesToAsk(steps, vault.id, read))
    read = [...read, ...(await Promise.all(scopes.map((scope) => readAt(reader, scope))))];
  return read;
}

async function readAt(reader: Pick<VaultReader, "grants">, scope: ArmId): Promise<ScopeGrants> {
  try {
    return { scope: armId(scope), grants: await reader.grants(scope) };
  } catch (error) {
    if (!(error instanceof AzureError) || (error.status === 401 && !isOtherTenant(error))) throw error;
    return { scope, refusal: { code: error.code, message: error.message } };
  }
}

/** A scope in another tenant is refused with 401, although the caller is signed in. */
function isOtherTenant(error: AzureError): boolean {
  return /^InvalidAuthenticationTokenTenant$/i.test(error.code);
}
