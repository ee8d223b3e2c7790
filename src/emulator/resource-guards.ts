// Resource guards: a vault's proxy to one, unlocking deletions, and what a guard refuses when nobody asked it.
// It must not carry out what it lets through.
import { caller, mayDo } from "./access.ts";
import type { Answer } from "./answers.ts";
import { found, noContent } from "./answers.ts";
import { armError, notFoundInVault, serviceError } from "./arm-errors.ts";
import type { Call, Route } from "./call.ts";
import { parameter } from "./call.ts";
import type { Properties } from "./json.ts";
import { isObject, list, text } from "./json.ts";
import { sameName } from "./names.ts";
import type { State, VaultState } from "./state.ts";
import { vaultChild, vaultRoute } from "./vault-scope.ts";
import type { WorldGuard } from "./world.ts";
import { azureDate } from "./world-times.ts";

const segment = "backupResourceGuardProxies";
const proxyPath = `${segment}/{proxy}`;
const vaultPrefix = "Microsoft.RecoveryServices/vaults";

/** Recorded: 24 unlocks, each for half an hour (azcli2024__test_backup_rg_mapping). */
const unlockedMilliseconds = 30 * 60_000;

/** A vault of either provider. */
type Guardable = Pick<VaultState, "resourceGuardProxies">;
type Guarded = { readonly guard: WorldGuard; readonly request: string };

/** The operation's entry on the vault's proxy; undefined where nothing guards it. */
function guardedBy(state: State, vault: Guardable, operation: string): Guarded | undefined {
  for (const { properties } of vault.resourceGuardProxies) {
    for (const detail of list(properties, "resourceGuardOperationDetails").filter(isObject)) {
      if (!sameName(text(detail, "vaultCriticalOperation"), fullName(operation))) continue;
      const id = text(properties, "resourceGuardResourceId");
      const guard = (state.document.resourceGuards ?? []).find((known) => sameName(known.id, id)) ?? {
        id,
        properties: {},
      };
      return { guard, request: text(detail, "defaultResourceRequest") };
    }
  }
  return undefined;
}

/** Operations of a Recovery Services vault are named by what follows its type. */
function fullName(operation: string): string {
  return operation.startsWith("/") ? `${vaultPrefix}${operation}` : operation;
}

/** For a deletion: refused unless it was unlocked and still is. Code, status and text are unverified. */
export function refusedDeletion(call: Call, vault: Guardable, operation: string): Answer | undefined {
  if (guardedBy(call.state, vault, operation) === undefined) return undefined;
  const unlock = call.state.deleteUnlocks.find(({ resource }) => sameName(resource, call.path));
  return unlock !== undefined && Date.parse(unlock.expiresAt) > call.now ? undefined : needsGuard(operation);
}

/** For a write with a body: refused unless `given` names the guard's request and the caller may use it. */
export function refusedWrite(call: Call, vault: Guardable, operation: string, given: Properties): Answer | undefined {
  const guarded = guardedBy(call.state, vault, operation);
  if (guarded === undefined) return undefined;
  return isNamed(given, guarded.request) ? refusedAtGuard(call, guarded) : needsGuard(operation);
}

function isNamed(given: Properties, request: string): boolean {
  return list(given, "resourceGuardOperationRequests").some(
    (named) => typeof named === "string" && sameName(named, request),
  );
}

function needsGuard(operation: string): Answer {
  const message = `The operation '${fullName(operation)}' is protected by a resource guard and its request is missing or has expired.`;
  return serviceError(403, "UserErrorResourceGuardOperationNotAllowed", message);
}

/** The linked access check: the guard's tenant first, then the caller's rights at the guard. */
function refusedAtGuard(call: Call, { guard, request }: Guarded): Answer | undefined {
  const action = guardAction(request);
  const [, , subscription = ""] = guard.id.split("/");
  // recorded wording, for GET of a guard of another tenant (test_backup_rg_mapping)
  if (guard.tenant !== undefined && call.auxiliary?.endsWith(`:${guard.tenant}`) !== true) {
    const message = `The client has permission to perform action '${action}' on scope '${call.path}', however the current tenant '${homeTenant}' is not authorized to access linked subscription '${subscription}'.`;
    return armError(403, "LinkedAuthorizationFailed", message);
  }
  if (mayDo(call.state, action, guard.id)) return undefined;
  const message = `The ${caller} has permission to perform the action on scope '${call.path}'; however, it does not have permission to perform action '${action}' on the linked scope(s) '${guard.id}' or the linked scope(s) are invalid.`;
  return armError(403, "LinkedAuthorizationFailed", message);
}

