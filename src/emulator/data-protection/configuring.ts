// Writing policies, the mapping to a resource guard, and Backup vaults themselves, new ones too.
// It must not bring deleted vaults back.
import { createHash } from "node:crypto";

import type { Answer } from "../answers.ts";
import { found } from "../answers.ts";
import { invalidInput, resourceGroupNotFound } from "../arm-errors.ts";
import type { Call, Route } from "../call.ts";
import { parameter } from "../call.ts";
import type { Properties } from "../json.ts";
import { isObject, list, merged, object, text, without } from "../json.ts";
import { sameName } from "../names.ts";
import { takes } from "../operation-times.ts";
import { signedUrl } from "../operations.ts";
import { resourceGroupKnown } from "../vault-scope.ts";
import type { WorldResource } from "../world.ts";
import { azureDate } from "../world-times.ts";
import { guardedOrNot, replaceVault } from "./changes.ts";
import { startChange } from "./operations.ts";
import { refusedSecurity } from "./security.ts";
import {
  backupVaultBody,
  backupVaultChild,
  backupVaultIdOf,
  backupVaultRoute,
  backupVaultType,
  proxyBody,
} from "./vault-scope.ts";
import type { WorldBackupVault } from "./world-backup-vault.ts";

function replacedIn(entries: readonly WorldResource[], by: WorldResource): readonly WorldResource[] {
  const others = entries.filter(({ name }) => !sameName(name, by.name));
  return [...others, by];
}

/** Recorded: 200 at once (azext2024__test_dataprotection_backup_policy_create_and_delete). */
function putPolicy(call: Call, vault: WorldBackupVault): Answer {
  const properties = object(call.body ?? {}, "properties");
  const policy = { name: parameter(call, "name"), properties };
  replaceVault(call.state, { ...vault, backupPolicies: replacedIn(vault.backupPolicies, policy) }, call.now);
  return found(backupVaultChild(vault, "backupPolicies", policy));
}

/** Recorded: what a guard protects, and the requests for it (azext2024__test_dataprotection_resource_guard_mapping). */
const guardRequests = {
  "backupInstances/delete": "deleteBackupInstanceRequests",
  "backupResourceGuardProxies/delete": "deleteResourceGuardProxyRequests",
  "write#reduceImmutabilityState": "dppReduceImmutabilityStateRequests",
  "write#reduceSoftDeleteSecurity": "dppReduceSoftDeleteSecurityRequests",
  "write#modifyEncryptionSettings": "dppModifyEncryptionSettingsRequests",
  "backupInstances/stopProtection/action": "dppDisableStopProtectionRequests",
  "backupInstances/suspendBackups/action": "dppDisableSuspendBackupsRequests",
  "backupInstances/write": "dppModifyPolicy",
  "backupInstances/restore/action": "dppTriggerRestoreRequests",
} as const;

/**
 * Recorded: 200 at once, with a request for every operation that the guard protects
 * (azext2024__test_dataprotection_resource_guard_mapping).
 */
function putProxy(call: Call, vault: WorldBackupVault): Answer {
  const given = object(call.body ?? {}, "properties");
  const id = text(given, "resourceGuardResourceId");
  if (id === "") return invalidInput("The resource guard to be mapped is missing.");
  const guard = (call.state.document.resourceGuards ?? []).find((known) => sameName(known.id, id));
  const excluded = list(guard?.properties ?? {}, "vaultCriticalOperationExclusionList");
  const resourceGuardOperationDetails = Object.entries(guardRequests)
    .map(([operation, request]) => [`${backupVaultType}/${operation}`, request] as const)
    .filter(([operation]) => !excluded.includes(operation))
    .map(([vaultCriticalOperation, request]) => ({
      vaultCriticalOperation,
      defaultResourceRequest: `${id}/${request}/default`,
    }));
  const lastUpdatedTime = azureDate(call.now);
  const properties = { resourceGuardResourceId: id, resourceGuardOperationDetails, lastUpdatedTime };
  const proxy = { name: parameter(call, "proxy"), properties };
  const resourceGuardProxies = replacedIn(vault.resourceGuardProxies, proxy);
  replaceVault(call.state, { ...guardedOrNot(vault, true), resourceGuardProxies }, call.now);
  return found(proxyBody(vault, proxy));
}

