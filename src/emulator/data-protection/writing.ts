// Writes inside Backup vaults: deleting and undeleting instances, deleting policies, the resource guard.
// It must not change the vault itself.
import type { Answer } from "../answers.ts";
import { found, noContent } from "../answers.ts";
import type { Call, Route } from "../call.ts";
import { parameter } from "../call.ts";
import { dataProtectionError, dataProtectionNotFound } from "../data-protection-errors.ts";
import { newGuid } from "../guids.ts";
import { object, text } from "../json.ts";
import { sameName } from "../names.ts";
import { takes } from "../operation-times.ts";
import { refusedDeletion, unlockDelete } from "../resource-guards.ts";
import type { WorldResource } from "../world.ts";
import { guardedOrNot, replaceVault, undeleted } from "./changes.ts";
import { acceptedChange, changesUnderWay, startChange } from "./operations.ts";
import { alreadyProtected } from "./protection.ts";
import { isKept } from "./recovery-points.ts";
import { immutability, softDeletes } from "./security.ts";
import { backupVaultRoute, backupVaultType } from "./vault-scope.ts";
import type { WorldBackupInstance, WorldBackupVault } from "./world-backup-vault.ts";

const places = { status: "vault", result: "subscription" } as const;

function named<Entry extends WorldResource>(entries: readonly Entry[], call: Call): Entry | undefined {
  return entries.find(({ name }) => sameName(name, parameter(call, "name")));
}

/** Recorded: 202, and 204 where there is none (azext2024__test_dataprotection_backup_instance_softdelete). */
function deleteInstance(call: Call, vault: WorldBackupVault): Answer {
  const instance = named(vault.backupInstances, call);
  if (instance === undefined) return noContent;
  const guarded = refusedDeletion(call, vault, `${backupVaultType}/backupInstances/delete`);
  const refusal = guarded ?? refusedOnImmutable(call, vault, instance);
  if (refusal !== undefined) return refusal;
  const running = changesUnderWay(call.state, vault.id).find(
    ({ effect }) => effect.change === "delete-instance" && sameName(effect.instance, instance.name),
  );
  const operation =
    running ??
    startChange(
      call,
      vault.id,
      {
        kind: "change-backup-vault",
        change: "delete-instance",
        instance: instance.name,
        keeps: softDeletes(call, vault, instance),
        activity: call.clientRequest ?? newGuid(call.state),
      },
      takes(call.state, "deleteBackupInstance"),
    );
  return acceptedChange(call, vault.location, operation, places);
}

/** Documented: backups of the operational tier are not held by immutability. Code and text are unverified. */
function refusedOnImmutable(call: Call, vault: WorldBackupVault, instance: WorldBackupInstance): Answer | undefined {
  if (immutability(vault) === "Disabled" || !(instance.recoveryPoints ?? []).some((point) => isKept(point, call.now)))
    return undefined;
  const code = "UserErrorOperationDeniedOnImmutableItem";
  const message = "The backup instance has recovery points that have not expired, and the vault is immutable.";
  return dataProtectionError(call.state, { status: 400, code, message });
}

/** Recorded: 200 without a body (azext2024__test_dataprotection_backup_instance_softdelete). */
function undeleteInstance(call: Call, vault: WorldBackupVault): Answer {
  const instance = named(vault.deletedBackupInstances, call);
  if (instance === undefined) return dataProtectionNotFound();
  const standing = named(vault.backupInstances, call);
  if (standing !== undefined) return alreadyProtected(call, { vault: vault.id, instance: standing });
  replaceVault(
    call.state,
    {
      ...vault,
      backupInstances: [...vault.backupInstances, undeleted(instance)],
      deletedBackupInstances: vault.deletedBackupInstances.filter((other) => other !== instance),
    },
    call.now,
  );
  return { status: 200 };
}

/** Recorded: 200 without a body (azext2024__test_dataprotection_backup_policy_create_and_delete). Absent: 204, documented. */
function deletePolicy(call: Call, vault: WorldBackupVault): Answer {
  const policy = named(vault.backupPolicies, call);
  if (policy === undefined) return noContent;
  const names = ({ properties }: WorldBackupInstance): boolean =>
    sameName(text(object(properties, "policyInfo"), "policyId"), `${vault.id}/backupPolicies/${policy.name}`);
  if (vault.backupInstances.some(names)) {
    // unverified: code and text
    const message = `The backup policy '${policy.name}' is used by backup instances.`;
    return dataProtectionError(call.state, { status: 400, code: "UserErrorPolicyInUse", message });
  }
  if (vault.deletedBackupInstances.some(names)) {
    // field report: the code; the text is unverified
    const code = "UserErrorPolicyAssociatedWithSoftDeletedItems";
    const message = `The backup policy '${policy.name}' is associated with soft-deleted backup instances.`;
    return dataProtectionError(call.state, { status: 400, code, message });
  }
  replaceVault(
    call.state,
    { ...vault, backupPolicies: vault.backupPolicies.filter((other) => other !== policy) },
    call.now,
  );
  return { status: 200 };
}

/** Recorded: 200 with an empty object, after an unlock (azext2024__test_dataprotection_resource_guard_mapping). */
function deleteProxy(call: Call, vault: WorldBackupVault): Answer {
  const proxy = named(vault.resourceGuardProxies, call);
  if (proxy === undefined) return noContent;
  const refusal = refusedDeletion(call, vault, `${backupVaultType}/backupResourceGuardProxies/delete`);
  if (refusal !== undefined) return refusal;
  const resourceGuardProxies = vault.resourceGuardProxies.filter((other) => other !== proxy);
  replaceVault(call.state, { ...guardedOrNot(vault, false), resourceGuardProxies }, call.now);
  return found({});
}

export const backupVaultWritingRoutes: readonly Route[] = [
  backupVaultRoute("DELETE", "backupInstances/{name}", deleteInstance),
  backupVaultRoute("POST", "deletedBackupInstances/{name}/undelete", undeleteInstance),
  backupVaultRoute("DELETE", "backupPolicies/{name}", deletePolicy),
  backupVaultRoute("DELETE", "backupResourceGuardProxies/{name}", deleteProxy),
  backupVaultRoute("POST", "backupResourceGuardProxies/{proxy}/unlockDelete", unlockDelete),
];
