// Management locks over anything a teardown writes to: removed only with consent, only the listed ones, and put back where their scope survives.

import {
  ancestor,
  armId,
  idKey,
  isWithin,
  nameOf,
  scopeOfLock,
  segmentAfter,
  type ArmId,
  vaultKindOf,
} from "../model/arm-id.ts";
import { AzureError } from "../model/azure-error.ts";
import type { Blocker } from "../model/blocker.ts";
import type { ArmResource, VaultReader } from "../model/ports.ts";
import type { Lock } from "../model/resource.ts";
import { stepKey, type Step, type StepDraft } from "../model/step.ts";
import type { Contribution, Dependency, PlanningContext, Proof } from "./dependency.ts";
import { recoverUnderLock } from "./recovery/locks.ts";
import { putBackCommand } from "./lock-command.ts";
import { effectOf, heldUp, lockableIds, type Reached } from "./locked-scopes.ts";
import { groups, isWord, text } from "./properties.ts";

export const locks: Dependency<"lock"> = {
  kind: "lock",
  rule: "documented: lock resources (CanNotDelete, ReadOnly; inherited from above); field reports: AzureBackupProtectionLock on registered storage accounts goes with the unregistration",
  list: listLocks,
  // Once what it held up is gone, no list of the vault leads to a lock: its own scope is asked.
  look: lookAtLock,
  contribute,
  recover: recoverUnderLock,
  prove,
};

/** The state of a lock that went with what it locked. */
const scopeGone = "ScopeGone";

async function lookAtLock(reader: VaultReader, target: ArmId): Promise<readonly Lock[]> {
  const scope = scopeOfLock(target);
  const inSight = await locksIfThere(reader, scope);
  const found = inSight?.filter((lock) => idKey(lock.id) === idKey(target)) ?? [];
  if (found.length > 0 || (inSight !== undefined && !(await isGone(reader, scope)))) return found;
  return [{ kind: "lock", id: target, name: nameOf(target), state: scopeGone, scope, ofBackup: false }];
}

/** Whether what a run deletes is gone: the list of locks at a resource does not tell for sure. */
async function isGone(reader: VaultReader, scope: ArmId): Promise<boolean> {
  if (vaultKindOf(scope) !== undefined) return (await reader.vault()) === undefined;
  const isEndpoint = /\/microsoft\.network\/privateendpoints\/[^/]+$/i.test(scope);
  return isEndpoint && (await reader.privateEndpoint(scope)) === undefined;
}

async function listLocks(reader: VaultReader): Promise<readonly Lock[]> {
  const ids = await lockableIds(reader);
  const [vault] = ids;
  if (vault === undefined) return [];
  const bySubscription = Map.groupBy(ids, (id) => idKey(ancestor(id, "subscriptions") ?? ""));
  const lists = await Promise.all([...bySubscription.values()].map((inside) => locksAround(reader, inside, vault)));
  const concerned = lists
    .flat()
    .filter((lock) => ids.some((id) => isWithin(id, lock.scope)) || isWithin(lock.scope, vault));
  return [...new Map(concerned.map((lock) => [idKey(lock.id), lock])).values()];
}

/** One list for the subscription; where that is refused, one for each resource group concerned. */
async function locksAround(reader: VaultReader, ids: readonly ArmId[], vault: ArmId): Promise<readonly Lock[]> {
  const subscription = subscriptionOf(ids[0] ?? vault);
  try {
    return await locksAt(reader, subscription);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const groups = new Map(ids.map((id) => [idKey(groupOf(id)), groupOf(id)]));
    const lists = await Promise.all([...groups.values()].map((scope) => locksOfGroup(reader, scope, vault)));
    return lists.flat();
  }
}

/** A group of other people may refuse to show its locks: that is said of the group, not of the whole list. */
async function locksOfGroup(reader: VaultReader, scope: ArmId, vault: ArmId): Promise<readonly Lock[]> {
  try {
    return await locksAt(reader, scope);
  } catch (error) {
    if (!isRefusal(error) || isWithin(vault, scope)) throw error;
    const refusal = { code: error.code, message: error.message };
    const id = armId(`${scope}/providers/Microsoft.Authorization/locks`);
    return [{ kind: "lock", id, name: "locks", state: "unreadable", scope, ofBackup: false, refusal }];
  }
}

