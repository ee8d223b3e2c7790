// A vault tells each api-version what that api-version knew.
import { expect, test } from "vitest";

import { at, bench, vault, world } from "./world-builder.ts";

const properties = {
  privateEndpointStateForBackup: "None",
  monitoringSettings: {
    azureMonitorAlertSettings: { alertsForAllJobFailures: "Enabled", alertsForAllFailoverIssues: "Disabled" },
  },
  publicNetworkAccess: "Enabled",
  bcdrSecurityLevel: "Poor",
  regionOfChoiceSettings: { status: "NotApplicable" },
};
const known: readonly (readonly [string, readonly string[]])[] = [
  ["2016-05-01", ["provisioningState"]],
  ["2016-06-01", ["provisioningState", "privateEndpointStateForBackup"]],
  ["2022-04-01", ["provisioningState", "privateEndpointStateForBackup", "monitoringSettings"]],
  ["2022-10-01", ["provisioningState", "privateEndpointStateForBackup", "monitoringSettings", "publicNetworkAccess"]],
  ["2023-02-01", ["provisioningState", "securitySettings", ...Object.keys(properties).slice(0, 3)]],
  ["2024-04-01", ["provisioningState", "securitySettings", ...Object.keys(properties).slice(0, 4)]],
  ["2025-08-01", ["provisioningState", "securitySettings", ...Object.keys(properties).slice(0, 4)]],
  ["2026-05-01", ["provisioningState", "securitySettings", ...Object.keys(properties)]],
  ["2027-01-01-preview", ["provisioningState", "securitySettings", ...Object.keys(properties)]],
];

test.each(known)("with %s its properties are %j", async (apiVersion, names) => {
  const { send } = bench(world([vault({ properties })]), apiVersion);
  const { body } = await send("GET", "~");
  expect(Object.keys(at(body, "properties") as object).toSorted()).toEqual(names.toSorted());
});

test.each([
  ["2022-04-01", undefined],
  ["2024-04-01", "Disabled"],
])("with %s the alerts for failovers are %s", async (apiVersion, expected) => {
  const { send } = bench(world([vault({ properties })]), apiVersion);
  const { body } = await send("GET", "~");
  const path = "properties.monitoringSettings.azureMonitorAlertSettings.alertsForAllFailoverIssues";
  expect(at(body, path)).toBe(expected);
});

test("what is left out of an answer is still there for a newer one", async () => {
  const { send } = bench(world([vault({ properties })]));
  await send("GET", "~?api-version=2016-06-01");
  expect(at((await send("GET", "~")).body, "properties.bcdrSecurityLevel")).toBe("Poor");
});
