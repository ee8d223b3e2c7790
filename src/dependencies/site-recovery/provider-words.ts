// The words of Site Recovery that decide something, as data: compared without case, and what is not here is met with caution.

/** Items whose source is Azure itself: it can always be told that replication ends (SDK: `instanceType`). */
export const replicatedWithinAzure: readonly string[] = ["A2A", "A2ACrossClusterMigration"];

/** Fabrics that are regions of Azure: they have no server of their own (recorded: removed without touching a provider). */
export const azureFabric: string = "Azure";

/** The types of fabrics this version knows how to remove (SDK 5.1.0: FabricSpecificDetails). */
export const knownFabrics: readonly string[] = ["Azure", "HyperVSite", "VMM", "VMware", "VMwareV2", "InMageRcm"];

/** Fabrics whose servers are modernized appliances (recorded: V2A_RCMInMage). */
export const fabricsOfAppliances: readonly string[] = ["InMageRcm"];

/** `connectionStatus` of a server that answers (recorded: V2A_RCMInMage); any other word is one that does not. */
export const connected: string = "Connected";

/** `testFailoverState` of an item without a test failover (recorded). */
export const noTestFailover: readonly string[] = ["None"];

/** `testMigrateState` of an item without a test migration (SDK: TestMigrationState). */
export const noTestMigration: readonly string[] = ["None"];

/** `activeLocation` of an item whose source machine is the live one (recorded). */
export const activeAtSource: readonly string[] = ["Primary"];

/**
 * What Azure offers for an item that is failed over and not yet committed or reversed (recorded after an unplanned
 * failover: CompleteMigration, Commit, ChangePit, SwitchProtection; SDK documentation for the others).
 */
export const offeredAfterFailover: readonly string[] = [
  "Commit",
  "ChangePit",
  "CompleteMigration",
  "SwitchProtection",
  "ReverseReplicate",
  "CancelFailover",
  "FinalizeFailback",
];

/** Words of `protectionState` on the way to or after a failover (recorded: UnplannedFailoverCommitPendingStatesBegin). */
export const failoverStates: RegExp = /failover|commit|failback|reprotect|reverse/i;

/** Items that replicate back from Azure to the site they came from (recorded: `activeLocation` reads Primary). */
export const replicatingBack: readonly string[] = ["InMageRcmFailback"];

/** Items whose source machine carries an agent that disabling leaves there (documented). */
export const withAgent: readonly string[] = ["InMage", "InMageAzureV2", "InMageRcm", "A2A"];

/** Job states of the SDK's documentation that are at an end; any other counts as running unless the job has an end time. */
export const endedJobs: readonly string[] = [
  "Succeeded",
  "Failed",
  "Cancelled",
  "Canceled",
  "CompletedWithInformation",
  "PartiallySucceeded",
  "Skipped",
];

/** States that are running whatever else the job says (SDK's documentation). */
export const runningJobs: readonly string[] = ["NotStarted", "InProgress", "Suspended", "Cancelling"];

/** A job that waits for a person: waiting for it would never end (SDK's documentation). */
export const suspendedJob: string = "Suspended";

/** What `allowedActions` says of a job that can be cancelled. */
export const cancelAction: string = "Cancel";

export function isOneOf(word: string, list: readonly string[]): boolean {
  return list.some((known) => known.toLowerCase() === word.toLowerCase());
}
