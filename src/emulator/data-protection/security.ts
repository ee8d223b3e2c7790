// The security settings of a Backup vault, and which changes of them are refused. It must not change a vault.
import type { Answer } from "../answers.ts";
import type { Call } from "../call.ts";
import { dataProtectionError } from "../data-protection-errors.ts";
import type { Properties } from "../json.ts";
import { list, object, text } from "../json.ts";
import { refusedWrite } from "../resource-guards.ts";
import { backupVaultType } from "./vault-scope.ts";
import type { WorldBackupInstance, WorldBackupVault } from "./world-backup-vault.ts";

function setting(properties: Properties, name: "softDeleteSettings" | "immutabilitySettings"): Properties {
  return object(object(properties, "securitySettings"), name);
}

/** Azure's words: On, Off or AlwaysOn; a vault that does not say has it on (documented). */
export function softDeleteState({ properties }: WorldBackupVault): string {
  return text(setting(properties, "softDeleteSettings"), "state") || "On";
}

/** Documented: from this api-version on what is secure by default is known to be so. */
export function knowsSecureByDefault({ apiVersion }: Pick<Call, "apiVersion">): boolean {
  return apiVersion.slice(0, 10) >= "2025-09-01";
}

/** As the caller's api-version meets it. */
export function isSecureByDefault(call: Pick<Call, "apiVersion">, { regime }: WorldBackupVault): boolean {
  return regime === "secure-by-default" || (regime === "preview" && knowsSecureByDefault(call));
}

/** Whether this instance becomes a soft-deleted one when it is deleted. */
export function softDeletes(call: Call, vault: WorldBackupVault, instance: WorldBackupInstance): boolean {
  if (isOperationalBlobBackup(instance)) return false;
  return isSecureByDefault(call, vault) || softDeleteState(vault) !== "Off";
}

/**
 * Documented: operational backups of blobs are not soft-deleted. Recorded: those of the vault tier name the containers
 * they hold (azext2024__test_dataprotection_backup_instance_create_and_delete_blob).
 */
function isOperationalBlobBackup({ properties }: WorldBackupInstance): boolean {
  if (text(object(properties, "dataSourceInfo"), "datasourceType") !== blobs) return false;
  const parameters = object(object(properties, "policyInfo"), "policyParameters");
  return list(parameters, "backupDatasourceParametersList").length === 0;
}

const blobs = "Microsoft.Storage/storageAccounts/blobServices";

/** Azure's words: Disabled, Unlocked or Locked. */
export function immutability({ properties }: WorldBackupVault): string {
  return text(setting(properties, "immutabilitySettings"), "state") || "Disabled";
}

/** For the `properties` of a write: the first setting that may not become what they say. */
export function refusedSecurity(call: Call, vault: WorldBackupVault, given: Properties): Answer | undefined {
  return refusedImmutability(call, vault, given) ?? refusedSoftDelete(call, vault, given);
}

/** Recorded for PUT (test_dataprotection_backup_vault_update): a locked vault stays immutable. */
function refusedImmutability(call: Call, vault: WorldBackupVault, given: Properties): Answer | undefined {
  const wanted = text(setting(given, "immutabilitySettings"), "state");
  const state = immutability(vault);
  if (wanted === "" || wanted === state || state === "Disabled") return undefined;
  if (state === "Locked") {
    const code = "UserErrorUnsupportedVaultImmutabilityStateChange";
    const message = "The immutable vault property for this vault is locked, hence, this setting cannot be disabled.";
    return dataProtectionError(call.state, { status: 400, code, message });
  }
  if (wanted === "Locked") return undefined;
  return refusedWrite(call, vault, `${backupVaultType}/write#reduceImmutabilityState`, given);
}

/** AlwaysOn: recorded for PUT (test_dataprotection_backup_vault_update). Secure by default: the code is a field report's. */
function refusedSoftDelete(call: Call, vault: WorldBackupVault, given: Properties): Answer | undefined {
  const wanted = text(setting(given, "softDeleteSettings"), "state");
  const state = softDeleteState(vault);
  if (wanted === "" || wanted === state || wanted === "AlwaysOn") return undefined;
  if (isSecureByDefault(call, vault)) {
    const message = "Soft delete of this Backup vault must stay always on.";
    return dataProtectionError(call.state, { status: 400, code: "DppAlwaysOnSoftDeleteStateMandatory", message });
  }
  if (state === "AlwaysOn") {
    const message = "Cannot disable soft delete once set to AlwaysOn";
    return dataProtectionError(call.state, { status: 400, code: "UserErrorDisableSoftDeleteNotAllowed", message });
  }
  if (wanted === "On") return undefined;
  return refusedWrite(call, vault, `${backupVaultType}/write#reduceSoftDeleteSecurity`, given);
}