function isRefusal(error: unknown): error is AzureError {
  return error instanceof AzureError && (error.status === 403 || error.status === 404);
}

async function locksAt(reader: VaultReader, scope: ArmId): Promise<readonly Lock[]> {
  return (await locksIfThere(reader, scope)) ?? [];
}

/** Locks that reach a scope from itself or from above; none where it is gone. Throws AzureError. */
export async function locksReaching(reader: VaultReader, scope: ArmId): Promise<readonly Lock[]> {
  return (await locksAt(reader, scope)).filter((lock) => isWithin(scope, lock.scope));
}

/** The locks in sight of a scope; undefined when the group or resource is gone. */
async function locksIfThere(reader: VaultReader, scope: ArmId): Promise<readonly Lock[] | undefined> {
  try {
    return (await reader.locks(scope)).map(lockFrom);
  } catch (error) {
    if (error instanceof AzureError && error.status === 404 && /^Resource(Group)?NotFound$/i.test(error.code))
      return undefined;
    throw error;
  }
}

function lockFrom(answer: ArmResource): Lock {
  const scope = scopeOfLock(answer.id);
  const notes = text(answer.properties, "notes");
  const owners = groups(answer.properties, "owners").flatMap((owner) => text(owner, "applicationId") ?? []);
  return {
    kind: "lock",
    id: armId(answer.id),
    name: answer.name,
    state: text(answer.properties, "level") ?? "Unknown",
    scope,
    ...(notes === undefined ? {} : { notes }),
    ...(owners.length === 0 ? {} : { owners }),
    ofBackup: isWord(nameOf(armId(answer.id)), "AzureBackupProtectionLock") && /\/storageaccounts\/[^/]+$/i.test(scope),
  };
}

function subscriptionOf(id: ArmId): ArmId {
  return ancestor(id, "subscriptions") ?? id;
}

function groupOf(id: ArmId): ArmId {
  return ancestor(id, "resourceGroups") ?? subscriptionOf(id);
}

function contribute(lock: Lock, context: PlanningContext): Contribution {
  if (lock.ofBackup) return leftToService(lock);
  const held = heldUp(lock, context);
  if (held.length === 0) return { note: "it holds up nothing of this plan" };
  if (lock.refusal !== undefined) return { blockers: [unreadable(lock, lock.refusal, held)] };
  // A level that cannot be put back is not taken away.
  if (!/^(cannotdelete|readonly)$/i.test(lock.state)) return { blockers: [locked(lock, held, byOwner)] };
  if (!context.consents.includes("remove-locks")) return { blockers: [locked(lock, held, byConsent)] };
  return { steps: stepsFor(lock, held) };
}

/** Reports differ on when the service takes it away, and it may do so late: whoever deletes the account has to look. */
function leftToService({ name, id }: Lock): Contribution {
  const what = `Backup's own lock ${name}, which the service takes away some time after the account is unregistered: look before the account is deleted`;
  return { note: "left to the service: it goes when the account is unregistered", remains: [{ what, subject: id }] };
}

function stepsFor(lock: Lock, held: readonly Reached[]): readonly StepDraft[] {
  const common = { kind: "lock", target: lock.id, name: lock.name, irreversible: false, holds: lock.scope } as const;
  const remove: StepDraft = {
    ...common,
    action: "remove-lock",
    after: [],
    reason: holdsUpText(lock, held),
    weakens: `until it is put back, ${scopeText(lock, held)} can be ${isWord(lock.state, "ReadOnly") ? "changed and deleted" : "deleted"} by everyone with the right to`,
    consent: "remove-locks",
    permissions: ["Microsoft.Authorization/locks/delete"],
    request: { write: "remove-lock", lock: lock.id },
  };
  const { id, state: level, notes, owners } = lock;
  const kept = { ...(notes === undefined ? {} : { notes }), ...(owners === undefined ? {} : { owners }) };
  const request = { write: "restore-lock", lock: id, level, ...kept } as const;
  const restore: StepDraft = {
    ...common,
    action: "restore-lock",
    after: [],
    reason: `where ${scopeText(lock, held)} still stands it gets its ${level} lock back, also when this run fails or is stopped`,
    consent: "remove-locks",
    permissions: ["Microsoft.Authorization/locks/write"],
    undoes: stepKey("remove-lock", lock.id),
    byHand: putBackCommand(lock),
    request,
  };
  return [remove, restore];
}

