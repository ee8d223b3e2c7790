// Changing a vault: PATCH of the vault and of the older backupconfig, and what each refuses.
// It must not touch what stands inside the vault.
import type { Answer } from "./answers.ts";
import { found } from "./answers.ts";
import { invalidInput, notImplemented, serviceError } from "./arm-errors.ts";
import type { Call, Route } from "./call.ts";
import { vaultWork } from "./effects.ts";
import type { Json, Properties } from "./json.ts";
import { isObject, merged, object, text } from "./json.ts";
import { takes } from "./operation-times.ts";
import { acceptedAt, startOperation, vaultOperationId } from "./operations.ts";
import { refusedWrite } from "./resource-guards.ts";
import { immutability, softDeleteIsFixed, softDeleteSettings } from "./soft-delete.ts";
import type { State, VaultState } from "./state.ts";
import { vaultChild, vaultRoute } from "./vault-scope.ts";
import { vaultBody } from "./vaults.ts";

function patchVault(call: Call, vault: VaultState): Answer {
  const changes = call.body ?? {};
  const refusal =
    refusedChange(call, vault, changes) ?? refusedByGuard(call, vault, changes) ?? busy(call.state, vault);
  if (refusal !== undefined) return refusal;
  if (isPlainIdentity(changes)) {
    applyVaultChanges(vault, changes, call.now);
    return found(vaultBody(vault, call.apiVersion));
  }
  const operation = startOperation(call.state, {
    id: vaultOperationId(call.state, "4095"),
    vaultId: vault.id,
    effect: { kind: "update-vault", changes },
    startsAt: call.now,
    takes: takes(call.state, "updateVault"),
  });
  return acceptedAt(
    call,
    `${vault.id}/operationStatus/${operation.id}`,
    `${vault.id}/operationResults/${operation.id}`,
  );
}

/** Recorded: an identity without user-assigned ones is set at once (azcli2024__test_backup_identity). */
function isPlainIdentity(changes: Properties): boolean {
  const { identity, properties } = changes;
  return isObject(identity) && properties === undefined && !/userassigned/iu.test(text(identity, "type"));
}

function refusedChange(call: Call, vault: VaultState, changes: Properties): Answer | undefined {
  const security = object(object(changes, "properties"), "securitySettings");
  const softDelete = object(security, "softDeleteSettings");
  return (
    refusedRetention(softDelete["softDeleteRetentionPeriodInDays"]) ??
    refusedSoftDelete(call, vault, text(softDelete, "softDeleteState"), text(softDelete, "enhancedSecurityState")) ??
    refusedImmutability(immutability(vault), text(object(security, "immutabilitySettings"), "state"))
  );
}

/** Documented: turning soft delete or security features off, and reducing immutability, are guarded operations. */
function refusedByGuard(call: Call, vault: VaultState, changes: Properties): Answer | undefined {
  const properties = object(changes, "properties");
  const security = object(properties, "securitySettings");
  const { softDeleteState, enhancedSecurityState } = object(security, "softDeleteSettings");
  const [from, to] = [immutability(vault), text(object(security, "immutabilitySettings"), "state")];
  return (
    (turnsOff(vault, softDeleteState, enhancedSecurityState)
      ? refusedWrite(call, vault, "/backupconfig/write", properties)
      : undefined) ??
    (to === "Disabled" && from !== to
      ? refusedWrite(call, vault, "/write#reduceImmutabilityState", properties)
      : undefined)
  );
}

function turnsOff(vault: VaultState, state: unknown, enhanced: unknown): boolean {
  const current = softDeleteSettings(vault);
  const off = (from: string, to: unknown): boolean => to === "Disabled" && from !== "Disabled";
  return off(current.state, state) || off(current.enhanced, enhanced);
}

function refusedSoftDelete(call: Call, vault: VaultState, state: string, enhanced: string): Answer | undefined {
  if (!softDeleteIsFixed(vault, call.apiVersion)) return undefined;
  const current = softDeleteSettings(vault);
  if (!weakens(current.state, state) && !weakens(current.enhanced, enhanced)) return undefined;
  const message =
    "Disabling soft delete or enhanced security state is not allowed for this vault. Please contact Microsoft Support if this is not expected.";
  return serviceError(400, "BMSUserErrorDisablingSoftDeleteStateNotAllowed", message);
}

/** Documented (rules 3): 14 to 180 days; the code and the text are unverified. */
function refusedRetention(days: Json | undefined): Answer | undefined {
  if (days === undefined || (Number.isInteger(days) && Number(days) >= 14 && Number(days) <= 180)) return undefined;
  return invalidInput(`The soft delete retention of ${JSON.stringify(days)} days is not between 14 and 180 days.`);
}

