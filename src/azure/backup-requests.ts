// The request of each write to a Recovery Services vault and its backups, as data: what is sent raw, and what the SDK's methods
// send. It sends nothing, and must not load an SDK.

import { nameOf, segmentAfter, vaultId, type ArmId, type Scope } from "../model/arm-id.ts";
import type { PlainRequest } from "../model/equivalent-request.ts";
import type { GuardPass, WriteRequest } from "../model/write-request.ts";
import type { Addressed } from "./addressed.ts";
import type { OfBackupVault } from "./backup-vault-requests.ts";
import { encoded } from "./encoded.ts";
import { guardMember } from "./guard-requests.ts";
import type { RawWrite } from "./raw-requests.ts";
import type { OfWrite } from "./write-answer.ts";

export type BackupWrite = Exclude<WriteRequest, RawWrite | OfBackupVault>;

/** Throws AzureError for an id of which no address can be made. */
export function backupRequest(at: Addressed, scope: Scope, request: BackupWrite): PlainRequest {
  const { backup, vaultWrites } = at.apiVersions;
  const below = (path: string, version = backup): string =>
    `${at.cloud.endpoint}${encoded(`${vaultId(scope)}${path}`)}?api-version=${version}`;
  switch (request.write) {
    case "delete-protected-item":
      return { method: "DELETE", url: below(itemPath(request.item)) };
    case "undelete-protected-item":
      return undeleteItem(at, request);
    case "unregister-container":
      return {
        method: "DELETE",
        url: below(`/backupFabrics/Azure/protectionContainers/${nameOf(request.container)}`),
      };
    case "delete-protection-intent":
      return { method: "DELETE", url: below(`/backupFabrics/Azure/backupProtectionIntent/${nameOf(request.intent)}`) };
    case "cancel-backup-job":
      return { method: "POST", url: below(`/backupJobs/${nameOf(request.job)}/cancel`) };
    case "set-soft-delete":
      return securityRequest(at, scope, { softDeleteSettings: softDeleteSettings(request) }, request);
    case "set-immutability":
      return securityRequest(at, scope, { immutabilitySettings: { state: request.state } }, request);
    case "unregister-server":
      // One segment, whatever it holds.
      return {
        method: "DELETE",
        url: below("/registeredIdentities", vaultWrites).replace(
          "?",
          () => `/${encodeURIComponent(request.identity)}?`,
        ),
      };
    case "delete-vault":
      return { method: "DELETE", url: below("", vaultWrites) };
    default:
      return request satisfies never;
  }
}

function itemPath(item: ArmId): string {
  const container = segmentAfter(item, "protectionContainers") ?? "";
  return `/backupFabrics/Azure/protectionContainers/${container}/protectedItems/${nameOf(item)}`;
}

/**
 * Undeleting is a PUT with `isRehydrate`; the item comes back stopped and without a policy (recorded:
 * azcli2024__test_backup_softdelete). Sent raw: of an item type it has no model for, the SDK drops the state to come back in.
 */
function undeleteItem(at: Addressed, request: OfWrite<"undelete-protected-item">): PlainRequest {
  const properties = {
    protectedItemType: request.itemType,
    policyId: "",
    isRehydrate: true,
    protectionState: "ProtectionStopped",
    ...(request.sourceId === undefined ? {} : { sourceResourceId: request.sourceId }),
    ...guardMember(request.guard),
  };
  const url = `${at.cloud.endpoint}${encoded(request.item)}?api-version=${at.apiVersions.backup}`;
  return { method: "PUT", url, body: { properties } };
}

/** Always both fields: the service refuses one without the other. */
function softDeleteSettings(request: OfWrite<"set-soft-delete">): object {
  return {
    softDeleteState: request.softDeleteState,
    ...alongside(request),
    softDeleteRetentionPeriodInDays: request.retentionDays,
  };
}

/** The field the service wants along with soft delete; left out where nobody could read it. */
function alongside({ hybridState }: { readonly hybridState: string }): { readonly enhancedSecurityState?: string } {
  return hybridState === "Unknown" ? {} : { enhancedSecurityState: hybridState };
}

function securityRequest(
  { cloud, apiVersions }: Addressed,
  scope: Scope,
  securitySettings: object,
  { guard }: { readonly guard?: GuardPass },
): PlainRequest {
  const url = `${cloud.endpoint}${encoded(vaultId(scope))}?api-version=${apiVersions.vaultWrites}`;
  return { method: "PATCH", url, body: { properties: { securitySettings, ...guardMember(guard) } } };
}

/** What the older backup configuration takes, where the vault's own API does not take the setting. */
export function backupConfigProperties(request: OfWrite<"set-soft-delete">): {
  readonly softDeleteFeatureState: string;
  readonly enhancedSecurityState?: string;
  readonly resourceGuardOperationRequests?: string[];
} {
  return {
    softDeleteFeatureState: request.softDeleteState,
    ...alongside(request),
    ...guardMember(request.guard),
  };
}

/** The same setting, written to the older backup configuration. */
export function backupConfigRequest(at: Addressed, scope: Scope, request: OfWrite<"set-soft-delete">): PlainRequest {
  const path = encoded(`${vaultId(scope)}/backupconfig/vaultconfig`);
  const url = `${at.cloud.endpoint}${path}?api-version=${at.apiVersions.backup}`;
  return { method: "PATCH", url, body: { properties: backupConfigProperties(request) } };
}
