// Passing a resource guard: a deletion is unlocked first, other writes name the guard's request. The guard's tenant may want a token of its own.

import { armId, idKey, nameOf, type ArmId, type Scope } from "../model/arm-id.ts";
import { AzureError } from "../model/azure-error.ts";
import type { GuardPass } from "../model/write-request.ts";
import { rethrow } from "./arm-answers.ts";
import type { Clients } from "./clients.ts";
import { errorFromResponse } from "./errors.ts";
import { encoded } from "./operation-address.ts";

/** The caller's second token, for the tenant of the guard (documented: x-ms-authorization-auxiliary). */
const auxiliaryHeader = "x-ms-authorization-auxiliary";

export type GuardedWrites = {
  /** Sends a deletion that `pass` may guard, unlocked before it where it does. */
  readonly deleting: <T>(
    target: ArmId,
    pass: GuardPass | undefined,
    send: (headers: Headers) => Promise<T>,
  ) => Promise<T>;
};

type Headers = Readonly<Record<string, string>>;

/** An unlock that ends so soon may have ended when the deletion arrives. */
const marginMilliseconds = 60_000;

/** `now`: epoch milliseconds. One per run: it knows which deletions are unlocked, and until when. */
export function guardedWrites(clients: Clients, scope: Scope, now: () => number): GuardedWrites {
  const unlockedUntil = new Map<string, number>();
  return {
    deleting: async (target, pass, send) => {
      if (pass === undefined) return send({});
      const headers = await auxiliaryHeaders(clients, pass);
      const remembered = (unlockedUntil.get(idKey(target)) ?? 0) - marginMilliseconds > now();
      const unlock = async (): Promise<void> => {
        unlockedUntil.set(idKey(target), await unlockDelete(clients, scope, pass, target, headers));
      };
      if (!remembered) await unlock();
      try {
        return await send(headers);
      } catch (error) {
        // The service's clock is not ours: what was unlocked a while ago may be locked again.
        if (!remembered || statusOf(error) !== 403) throw error;
        await unlock();
        return send(headers);
      }
    },
  };
}

/** The member by which a write's body names the guard's request; nothing where no guard decides. */
export function guardMember(pass: GuardPass | undefined): { readonly resourceGuardOperationRequests?: string[] } {
  return pass === undefined ? {} : { resourceGuardOperationRequests: [pass.request] };
}

/** Empty where no guard decides, or where the guard lies in the caller's own tenant. */
export async function auxiliaryHeaders(clients: Clients, pass: GuardPass | undefined): Promise<Headers> {
  const token = pass === undefined ? undefined : await clients.guardToken().catch(rethrow);
  return token === undefined ? {} : { [auxiliaryHeader]: `Bearer ${token}` };
}

/** Epoch milliseconds until which the target may be deleted; the moment itself where the service names none. */
async function unlockDelete(
  clients: Clients,
  scope: Scope,
  pass: GuardPass,
  target: ArmId,
  headers: Headers,
): Promise<number> {
  const body = { ...guardMember(pass), resourceToBeDeleted: target };
  const unlock = scope.kind === "backup" ? unlockInBackupVault : unlockInRecoveryServicesVault;
  const until = Date.parse((await unlock(clients, scope, pass, body, headers)) ?? "");
  return Number.isNaN(until) ? 0 : until;
}

type Unlocking = ReturnType<typeof guardMember> & { readonly resourceToBeDeleted: ArmId };

async function unlockInRecoveryServicesVault(
  clients: Clients,
  { subscriptionId, resourceGroup, name }: Scope,
  pass: GuardPass,
  body: Unlocking,
  headers: Headers,
): Promise<string | undefined> {
  const { resourceGuardProxy } = await clients.backup(subscriptionId);
  const options = { requestOptions: { customHeaders: { ...headers } } };
  const answer = await resourceGuardProxy
    .unlockDelete(name, resourceGroup, nameOf(armId(pass.proxy)), body, options)
    .catch(rethrow);
  return answer.unlockDeleteExpiryTime;
}

/** Recorded: azext2024__test_dataprotection_resource_guard_mapping. */
async function unlockInBackupVault(
  clients: Clients,
  _scope: Scope,
  pass: GuardPass,
  body: Unlocking,
  headers: Headers,
): Promise<string | undefined> {
  const address = `${clients.cloud.endpoint}${encoded(pass.proxy)}/unlockDelete?api-version=${clients.apiVersions.dataProtection}`;
  const response = await clients.dataProtection("POST", address, body, headers);
  if (response.status >= 400) throw errorFromResponse(response);
  try {
    return (JSON.parse(response.bodyAsText ?? "") as { readonly unlockDeleteExpiryTime?: string })
      .unlockDeleteExpiryTime;
  } catch {
    return undefined;
  }
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof AzureError) return error.status;
  return error instanceof Error && "statusCode" in error ? Number(error.statusCode) : undefined;
}
