// The address of everything that can be read of a vault, as data. It sends nothing, and must not load an SDK.

import type { ApiVersions } from "../model/api-versions.ts";
import { ancestor, scopeOfLock, vaultId, vaultTypes, type Scope } from "../model/arm-id.ts";
import type { ManagementType, ReplicationList } from "../model/ports.ts";
import type { Step } from "../model/step.ts";
import type { Addressed } from "./addressed.ts";
import { encoded } from "./encoded.ts";

/** What is read around the vault; `target`: the step's own target, `locks`: those at what its lock locks. */
type Around = "target" | "locks" | "locks-of-subscription" | "vaults-of-group" | "deleted-vaults";

type InVault =
  | "vault"
  | "vault-config"
  | "items"
  | "intents"
  | "jobs"
  | "engines"
  | "guard-proxies"
  | "policies"
  | "usages"
  | "instances"
  | "deleted-instances"
  | `containers ${ManagementType}`
  | `deleted-containers ${ManagementType}`
  | `replication ${ReplicationList}`;

/** A part of what can be read of a vault. */
export type Reading = Around | InVault;

/** Where a reading is made. */
export type Place = Addressed & { readonly scope: Scope; readonly location: string };

/** Undefined where a vault of this sort has nothing of the kind. Throws AzureError for an unusable name. */
export function readingAddress(place: Place, reading: Reading, step: Step): string | undefined {
  const { cloud, scope, apiVersions } = place;
  if (isAround(reading)) return `${cloud.endpoint}${around[reading](place, step)}`;
  const below = (scope.kind === "backup" ? inBackupVault : inRecoveryServicesVault)(apiVersions)[reading];
  return below === undefined ? undefined : `${cloud.endpoint}${encoded(vaultId(scope))}${below}`;
}

const around: { readonly [R in Around]: (place: Place, step: Step) => string } = {
  target: ({ apiVersions: { network } }, step) => `${encoded(step.target)}?api-version=${network}`,
  locks: ({ apiVersions: { locks } }, step) => locksAt(scopeOfLock(step.target), locks),
  "locks-of-subscription": ({ scope, apiVersions: { locks } }) => locksAt(subscriptionOf(scope), locks),
  "vaults-of-group": ({ scope, apiVersions: { resources } }) => {
    const group = ancestor(vaultId(scope), "resourceGroups") ?? vaultId(scope);
    return `${encoded(group)}/resources?api-version=${resources}${filter(`resourceType eq '${vaultTypes[scope.kind]}'`)}`;
  },
  "deleted-vaults": ({ scope, location, apiVersions }) => {
    const [provider = ""] = vaultTypes[scope.kind].split("/");
    const version = scope.kind === "backup" ? apiVersions.dataProtectionReads : apiVersions.vaultReads;
    const list = `${subscriptionOf(scope)}/providers/${provider}/locations/${location}/deletedVaults`;
    return `${encoded(list)}?api-version=${version}`;
  },
};

function isAround(reading: Reading): reading is Around {
  return Object.hasOwn(around, reading);
}

function locksAt(scope: string, version: string): string {
  return `${encoded(scope)}/providers/Microsoft.Authorization/locks?api-version=${version}`;
}

function subscriptionOf({ subscriptionId }: Scope): string {
  return `/subscriptions/${subscriptionId}`;
}

/** Below the id of the vault. */
type Paths = Readonly<Partial<Record<InVault, string>>>;

function inBackupVault({ dataProtection, dataProtectionReads }: ApiVersions): Paths {
  const list = (name: string): string => `/${name}?api-version=${dataProtection}`;
  return {
    vault: `?api-version=${dataProtectionReads}`,
    instances: list("backupInstances"),
    "deleted-instances": list("deletedBackupInstances"),
    policies: list("backupPolicies"),
    jobs: list("backupJobs"),
    "guard-proxies": list("backupResourceGuardProxies"),
  };
}

function inRecoveryServicesVault({ vaultReads, backup, replication }: ApiVersions): Paths {
  const list = (name: string, version = backup, query = ""): string => `/${name}?api-version=${version}${query}`;
  const ofType = (name: string, type: ManagementType): string =>
    list(name, backup, filter(`backupManagementType eq '${type}'`));
  const registered = (type: ManagementType): string => ofType("backupProtectionContainers", type);
  const deleted = (type: ManagementType): string => ofType("backupDeletedProtectionContainers", type);
  return {
    vault: `?api-version=${vaultReads}`,
    usages: list("replicationUsages", vaultReads),
    "vault-config": list("backupconfig/vaultconfig"),
    items: list("backupProtectedItems"),
    intents: list("backupProtectionIntents"),
    jobs: list("backupJobs", backup, filter("status eq 'InProgress'")),
    engines: list("backupEngines"),
    "guard-proxies": list("backupResourceGuardProxies"),
    policies: list("backupPolicies"),
    "containers AzureIaasVM": registered("AzureIaasVM"),
    "containers AzureWorkload": registered("AzureWorkload"),
    "containers AzureStorage": registered("AzureStorage"),
    "containers MAB": registered("MAB"),
    "deleted-containers AzureWorkload": deleted("AzureWorkload"),
    "deleted-containers AzureStorage": deleted("AzureStorage"),
    "deleted-containers MAB": deleted("MAB"),
    "replication jobs": list("replicationJobs", replication),
    "replication recovery-plans": list("replicationRecoveryPlans", replication),
    "replication protected-items": list("replicationProtectedItems", replication),
    "replication migration-items": list("replicationMigrationItems", replication),
    "replication container-mappings": list("replicationProtectionContainerMappings", replication),
    "replication network-mappings": list("replicationNetworkMappings", replication),
    "replication storage-classification-mappings": list("replicationStorageClassificationMappings", replication),
    "replication protection-containers": list("replicationProtectionContainers", replication),
    "replication vcenters": list("replicationvCenters", replication),
    "replication providers": list("replicationRecoveryServicesProviders", replication),
    "replication fabrics": list("replicationFabrics", replication),
    "replication policies": list("replicationPolicies", replication),
    "replication appliances": list("replicationAppliances", replication),
  };
}

function filter(condition: string): string {
  return `&$filter=${encodeURIComponent(condition)}`;
}
