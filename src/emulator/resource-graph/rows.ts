// What stood in deleted vaults when they were deleted, as rows of Resource Graph. It must not read a query.
import { mayDo } from "../access.ts";
import type { Properties } from "../json.ts";
import { text } from "../json.ts";
import { sameName } from "../names.ts";
import type { State } from "../state.ts";
import { itemFrom } from "../state.ts";
import type { WorldDeletedVault, WorldItem } from "../world.ts";
import type { Row } from "./query.ts";
import { heldItemType } from "./query.ts";

const readAction =
  "Microsoft.RecoveryServices/locations/deletedVaults/backupFabrics/protectionContainers/protectedItems/read";

/** `subscriptions`: of these alone; an unknown one has no rows. What the caller may not read is left out (documented). */
export function heldRows(state: State, subscriptions: readonly string[] | undefined, now: number): readonly Row[] {
  return state.deletedVaults.flatMap((vault) => {
    const [, , subscription = ""] = text(vault.properties, "vaultId").split("/");
    const isAsked = subscriptions?.some((asked) => sameName(asked, subscription)) ?? true;
    if (!isAsked || !state.document.subscriptions.some(({ id }) => sameName(id, subscription))) return [];
    return (vault.contents?.protectedItems ?? [])
      .filter((item) => (itemFrom(item).purgeAt ?? Number.POSITIVE_INFINITY) > now)
      .map((item) => rowOf(subscription, vault, item))
      .filter((row) => mayDo(state, readAction, text(row, "id")));
  });
}

/** Recorded: the name of the deleted vault is in lower case here (azcli2025p__test_vault_soft_delete_with_items_middle). */
function rowOf(subscription: string, { name, location }: WorldDeletedVault, item: WorldItem): Row {
  const vault = `/subscriptions/${subscription}/providers/Microsoft.RecoveryServices/locations/${location}/deletedVaults/${name.toLowerCase()}`;
  return {
    id: `${vault}/backupFabrics/Azure/protectionContainers/${item.container}/protectedItems/${item.name}`,
    name: item.name,
    type: heldItemType,
    tenantId: "00000000-0000-0000-0000-0000000000aa",
    kind: "",
    location,
    resourceGroup: "",
    subscriptionId: subscription,
    managedBy: "",
    sku: null,
    plan: null,
    properties: propertiesOf(vault, location, item.properties),
    tags: null,
    identity: null,
    zones: null,
    extendedLocation: null,
  };
}

/** Recorded of a machine that never was backed up; of others unverified. */
const unsaid: Properties = {
  deferredDeleteTimeRemaining: null,
  isDeferredDeleteScheduleUpcoming: null,
  resourceGuardOperationRequests: null,
  lastRecoveryPoint: null,
  isScheduledForDeferredDelete: null,
  deferredDeleteTimeInUTC: null,
  isInlineInquiry: null,
  backupSetName: null,
  isRehydrate: null,
  kpisHealths: null,
  createMode: null,
  extendedProperties: null,
  healthDetails: null,
};

const noSpan = "-10675199.02:48:05.4775808";
const noTime = "0001-01-01T00:00:00Z";

/** Words for what is neither configured nor measured, and what a policy says that is not looked at here. */
const usual: Properties = {
  sourceSideScanInfo: { sourceSideScanSummary: "Unknown", sourceSideScanStatus: "NotConfigured" },
  isAzureManagedLinkedResource: true,
  allowedOperations: ["BackupNow", "StopBackup"],
  protectionStatus: "Healthy",
  configuredRPGenerationFrequencyInSecondaryRegion: noSpan,
  configuredMaximumRetentionInSecondaryRegion: noSpan,
  latestRecoveryPointInSecondaryRegion: noTime,
  oldestRecoveryPointInSecondaryRegion: noTime,
  rpoWarningThresholdInPrimaryRegion: "1.12:00:00",
  protectionStateInSecondaryRegion: "NotProtected",
  configuredRPGenerationFrequency: "1.00:00:00",
  configuredMaximumRetention: "30.00:00:00",
  softDeleteRetentionPeriod: 0,
  isArchiveEnabled: false,
  lastBackupStatus: "",
  lastBackupTime: "2001-01-01T00:00:00Z",
  protectedItemDataId: "0",
  policyType: "V1",
  healthStatus: "Passed",
};

function propertiesOf(vault: string, location: string, properties: Properties): Properties {
  const name = text(properties, "policyName");
  const policyId = name === "" ? "" : `${vault}/backupPolicies/${name}`;
  const resourceID = text(properties, "sourceResourceId");
  const source = { resourceLocation: location, datasourceType: text(properties, "protectedItemType"), resourceID };
  return {
    ...unsaid,
    ...usual,
    ...properties,
    currentProtectionState: currentState(properties),
    dataSourceId: text(properties, "friendlyName"),
    dataSourceInfo: { ...source, objectType: "DatasourceInfo" },
    dataSourceSetInfo: { ...source, objectType: "DatasourceSetInfo" },
    extendedInfo: {
      oldestRecoveryPoint: noTime,
      oldestRecoveryPointInArchive: null,
      newestRecoveryPointInArchive: null,
      oldestRecoveryPointInVault: null,
      recoveryPointCount: 0,
      policyInconsistent: false,
    },
    policyId,
    policyInfo: { policyId, name },
    protectedPrimaryRegion: location,
    vaultId: vault,
  };
}

/** The first is recorded; the words of the others are unverified here. */
function currentState(properties: Properties): string {
  if (properties["isScheduledForDeferredDelete"] === true) return "SoftDeleted";
  return text(properties, "protectionState") === "ProtectionStopped" ? "ProtectionStopped" : "ProtectionConfigured";
}
