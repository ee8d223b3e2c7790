// Writes to a Backup vault itself: its settings, its deletion and its return. It must not change what stands in it.
import type { Answer } from "../answers.ts";
import { noContent } from "../answers.ts";
import { resourceGroupNotFound } from "../arm-errors.ts";
import type { Call, Route } from "../call.ts";
import { parameter } from "../call.ts";
import { dataProtectionError, dataProtectionNotFound } from "../data-protection-errors.ts";
import { newGuid } from "../guids.ts";
import type { Properties } from "../json.ts";
import { isObject, object, text, without } from "../json.ts";
import { lastSegment, sameName } from "../names.ts";
import { takes } from "../operation-times.ts";
import { signedUrl } from "../operations.ts";
import { resourceGroupKnown } from "../vault-scope.ts";
import type { BackupVaultChange } from "./changes.ts";
import { createVault, outside, putVault } from "./configuring.ts";
import { acceptedChange, changesUnderWay, startChange, vaultGuid } from "./operations.ts";
import { isSecureByDefault, knowsSecureByDefault, refusedSecurity, softDeleteState } from "./security.ts";
import { backupVaultBody, backupVaultIdOf, backupVaultRoute, backupVaultType } from "./vault-scope.ts";
import type { WorldBackupVault, WorldDeletedBackupVault } from "./world-backup-vault.ts";

const kind = "change-backup-vault";

/** Recorded: 202, both urls below the vault (azext2022__test_dataprotection_Scenario). */
function updateVault(call: Call, vault: WorldBackupVault): Answer {
  const { tags } = call.body ?? {};
  const properties = object(call.body ?? {}, "properties");
  const refusal = refusedSecurity(call, vault, properties);
  if (refusal !== undefined) return refusal;
  const change: BackupVaultChange = {
    kind,
    change: "update",
    properties: without(properties, ["resourceGuardOperationRequests"]),
    ...(isObject(tags) ? { tags } : {}),
  };
  const operation = startChange(call, vault.id, change, takes(call.state, "updateBackupVault"));
  return acceptedChange(call, vault.location, operation, { status: "vault", result: "vault" });
}

/** Recorded: 202, the status not below the vault but in its resource group, the result in the subscription. */
function deleteVault(call: Call, vault: WorldBackupVault): Answer {
  const refusal = refusedDeletionOf(call, vault);
  if (refusal !== undefined) return refusal;
  const isSoft = isSecureByDefault(call, vault) || softDeleteState(vault) === "AlwaysOn";
  const operation =
    changesUnderWay(call.state, vault.id).find(({ effect }) => effect.change === "delete") ??
    startChange(
      call,
      vault.id,
      {
        kind,
        change: "delete",
        keeps: isSoft && knowsSecureByDefault(call),
        activity: call.clientRequest ?? newGuid(call.state),
        guid: vaultGuid(vault.id),
        location: vault.location,
      },
      takes(call.state, "deleteBackupVault"),
    );
  return acceptedChange(call, vault.location, operation, { status: "group", result: "subscription" });
}

/**
 * Documented: the text. The code is unverified, and so is that soft-deleted instances alone keep a classic vault.
 * Whether policies keep a vault that is secure by default is not stated anywhere; here they do not.
 */
function refusedDeletionOf(call: Call, vault: WorldBackupVault): Answer | undefined {
  const { backupInstances, deletedBackupInstances, backupPolicies } = vault;
  const goesAlong = isSecureByDefault(call, vault) && knowsSecureByDefault(call);
  const inTheWay = goesAlong ? backupInstances : [...backupInstances, ...deletedBackupInstances, ...backupPolicies];
  if (inTheWay.length === 0) return undefined;
  const message =
    "Cannot delete the Backup vault as there are existing backup instances or backup policies in the vault. Delete all backup instances and backup policies that are present in the vault and then try deleting the vault.";
  return dataProtectionError(call.state, { status: 400, code: "UserErrorBackupVaultNotEmpty", message });
}

/** Unverified, status and text too; the code is that of Recovery Services vaults. */
function nameTaken(call: Call, { id }: WorldBackupVault): Answer {
  const code = "UserErrorDeletedVaultUndeleteConflictingVaultPresent";
  const message = `The deleted vault cannot be undeleted because the Backup vault '${id}' is present.`;
  return dataProtectionError(call.state, { status: 409, code, message });
}

/**
 * Documented: the header. Recorded: 201, one url, 10 s, and the identity that the request names
 * (ps2026p__Undo-AzDataProtectionVaultDeletion).
 */
function undeleteVault(call: Call): Answer {
  if (call.deletedVault === undefined) return createVault(call);
  if (!resourceGroupKnown(call)) return resourceGroupNotFound(parameter(call, "group"));
  const id = backupVaultIdOf(call);
  const deleted = deletedFrom(call, lastSegment(call.deletedVault), id);
  if (deleted === undefined) return dataProtectionNotFound();
  const running = changesUnderWay(call.state, id).find(({ effect }) => effect.change === "undelete");
  const operation =
    running ??
    startChange(
      call,
      id,
      { kind, change: "undelete", deletedVault: deleted.name, given: outside(call) },
      takes(call.state, "undeleteBackupVault"),
    );
  const status = signedUrl(call, `${id}/operationStatus/${operation.id}`);
  return {
    status: 201,
    headers: { "Azure-AsyncOperation": status, "Retry-After": "10" },
    body: { ...bodyOfReturning(id, deleted), ...outside(call) },
  };
}

/** Recorded: the vault comes back under its old id. */
function deletedFrom(call: Call, name: string, id: string): WorldDeletedBackupVault | undefined {
  return call.state.deletedBackupVaults.find(
    (known) => sameName(known.name, name) && sameName(text(known.properties, "originalBackupVaultResourcePath"), id),
  );
}

function bodyOfReturning(id: string, { location, contents }: WorldDeletedBackupVault): Properties {
  const provisioningState = "Provisioning";
  if (contents === undefined)
    return { location, properties: { provisioningState }, id, name: lastSegment(id), type: backupVaultType };
  return backupVaultBody({ ...contents, properties: { ...contents.properties, provisioningState } });
}

export const backupVaultOwnRoutes: readonly Route[] = [
  backupVaultRoute("PATCH", "", updateVault),
  backupVaultRoute("DELETE", "", deleteVault, () => noContent),
  backupVaultRoute(
    "PUT",
    "",
    (call, vault) => (call.deletedVault === undefined ? putVault(call, vault) : nameTaken(call, vault)),
    undeleteVault,
  ),
];
