// How long Site Recovery takes, in seconds of world time, with the source of each number. It must stay data.
import type { Latency } from "../quantiles.ts";
import type { ReplicationKind, Verb } from "./kinds.ts";

export type ReplicationOperation =
  | "removeReplicatedItem"
  | "purgeReplicatedItem"
  | "beginContainerMapping"
  | "removeContainerMapping"
  | "removeNetworkMapping"
  | "removeProtectionContainer"
  | "removeReplicationPolicy"
  | "removeRecoveryPlan"
  | "removeFabric"
  | "removeMigrationItem"
  | "removeStorageClassificationMapping"
  | "removeVcenter"
  | "removeProvider"
  | "refuseReplicationChange"
  | "cleanTestFailover"
  | "cancelReplicationJob";

const spread = (minimum: number, median: number, p90: number, maximum: number, source: string): Latency => ({
  minimum,
  median,
  p90,
  maximum,
  source,
});
/** `endTime` is cut to whole seconds, so each recorded time is rounded up. */
const recorded = (minimum: number, median: number, p90: number, maximum: number, what: string): Latency =>
  spread(minimum, median, p90, maximum, `recorded: endTime minus startTime, ${what} (azext2024__test_siterecovery_*)`);
const always = (seconds: number, source: string): Latency => spread(seconds, seconds, seconds, seconds, source);
const like = (seconds: number, what: string): Latency => always(seconds, `unverified: taken to be as long as ${what}`);

export const replicationLatencies: Readonly<Record<ReplicationOperation, Latency>> = {
  removeReplicatedItem: recorded(11, 63, 205, 205, "4 removals: 11, 58, 68 and 205 s"),
  purgeReplicatedItem: always(123, "recorded: 1 DELETE of a protected item, 123 s until seen"),
  beginContainerMapping: spread(
    0,
    0,
    1,
    1.5,
    "recorded: of 13 polls within a second 2 said NotStarted, after 0 and 1 s",
  ),
  removeContainerMapping: recorded(0, 1, 3, 3, "5 deletes and 1 removal: 0, 1, 1, 1, 1 and 3 s"),
  removeNetworkMapping: recorded(1, 2, 2, 2, "2 deletes: 1 and 2 s"),
  removeProtectionContainer: recorded(1, 2, 2, 2, "2 removals: 1 and 2 s"),
  removeReplicationPolicy: recorded(0, 1, 1, 1, "4 deletes: 0, 0, 1 and 1 s"),
  removeRecoveryPlan: recorded(0, 1, 6, 6, "4 deletes: 0, 1, 1 and 6 s"),
  removeFabric: recorded(2, 2, 4, 4, "3 deletes and 1 removal: 2, 2, 2 and 4 s"),
  removeMigrationItem: like(63, "a protected item"),
  removeStorageClassificationMapping: like(2, "a network mapping"),
  removeVcenter: like(2, "a fabric"),
  removeProvider: like(2, "a fabric"),
  refuseReplicationChange: like(2, "the removal of a mapping"),
  cleanTestFailover: like(63, "the removal of a protected item"),
  cancelReplicationJob: like(2, "a removal: one POST on a job is recorded, seen as done at the first poll after 30 s"),
};

const removals: Readonly<Record<ReplicationKind, ReplicationOperation>> = {
  protectedItems: "removeReplicatedItem",
  containerMappings: "removeContainerMapping",
  networkMappings: "removeNetworkMapping",
  protectionContainers: "removeProtectionContainer",
  policies: "removeReplicationPolicy",
  recoveryPlans: "removeRecoveryPlan",
  fabrics: "removeFabric",
  migrationItems: "removeMigrationItem",
  storageClassificationMappings: "removeStorageClassificationMapping",
  vCenters: "removeVcenter",
  recoveryServicesProviders: "removeProvider",
  // no request removes these
  jobs: "refuseReplicationChange",
  appliances: "refuseReplicationChange",
};

/** What has no removal of its own takes as long as a refused change. */
export function removalOf(kind: ReplicationKind, verb: Verb): ReplicationOperation {
  return kind === "protectedItems" && verb === "purge" ? "purgeReplicatedItem" : removals[kind];
}
