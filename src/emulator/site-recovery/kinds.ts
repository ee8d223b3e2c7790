// The kinds of things Site Recovery keeps in a vault: where they are listed, where they stand, how they are removed.
// It must stay data: no rule is decided here.

export type ReplicationKind =
  | "fabrics"
  | "protectionContainers"
  | "protectedItems"
  | "migrationItems"
  | "containerMappings"
  | "networkMappings"
  | "storageClassificationMappings"
  | "vCenters"
  | "recoveryServicesProviders"
  | "policies"
  | "recoveryPlans"
  | "jobs"
  | "appliances";

/** `remove` is POST …/remove, the clean way; `purge` is DELETE, which for some kinds is the only way. */
export type Verb = "remove" | "purge";

type KindFacts = {
  /** The vault-wide list. */
  readonly list: string;
  /** The path of one below the vault. */
  readonly path: string;
  readonly verbs: readonly Verb[];
  /** `scenarioName` of the job that a removal starts (unverified). */
  readonly removal: string;
};

const fabric = "replicationFabrics/{fabric}";
const container = `${fabric}/replicationProtectionContainers/{container}`;
const classification = `${fabric}/replicationStorageClassifications/{classification}`;

export const kinds: Readonly<Record<ReplicationKind, KindFacts>> = {
  fabrics: {
    list: "replicationFabrics",
    path: "replicationFabrics/{name}",
    verbs: ["remove", "purge"],
    removal: "DeleteFabric",
  },
  protectionContainers: {
    list: "replicationProtectionContainers",
    path: `${fabric}/replicationProtectionContainers/{name}`,
    verbs: ["remove"],
    removal: "DeleteProtectionContainer",
  },
  protectedItems: {
    list: "replicationProtectedItems",
    path: `${container}/replicationProtectedItems/{name}`,
    verbs: ["remove", "purge"],
    removal: "DisableProtection",
  },
  migrationItems: {
    list: "replicationMigrationItems",
    path: `${container}/replicationMigrationItems/{name}`,
    verbs: ["purge"],
    removal: "DisableMigration",
  },
  containerMappings: {
    list: "replicationProtectionContainerMappings",
    path: `${container}/replicationProtectionContainerMappings/{name}`,
    verbs: ["remove", "purge"],
    removal: "UnpairProtectionContainers",
  },
  networkMappings: {
    list: "replicationNetworkMappings",
    path: `${fabric}/replicationNetworks/{network}/replicationNetworkMappings/{name}`,
    verbs: ["purge"],
    removal: "DeleteNetworkMapping",
  },
  storageClassificationMappings: {
    list: "replicationStorageClassificationMappings",
    path: `${classification}/replicationStorageClassificationMappings/{name}`,
    verbs: ["purge"],
    removal: "UnpairStorageClassification",
  },
  vCenters: {
    list: "replicationvCenters",
    path: `${fabric}/replicationvCenters/{name}`,
    verbs: ["purge"],
    removal: "DeleteVCenter",
  },
  recoveryServicesProviders: {
    list: "replicationRecoveryServicesProviders",
    path: `${fabric}/replicationRecoveryServicesProviders/{name}`,
    verbs: ["remove", "purge"],
    removal: "DeleteServicesProvider",
  },
  policies: {
    list: "replicationPolicies",
    path: "replicationPolicies/{name}",
    verbs: ["purge"],
    removal: "DeletePolicy",
  },
  recoveryPlans: {
    list: "replicationRecoveryPlans",
    path: "replicationRecoveryPlans/{name}",
    verbs: ["purge"],
    removal: "DeleteRecoveryPlan",
  },
  jobs: { list: "replicationJobs", path: "replicationJobs/{name}", verbs: [], removal: "" },
  appliances: { list: "replicationAppliances", path: "replicationAppliances/{name}", verbs: [], removal: "" },
};

export const replicationKinds: readonly ReplicationKind[] = Object.keys(kinds) as ReplicationKind[];

/** `replicationFabrics/{fabric}/replicationvCenters/{name}` → `Microsoft.RecoveryServices/vaults/replicationFabrics/replicationvCenters`. */
export function typeOf(kind: ReplicationKind): string {
  const segments = kinds[kind].path.split("/").filter((_, index) => index % 2 === 0);
  return ["Microsoft.RecoveryServices", "vaults", ...segments].join("/");
}

/** Whether a path below the vault has the form of this kind's paths. */
export function isPathOf(kind: ReplicationKind, path: string): boolean {
  const pattern = kinds[kind].path.split("/");
  const segments = path.split("/");
  return (
    segments.length === pattern.length &&
    pattern.every((expected, index) => {
      const segment = segments[index] ?? "";
      return expected.startsWith("{") ? segment !== "" : expected.toLowerCase() === segment.toLowerCase();
    })
  );
}