/**
 * Recorded: 201 and one url, also for a vault that stands
 * (azext2024__test_dataprotection_backup_vault_create_with_cmk_update_and_delete).
 */
export function putVault(call: Call, vault: WorldBackupVault): Answer {
  const refusal = refusedSecurity(call, vault, object(call.body ?? {}, "properties"));
  if (refusal !== undefined) return refusal;
  const properties = merged(vault.properties, settings(call));
  return written(call, { ...vault, ...outside(call), properties }, "Updating");
}

export function createVault(call: Call): Answer {
  if (!resourceGroupKnown(call)) return resourceGroupNotFound(parameter(call, "group"));
  const location = text(call.body ?? {}, "location");
  if (location === "") return invalidInput("The location of the Backup vault is missing.");
  const vault: WorldBackupVault = {
    id: backupVaultIdOf(call),
    location,
    ...outside(call),
    regime: "classic",
    properties: { provisioningState: "Succeeded", ...merged(fresh, settings(call)) },
    backupInstances: [],
    deletedBackupInstances: [],
    backupPolicies: [],
    backupJobs: [],
    resourceGuardProxies: [],
  };
  call.state.backupVaults = [...call.state.backupVaults, vault];
  return written(call, vault, "Provisioning");
}

/** Recorded: what a vault has that a request does not name. Unverified: that soft delete is on where none is asked for. */
const fresh: Properties = {
  isVaultProtectedByResourceGuard: false,
  securitySettings: { softDeleteSettings: { state: "On", retentionDurationInDays: 14 } },
  secureScore: "None",
  bcdrSecurityLevel: "Poor",
  replicatedRegions: [],
};

function settings(call: Call): Properties {
  const names = ["provisioningState", "resourceGuardOperationRequests"];
  return without(object(call.body ?? {}, "properties"), names);
}

/** What a PUT says of a vault beside its properties. */
export function outside(call: Call): Pick<WorldBackupVault, "tags" | "identity"> {
  const { tags, identity } = call.body ?? {};
  return {
    ...(isObject(tags) ? { tags } : {}),
    ...(isObject(identity) ? { identity: identityOf(backupVaultIdOf(call), identity) } : {}),
  };
}

/** The identity that Azure makes for a vault is its own. */
function identityOf(vaultId: string, identity: Properties): Properties {
  if (!/SystemAssigned/iu.test(text(identity, "type"))) return { ...identity, tenantId };
  const hex = createHash("sha256").update(`${vaultId.toLowerCase()}#identity`).digest("hex");
  const principalId = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`].join("-");
  return { ...identity, principalId: `${principalId}-${hex.slice(20, 32)}`, tenantId };
}

const tenantId = "00000000-0000-0000-0000-0000000000aa";

function written(call: Call, vault: WorldBackupVault, provisioningState: string): Answer {
  replaceVault(call.state, vault, call.now);
  const change = { kind: "change-backup-vault", change: "nothing" } as const;
  const { id } = startChange(call, vault.id, change, takes(call.state, "createBackupVault"));
  return {
    status: 201,
    headers: { "Azure-AsyncOperation": signedUrl(call, `${vault.id}/operationStatus/${id}`), "Retry-After": "10" },
    body: backupVaultBody({ ...vault, properties: { ...vault.properties, provisioningState } }),
  };
}

export const configuringRoutes: readonly Route[] = [
  backupVaultRoute("PUT", "backupPolicies/{name}", putPolicy),
  backupVaultRoute("PUT", "backupResourceGuardProxies/{proxy}", putProxy),
];
