// Passing a resource guard: a deletion is unlocked first, other writes name the guard's request. The guard's tenant may want a token of its own.

import { idKey, nameOf, type ArmId, type Scope } from "../model/arm-id.ts";
import { AzureError } from "../model/azure-error.ts";
import type { PlainRequest } from "../model/equivalent-request.ts";
import type { GuardPass } from "../model/write-request.ts";
import { rethrow } from "./arm-answers.ts";
import type { Clients } from "./clients.ts";
import { errorFromResponse } from "./errors.ts";
import type { OnResponse } from "./write-answer.ts";
import { auxiliaryHeader, unlockingOf, unlockRequest } from "./guard-requests.ts";

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

/** Empty where no guard decides, or where the guard lies in the caller's own tenant. */
export async function auxiliaryHeaders(clients: Clients, pass: GuardPass | undefined): Promise<Headers> {
  const token = pass === undefined ? undefined : await clients.guardToken().catch(rethrow);
  return token === undefined ? {} : { [auxiliaryHeader]: `Bearer ${token}` };
}

/** Sends a write whose body names the guard's request, where it has one. Throws AzureError for an answer that is a refusal. */
export async function sendNamingGuard(
  clients: Clients,
  { method, url, body }: PlainRequest,
  pass: GuardPass | undefined,
  onResponse: OnResponse,
): Promise<void> {
  const response = await clients.raw(method, url, body, await auxiliaryHeaders(clients, pass));
  if (response.status >= 400) throw errorFromResponse(response);
  onResponse({ status: response.status, headers: response.headers });
}

/** Epoch milliseconds until which the target may be deleted; the moment itself where the service names none. */
async function unlockDelete(
  clients: Clients,
  scope: Scope,
  pass: GuardPass,
  target: ArmId,
  headers: Headers,
): Promise<number> {
  const unlock = scope.kind === "backup" ? unlockInBackupVault : unlockInRecoveryServicesVault;
  const until = Date.parse((await unlock(clients, scope, pass, target, headers)) ?? "");
  return Number.isNaN(until) ? 0 : until;
}

async function unlockInRecoveryServicesVault(
  clients: Clients,
  { subscriptionId, resourceGroup, name }: Scope,
  pass: GuardPass,
  target: ArmId,
  headers: Headers,
): Promise<string | undefined> {
  const { resourceGuardProxy } = await clients.backup(subscriptionId);
  const options = { requestOptions: { customHeaders: { ...headers } } };
  const answer = await resourceGuardProxy
    .unlockDelete(name, resourceGroup, nameOf(pass.proxy), unlockingOf(pass, target), options)
    .catch(rethrow);
  return answer.unlockDeleteExpiryTime;
}

/** Recorded: azext2024__test_dataprotection_resource_guard_mapping. */
async function unlockInBackupVault(
  clients: Clients,
  scope: Scope,
  pass: GuardPass,
  target: ArmId,
  headers: Headers,
): Promise<string | undefined> {
  const { method, url, body } = unlockRequest(clients, scope, pass, target);
  const response = await clients.dataProtection(method, url, body, headers);
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