const homeTenant = "00000000-0000-0000-0000-0000000000aa";

/** Inferred from the role Backup MUA Operator, which has reads and actions only, and from Reader not being enough. */
function guardAction(request: string): string {
  const types = request.split("/").slice(-2, -1);
  return `Microsoft.DataProtection/resourceGuards/${types.join("/")}/action`;
}

/** ARM's refusal of a request into a subscription of another tenant; code documented, text unverified. */
export function refusedByTenant(state: State, subscription: string): Answer | undefined {
  const foreign = (state.document.resourceGuards ?? []).some(
    ({ id, tenant }) => tenant !== undefined && sameName(id.split("/")[2] ?? "", subscription),
  );
  if (!foreign) return undefined;
  const message = `The access token is from the wrong issuer. It must match the tenant associated with subscription '${subscription}'.`;
  return armError(401, "InvalidAuthenticationTokenTenant", message);
}

function proxyOf(call: Call, vault: Guardable): VaultState["resourceGuardProxies"][number] | undefined {
  return vault.resourceGuardProxies.find(({ name }) => sameName(name, parameter(call, "proxy")));
}

function getProxy(call: Call, vault: VaultState): Answer {
  const proxy = proxyOf(call, vault);
  if (proxy === undefined) return notFoundInVault(parameter(call, "proxy"));
  return found(vaultChild(vault, segment, proxy.name, proxy.properties));
}

/** For vaults of either provider (recorded for both). */
export function unlockDelete(call: Call, vault: Guardable): Answer {
  const proxy = proxyOf(call, vault);
  if (proxy === undefined) return notFoundInVault(parameter(call, "proxy"));
  const body = call.body ?? {};
  const known = list(proxy.properties, "resourceGuardOperationDetails").filter(isObject);
  const detail = known.find((entry) => isNamed(body, text(entry, "defaultResourceRequest")));
  if (detail === undefined)
    return serviceError(400, "UserErrorInvalidResourceGuardOperationRequest", "The request is none of this guard's.");
  const operation = text(detail, "vaultCriticalOperation");
  const guarded = guardedBy(call.state, vault, operation);
  const refusal = guarded === undefined ? undefined : refusedAtGuard(call, guarded);
  if (refusal !== undefined) return refusal;
  const expiresAt = azureDate(call.now + unlockedMilliseconds);
  // recorded: a request to delete the proxy itself names no resource
  const resource = text(body, "resourceToBeDeleted") || call.path.replace(/\/unlockDelete$/iu, "");
  const others = call.state.deleteUnlocks.filter((unlock) => !sameName(unlock.resource, resource));
  call.state.deleteUnlocks = [...others, { resource, expiresAt }];
  return found({ unlockDeleteExpiryTime: expiresAt });
}

/** Recorded: 200 with an empty object, after an unlock (azcli2024__test_backup_rg_mapping). Absent: 204, unverified. */
function deleteProxy(call: Call, vault: VaultState): Answer {
  const proxy = proxyOf(call, vault);
  if (proxy === undefined) return noContent;
  const refusal = refusedDeletion(call, vault, "/backupResourceGuardProxies/delete");
  if (refusal !== undefined) return refusal;
  vault.resourceGuardProxies = vault.resourceGuardProxies.filter((other) => other !== proxy);
  return found({});
}

export const resourceGuardRoutes: readonly Route[] = [
  vaultRoute("GET", proxyPath, getProxy),
  vaultRoute("DELETE", proxyPath, deleteProxy),
  vaultRoute("POST", `${proxyPath}/unlockDelete`, unlockDelete),
];
