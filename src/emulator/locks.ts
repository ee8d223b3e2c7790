// Management locks: the lists, one lock, what they refuse, and the lock Backup itself sets on a registered storage account.
// It must not carry out what it lets through.
import type { Answer } from "./answers.ts";
import { found, noContent } from "./answers.ts";
import { armError, resourceGroupNotFound, resourceNotFound } from "./arm-errors.ts";
import type { Call, Route } from "./call.ts";
import { parameter } from "./call.ts";
import { backupVaultType } from "./data-protection/vault-scope.ts";
import { authorization, scopeOf } from "./extension-routes.ts";
import type { Json, Properties } from "./json.ts";
import { object, text } from "./json.ts";
import { lastSegment, parseResourceId, sameName } from "./names.ts";
import { takes } from "./operation-times.ts";
import { startOperation } from "./operations.ts";
import type { State, VaultState } from "./state.ts";
import { containerIn } from "./state.ts";
import { vaultType } from "./vault-scope.ts";
import type { WorldLock } from "./world.ts";

const segment = `/${authorization}/locks/`;
const levels: readonly string[] = ["CanNotDelete", "ReadOnly", "NotSpecified"];

/** What a lock stands on: its id up to the extension. */
function lockedScope(lock: WorldLock): string {
  return lock.id.slice(0, lock.id.toLowerCase().lastIndexOf(segment.toLowerCase()));
}

function isWithin(id: string, scope: string): boolean {
  return sameName(id, scope) || id.toLowerCase().startsWith(`${scope.toLowerCase()}/`);
}

/** The locks that reach this id: set on it or above it. */
function locksOver(state: State, id: string): readonly WorldLock[] {
  return state.locks.filter((lock) => isWithin(id, lockedScope(lock)));
}

/** A lock that people set on this id or above it and that refuses anything; Backup's own lock on a storage account is none. */
export function lockOver(state: State, id: string): WorldLock | undefined {
  return locksOver(state, id).find((lock) => !isOfBackup(lock) && text(lock.properties, "level") !== "NotSpecified");
}

/** Field report (rules 7): the name of the lock Backup sets on a registered storage account. */
function isOfBackup(lock: WorldLock): boolean {
  return sameName(lastSegment(lock.id), "AzureBackupProtectionLock");
}

/** ARM's refusal of a write at, under or (a deletion) above a locked scope; undefined when no lock is against it. */
export function lockRefusal(state: State, method: string, path: string): Answer | undefined {
  if (method === "GET" || method === "HEAD" || path.toLowerCase().includes(segment.toLowerCase())) return undefined;
  const isDeletion = method === "DELETE";
  const against = state.locks.filter((lock) => {
    const level = text(lock.properties, "level");
    if (level === "NotSpecified" || (level === "CanNotDelete" && !isDeletion)) return false;
    const scope = lockedScope(lock);
    return isWithin(path, scope) || (isDeletion && isWithin(scope, path));
  });
  return against.length === 0 ? undefined : scopeLocked(path, isDeletion ? "delete" : "write", against);
}

/** Code and text as field reports quote them (azure-cli 20232, 24197). */
function scopeLocked(id: string, operation: "delete" | "write", locks: readonly WorldLock[]): Answer {
  const scopes = [...new Set(locks.map(lockedScope))].map((scope) => `'${scope}'`).join(",");
  const message = `The scope '${id}' cannot perform ${operation} operation because following scope(s) are locked: ${scopes}. Please remove the lock and try again.`;
  return armError(409, "ScopeLocked", message);
}

function body(lock: WorldLock): Json {
  return {
    id: lock.id,
    type: "Microsoft.Authorization/locks",
    name: lastSegment(lock.id),
    properties: lock.properties,
  };
}

/** Resources the emulator does not model are taken to exist; groups and vaults are known. */
function missingScope(call: Call): Answer | undefined {
  const scope = scopeOf(call);
  const [, , , , group] = scope.split("/");
  if (group === undefined) return undefined;
  const groupId = scope.split("/").slice(0, 5).join("/");
  if (!call.state.resourceGroups.some(({ id }) => sameName(id, groupId))) return resourceGroupNotFound(group);
  const vault = parseResourceId(scope);
  const type = [vaultType, backupVaultType].find((known) => vault !== undefined && sameName(vault.provider, known));
  if (vault === undefined || type === undefined) return undefined;
  if ([...call.state.vaults, ...call.state.backupVaults].some(({ id }) => sameName(id, scope))) return undefined;
  return resourceNotFound(type, vault.name, group);
}

