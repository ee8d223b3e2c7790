// Names the operation behind a request, the same for every way of writing it: `DELETE vaults/{}/backupJobs/{}`.
// It must not know which operations matter.

/** Left out of the names of its operations. */
const ownProvider = "microsoft.recoveryservices";

/** Azure mixes the case of the types in a path; these are the spellings of its own documentation. */
const spellings: ReadonlyMap<string, string> = new Map(
  [
    "backupConfig",
    "backupDeletedProtectionContainers",
    "backupEncryptionConfigs",
    "backupEngines",
    "backupFabrics",
    "backupInstances",
    "backupJobs",
    "backupOperationResults",
    "backupOperations",
    "backupPolicies",
    "backupProtectableItems",
    "backupProtectedItems",
    "backupProtectionContainers",
    "backupProtectionIntent",
    "backupProtectionIntents",
    "backupResourceGuardProxies",
    "backupStorageConfig",
    "backupVaults",
    "cancelJob",
    "deletedBackupInstances",
    "deletedVaults",
    "failoverCommit",
    "operationResults",
    "operationStatus",
    "operationsStatus",
    "protectableContainers",
    "protectedItems",
    "protectionContainers",
    "recoveryPoints",
    "refreshContainers",
    "registeredIdentities",
    "replicationAppliances",
    "replicationFabrics",
    "replicationJobs",
    "replicationMigrationItems",
    "replicationNetworkMappings",
    "replicationNetworks",
    "replicationOperationStatus",
    "replicationPolicies",
    "replicationProtectableItems",
    "replicationProtectedItems",
    "replicationProtectionContainerMappings",
    "replicationProtectionContainers",
    "replicationRecoveryPlans",
    "replicationRecoveryServicesProviders",
    "replicationStorageClassificationMappings",
    "replicationStorageClassifications",
    "replicationUsages",
    "replicationvCenters",
    "resourceGroups",
    "resourceGuards",
    "roleAssignments",
    "unlockDelete",
  ].map((name) => [name.toLowerCase(), name]),
);

/** Decoded segments of a path, empty ones left out. */
export function segmentsOf(url: string): readonly string[] {
  return new URL(url).pathname
    .split("/")
    .filter((segment) => segment !== "")
    .map((segment) => decodeURIComponent(segment));
}

/** `group` and `subscription` tell where the path begins; names of things are `{}`. */
export function operationOf(method: string, url: string): string {
  return `${method} ${templateOf(segmentsOf(url))}`;
}

export function templateOf(segments: readonly string[]): string {
  const start = segments.findLastIndex((segment) => segment.toLowerCase() === "providers");
  if (start === -1) return alternating(segments).join("/");
  const scope = start === 0 ? "tenant " : start === 2 ? "subscription " : start === 4 ? "" : "resource ";
  const provider = segments[start + 1] ?? "";
  const shown = provider.toLowerCase() === ownProvider ? [] : [provider];
  return `${scope}${[...shown, ...alternating(segments.slice(start + 2))].join("/")}`;
}

function alternating(segments: readonly string[]): readonly string[] {
  return segments.map((segment, index) =>
    index % 2 === 0 ? (spellings.get(segment.toLowerCase()) ?? segment) : named(segments, index),
  );
}

/** `backupconfig/vaultconfig` is one thing, not one of many. */
function named(segments: readonly string[], index: number): string {
  const isSetting = /^backup(config|storageconfig)$/iu.test(segments[index - 1] ?? "");
  return isSetting ? (segments[index] ?? "").toLowerCase() : "{}";
}

export function apiVersionOf(url: string): string {
  const { searchParams } = new URL(url);
  for (const [name, value] of searchParams) if (name.toLowerCase() === "api-version") return value;
  // recorded: one result url carries its api-version inside another value
  return /\?api-version=(.+)$/iu.exec(searchParams.get("fabricName") ?? "")?.[1] ?? "";
}

export type Era = "until 2019" | "2020 to 2022" | "2023" | "2024 and later";

/** Vault deletion became asynchronous in the course of api-version 2023-04-01; operation urls are signed since 2024. */
export function eraOf(apiVersion: string): Era {
  const year = apiVersion.slice(0, 4);
  if (year < "2020") return "until 2019";
  if (year < "2023") return "2020 to 2022";
  return year === "2023" ? "2023" : "2024 and later";
}