function weakens(current: string, wanted: string): boolean {
  const [from, to] = [current.toLowerCase(), wanted.toLowerCase()];
  return to === "disabled" || (from === "alwayson" && to === "enabled");
}

/** Code and text are recorded for Backup vaults only; documented direction: Locked ← Unlocked ↔ Disabled. */
function refusedImmutability(current: string, wanted: string): Answer | undefined {
  const leavesLocked = current === "Locked" && wanted !== "" && wanted !== "Locked";
  const skipsUnlocked = current === "Disabled" && wanted === "Locked";
  if (!leavesLocked && !skipsUnlocked) return undefined;
  const message = "The immutable vault property for this vault is locked, hence, this setting cannot be disabled.";
  return serviceError(400, "UserErrorUnsupportedVaultImmutabilityStateChange", message);
}

function busy(state: State, vault: VaultState): Answer | undefined {
  const isRunning = state.operations.of(vaultWork(vault.id, "update-vault")).some(({ settled }) => !settled);
  if (!isRunning) return undefined;
  const message = "Another operation is in progress on the vault. Please retry after some time.";
  return serviceError(409, "RSVaultUpdateErrorConflictingOperationInProgress", message);
}

export function applyVaultChanges(vault: VaultState, changes: Properties, at: number): void {
  const properties = withAzureSpelling(object(changes, "properties"));
  vault.properties = merged(vault.properties, properties);
  if (isObject(changes["tags"])) vault.tags = changes["tags"];
  if (isObject(changes["identity"])) vault.identity = changes["identity"];
  if (isObject(changes["sku"])) vault.sku = changes["sku"];
  vault.updatedAt = at;
  if (Object.keys(object(object(properties, "securitySettings"), "softDeleteSettings")).length > 0) {
    vault.softDeleteSetByVaultApi = true;
  }
}

/** Recorded: `AlwaysOn` is sent, `AlwaysON` is answered (azcli2026p__test_vault_soft_delete_basic). */
function withAzureSpelling(properties: Properties): Properties {
  return JSON.parse(JSON.stringify(properties).replaceAll(/"alwayson"/giu, '"AlwaysON"')) as Properties;
}

function configBody(call: Call, vault: VaultState): Json {
  const { state, days, enhanced } = softDeleteSettings(vault);
  return vaultChild(vault, "backupconfig", "vaultconfig", {
    enhancedSecurityState: enhanced,
    softDeleteFeatureState: state,
    // recorded: not yet told with api-versions until 2019 (azcli2020__test_backup_softdelete)
    ...(call.apiVersion < "2020" ? {} : { softDeleteRetentionPeriodInDays: days }),
    isSoftDeleteFeatureStateEditable: !softDeleteIsFixed(vault, call.apiVersion),
  });
}

function patchConfig(call: Call, vault: VaultState): Answer {
  const wanted = object(call.body ?? {}, "properties");
  const state = text(wanted, "softDeleteFeatureState");
  const enhanced = text(wanted, "enhancedSecurityState");
  const guarded = turnsOff(vault, state, enhanced)
    ? refusedWrite(call, vault, "/backupconfig/write", wanted)
    : undefined;
  const days = wanted["softDeleteRetentionPeriodInDays"];
  const refusal = refusedRetention(days) ?? refusedSoftDelete(call, vault, state, enhanced) ?? guarded;
  if (refusal !== undefined) return refusal;
  if (vault.softDeleteSetByVaultApi) {
    const message =
      "Soft delete settings cannot be modified using this API. Since the Vault API was previously used to set them, use the Vault API.";
    return serviceError(400, "BMSUserErrorSoftDeleteUseVaultApi", message);
  }
  const softDelete: Properties = {
    ...(state === "" ? {} : { softDeleteState: state }),
    ...(enhanced === "" ? {} : { enhancedSecurityState: enhanced }),
    ...(days === undefined ? {} : { softDeleteRetentionPeriodInDays: days }),
  };
  const changes = withAzureSpelling({ securitySettings: { softDeleteSettings: softDelete } });
  vault.properties = merged(vault.properties, changes);
  return found(configBody(call, vault));
}

export const vaultSettingRoutes: readonly Route[] = [
  vaultRoute("PATCH", "", patchVault),
  {
    method: "PUT",
    path: "subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.RecoveryServices/vaults/{vault}",
    answer: (call) => notImplemented("PUT", call.path),
  },
  vaultRoute("GET", "backupconfig/vaultconfig", (call, vault) => found(configBody(call, vault))),
  vaultRoute("PATCH", "backupconfig/vaultconfig", patchConfig),
];
