// How a write passes a resource guard, as data: the member that names the guard's request, and the unlocking that goes before
// a deletion. It sends nothing, and must not load an SDK.

import { nameOf, vaultId, type ArmId, type Scope } from "../model/arm-id.ts";
import type { PlainRequest } from "../model/equivalent-request.ts";
import type { GuardPass } from "../model/write-request.ts";
import type { Addressed } from "./addressed.ts";
import { encoded } from "./encoded.ts";

/** The caller's second token, for the tenant of the guard (documented: x-ms-authorization-auxiliary). */
export const auxiliaryHeader = "x-ms-authorization-auxiliary";

/** The member by which a write's body names the guard's request; nothing where no guard decides. */
export function guardMember(pass: GuardPass | undefined): { readonly resourceGuardOperationRequests?: string[] } {
  return pass === undefined ? {} : { resourceGuardOperationRequests: [pass.request] };
}

export type Unlocking = ReturnType<typeof guardMember> & { readonly resourceToBeDeleted: ArmId };

/** The body of an unlocking. */
export function unlockingOf(pass: GuardPass, target: ArmId): Unlocking {
  return { ...guardMember(pass), resourceToBeDeleted: target };
}

/** Unlocks the deletion of the target. Throws AzureError for an id of which no address can be made. */
export function unlockRequest(at: Addressed, scope: Scope, pass: GuardPass, target: ArmId): PlainRequest {
  const { backup, dataProtection } = at.apiVersions;
  const [proxy, version] =
    scope.kind === "backup"
      ? [pass.proxy, dataProtection]
      : [`${vaultId(scope)}/backupResourceGuardProxies/${nameOf(pass.proxy)}`, backup];
  const url = `${at.cloud.endpoint}${encoded(proxy)}/unlockDelete?api-version=${version}`;
  return { method: "POST", url, body: unlockingOf(pass, target) };
}
