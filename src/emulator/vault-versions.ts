// What a vault's body leaves out for older api-versions. It must not leave out what none of the recordings is about.
import type { Json, Properties } from "./json.ts";
import { isObject } from "./json.ts";

/**
 * The oldest api-version a recording shows each member with (9 api-versions of 2016 to 2026, 209 reads of vaults). Versions
 * between two recorded ones are taken to be like the older.
 */
const since: ReadonlyMap<string, string> = new Map([
  ["identity", "2021-03-01"],
  ["properties.privateEndpointStateForBackup", "2016-06-01"],
  ["properties.privateEndpointStateForSiteRecovery", "2016-06-01"],
  ["properties.monitoringSettings", "2022-04-01"],
  ["properties.monitoringSettings.azureMonitorAlertSettings.alertsForAllFailoverIssues", "2024-04-01"],
  ["properties.monitoringSettings.azureMonitorAlertSettings.alertsForAllReplicationIssues", "2024-04-01"],
  ["properties.monitoringSettings.classicAlertSettings.emailNotificationsForSiteRecovery", "2024-04-01"],
  ["properties.encryption", "2022-04-01"],
  ["properties.backupStorageVersion", "2022-10-01"],
  ["properties.publicNetworkAccess", "2022-10-01"],
  ["properties.redundancySettings", "2022-10-01"],
  ["properties.restoreSettings", "2022-10-01"],
  ["properties.securitySettings", "2023-02-01"],
  ["properties.securitySettings.softDeleteSettings.enhancedSecurityState", "2023-04-01"],
  ["properties.secureScore", "2023-04-01"],
  ["properties.bcdrSecurityLevel", "2024-04-01"],
  ["properties.securitySettings.sourceScanConfiguration", "2026-05-01"],
  ["properties.regionOfChoiceSettings", "2026-05-01"],
]);

const newest: string = [...since.values()].toSorted().at(-1) ?? "";

/** Members that are in no list of recorded ones stay for every api-version. */
export function inVersion(body: Properties, apiVersion: string): Properties {
  return apiVersion >= newest ? body : reduced(body, "", apiVersion);
}

function reduced(body: Properties, path: string, apiVersion: string): Properties {
  const members = Object.entries(body).flatMap(([name, value]): readonly (readonly [string, Json])[] => {
    const here = path === "" ? name : `${path}.${name}`;
    if (apiVersion < (since.get(here) ?? "")) return [];
    return [[name, isObject(value) ? reduced(value, here, apiVersion) : value]];
  });
  return Object.fromEntries(members);
}
