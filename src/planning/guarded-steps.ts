// Marks the steps that a resource guard decides over, in one place for all kinds: the guarded operation is a fact about the action.

import type { ResourceGuard } from "../model/resource.ts";
import type { Action, Guarded, StepDraft } from "../model/step.ts";
import type { GuardPass, WriteRequest } from "../model/write-request.ts";

const items = "/backupFabrics/protectionContainers/protectedItems";

/** The critical operation behind an action, as a guard's proxy names it (recorded; az backup's own table for the last). */
const criticalOperations: ReadonlyMap<Action, readonly string[]> = new Map([
  ["delete-item", [`${items}/delete`]],
  ["undelete-item", [`${items}/write`]],
  ["disable-soft-delete", ["/backupconfig/write", "/write#reduceSoftDeleteSecurity"]],
  ["disable-hybrid-security", ["/backupconfig/write"]],
  ["disable-immutability", ["/write#reduceImmutabilityState"]],
  ["delete-instance", ["/backupInstances/delete"]],
]);

/** Of a Backup vault (recorded: azext2024__test_dataprotection_resource_guard_mapping). */
const unlockInBackupVault = "Microsoft.DataProtection/backupVaults/backupResourceGuardProxies/unlockDelete/action";

/** A deletion has no body to name the guard's request in: it is unlocked first (recorded). */
export const unlockAction = "Microsoft.RecoveryServices/Vaults/backupResourceGuardProxies/unlockDelete/action";

/** The drafts, with those that a guard decides over marked and their requests passing by it. */
export function markGuarded(drafts: readonly StepDraft[], guards: readonly ResourceGuard[]): readonly StepDraft[] {
  return guards.length === 0 ? drafts : drafts.map((draft) => guardedDraft(draft, guards));
}

function guardedDraft(draft: StepDraft, guards: readonly ResourceGuard[]): StepDraft {
  const wanted = criticalOperations.get(draft.action)?.map((operation) => operation.toLowerCase()) ?? [];
  for (const { id, guard, operations } of guards) {
    const found = operations.find(({ operation }) => wanted.includes(operation.toLowerCase()));
    if (found === undefined || draft.request === undefined) continue;
    const { operation, request } = found;
    return {
      ...draft,
      guarded: { guard, operation, request },
      permissions: [...draft.permissions, ...unlocking(draft.request)],
      request: passing(draft.request, { proxy: id, request }),
    };
  }
  return draft;
}

function unlocking({ write }: WriteRequest): readonly string[] {
  if (write === "delete-backup-instance") return [unlockInBackupVault];
  return write === "delete-protected-item" ? [unlockAction] : [];
}

function passing(request: WriteRequest, guard: GuardPass): WriteRequest {
  const { write } = request;
  const canPass =
    write === "delete-protected-item" ||
    write === "undelete-protected-item" ||
    write === "delete-backup-instance" ||
    write === "set-backup-vault-security" ||
    write === "set-soft-delete" ||
    write === "set-immutability";
  return canPass ? { ...request, guard } : request;
}

/**
 * What the caller must be allowed at the guard. Documented: Reader is not enough, Backup MUA Operator is, and that role
 * has only reads and actions of Microsoft.DataProtection; that the action is the one on the request's type is inferred.
 */
export function guardAction({ request }: Guarded): string {
  const [, types = ""] = /\/providers\/(.+)$/i.exec(request) ?? [];
  const segments = types.split("/");
  const named = [segments[0], ...segments.slice(1).filter((_, index) => index % 2 === 0)];
  return `${named.join("/")}/action`;
}