function listLocks(call: Call): Answer {
  const scope = scopeOf(call);
  const inSight = call.state.locks.filter(
    (lock) => isWithin(scope, lockedScope(lock)) || isWithin(lockedScope(lock), scope),
  );
  return missingScope(call) ?? found({ value: inSight.map(body) });
}

function findLock(call: Call): WorldLock | undefined {
  return call.state.locks.find(({ id }) => sameName(id, call.path));
}

function getLock(call: Call): Answer {
  const lock = findLock(call);
  if (lock !== undefined) return found(body(lock));
  return (
    missingScope(call) ?? armError(404, "LockNotFound", `The lock '${parameter(call, "lock")}' could not be found.`)
  );
}

function putLock(call: Call): Answer {
  const missing = missingScope(call);
  if (missing !== undefined) return missing;
  const name = parameter(call, "lock");
  if (!isLockName(name)) return armError(400, "InvalidResourceName", `The lock name '${name}' is invalid.`);
  const { level, notes, owners } = object(call.body ?? {}, "properties");
  if (typeof level !== "string" || !levels.includes(level)) {
    return armError(
      400,
      "InvalidRequestContent",
      `The lock level '${JSON.stringify(level) ?? "missing"}' is not valid.`,
    );
  }
  const properties: Properties = {
    level,
    ...(notes === undefined ? {} : { notes }),
    ...(owners === undefined ? {} : { owners }),
  };
  const before = findLock(call);
  const lock: WorldLock = { id: before?.id ?? call.path, properties };
  call.state.locks =
    before === undefined
      ? [...call.state.locks, lock]
      : call.state.locks.map((other) => (other === before ? lock : other));
  return { status: before === undefined ? 201 : 200, body: body(lock) };
}

/** Documented for the REST call. */
function isLockName(name: string): boolean {
  return name.length <= 260 && !/[<>%&:\\?/\p{Cc}]/u.test(name);
}

function deleteLock(call: Call): Answer {
  if (findLock(call) === undefined) return noContent;
  removeLock(call.state, call.path);
  return { status: 200 };
}

export function removeLock(state: State, id: string): void {
  state.locks = state.locks.filter((lock) => !sameName(lock.id, id));
}

/** Locks go with what they stand on. */
export function removeLocksOn(state: State, id: string): void {
  state.locks = state.locks.filter((lock) => !isWithin(lockedScope(lock), id));
}

/** The lock people hold over the storage account behind a container; unverified that it refuses the unregistration. */
export function lockedSource(state: State, container: Properties): Answer | undefined {
  const source = text(container, "sourceResourceId");
  if (source === "" || !/\/storageAccounts\//iu.test(source)) return undefined;
  const lock = lockOver(state, source);
  return lock === undefined ? undefined : scopeLocked(source, "delete", [lock]);
}

/** Field report (rules 7): Backup takes its own lock away once the account is unregistered. */
export function releaseSource(state: State, vault: VaultState, name: string, at: number): void {
  const container = containerIn(vault, name);
  const source = text(container?.properties ?? {}, "sourceResourceId");
  const own = state.locks.find((lock) => isOfBackup(lock) && sameName(lockedScope(lock), source));
  if (own === undefined) return;
  startOperation(state, {
    vaultId: vault.id,
    effect: { kind: "release-lock", lock: own.id },
    startsAt: at,
    takes: takes(state, "releaseLock"),
  });
}

export const lockRoutes: readonly Route[] = [
  { method: "GET", path: `${authorization}/locks`, answer: listLocks },
  { method: "GET", path: `${authorization}/locks/{lock}`, answer: getLock },
  { method: "PUT", path: `${authorization}/locks/{lock}`, answer: putLock },
  { method: "DELETE", path: `${authorization}/locks/{lock}`, answer: deleteLock },
];