const byOwner = "have its owner remove it, then plan again";
const byConsent =
  "plan again with --allow remove-locks, which removes it for the run and puts it back, or have its owner remove it";

function locked(lock: Lock, held: readonly Reached[], fix: string): Blocker {
  return {
    code: "locked",
    subject: lock.id,
    reason: holdsUpText(lock, held),
    fix,
    who: ownerText(lock),
  };
}

function unreadable(lock: Lock, refusal: NonNullable<Lock["refusal"]>, held: readonly Reached[]): Blocker {
  return {
    code: "locks-unreadable",
    subject: lock.id,
    reason: `the locks of ${scopeText(lock, held)} cannot be read, so nobody knows whether they hold up ${whatText(held)}: ${refusal.code}: ${refusal.message}`,
    fix: held.every((reached) => reached.what.startsWith("private endpoint"))
      ? "get the right to read them (Reader is enough), or leave the endpoint with --keep private-endpoints"
      : "get the right to read them (Reader is enough), then plan again",
    who: `an owner of ${scopeText(lock, held)}`,
  };
}

function holdsUpText(lock: Lock, held: readonly Reached[]): string {
  const refused = [...new Set(held.map((reached) => effectOf(lock.state, reached.relation).refuses))].join(" and ");
  return `the ${lock.state} lock ${lock.name} on ${scopeText(lock, held)} refuses ${refused}: it holds up ${whatText(held)}`;
}

const mostNamed = 5;

function whatText(held: readonly Reached[]): string {
  const named = held.slice(0, mostNamed).map((reached) => reached.what);
  const more = held.length > mostNamed ? [`${held.length - mostNamed} more`] : [];
  return [...named, ...more].join(", ");
}

function scopeText({ scope }: Lock, held: readonly Reached[]): string {
  const resourceGroup = segmentAfter(scope, "resourceGroups");
  if (resourceGroup === undefined) return `subscription ${nameOf(scope)}`;
  if (idKey(scope) === idKey(groupOf(scope))) return `resource group ${resourceGroup}`;
  return held.find((reached) => idKey(reached.id) === idKey(scope))?.what ?? scope;
}

function ownerText({ owners, notes }: Lock): string {
  const whom = owners === undefined ? "whoever set the lock" : `its owner, application ${owners.join(", ")}`;
  return notes === undefined ? whom : `${whom}; its notes say: ${notes}`;
}

function prove(step: Step, found: readonly Lock[]): Proof {
  const lock = found.find((candidate) => idKey(candidate.id) === idKey(step.target));
  if (lock?.state === scopeGone)
    return { verdict: "proved", evidence: "what was locked is gone, and the lock with it" };
  if (step.request?.write !== "restore-lock")
    return lock === undefined
      ? { verdict: "proved", evidence: "the lock is no longer listed" }
      : { verdict: "not-yet", found: `the lock is still listed, ${lock.state}` };
  if (lock === undefined) return { verdict: "not-yet", found: "the lock is not listed yet" };
  // A stricter one that a person has set meanwhile is not made weaker.
  return isWord(lock.state, step.request.level) || isWord(lock.state, "ReadOnly")
    ? { verdict: "proved", evidence: `the lock is listed again, ${lock.state}` }
    : { verdict: "not-yet", found: `the lock is listed as ${lock.state}, not as ${step.request.level}` };
}
