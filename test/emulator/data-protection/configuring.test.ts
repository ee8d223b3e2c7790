// Making and changing Backup vaults, their policies and their mapping to a resource guard, and their jobs.
import { expect, test } from "vitest";

import type { Properties } from "../../../src/emulator/json.ts";
import { at, bench, names, world } from "../world-builder.ts";
import { backupVault, backupVaultId } from "./backup-vault-builder.ts";

const standing = (more: Parameters<typeof backupVault>[0] = {}) =>
  bench(world([], { backupVaults: [backupVault(more)] }));
const newId = backupVaultId.replace("bv-test", "bv-new");

test("a new vault is made with 201 and one url, with what Azure adds", async () => {
  const { send, wait, follow } = standing();
  const securitySettings = { softDeleteSettings: { state: "Off", retentionDurationInDays: 14 } };
  const body = { location: "westeurope", identity: { type: "SystemAssigned" }, properties: { securitySettings } };
  const created = await send("PUT", newId, body);
  expect([created.status, at(created.body, "properties.provisioningState")]).toEqual([201, "Provisioning"]);
  expect(created.headers.get("location")).toBeNull();
  wait(1);
  expect((await follow(created)).body["status"]).toBe("Succeeded");
  const read = await send("GET", newId);
  expect(read.body).toMatchObject({
    location: "westeurope",
    identity: { type: "SystemAssigned", principalId: expect.stringMatching(/^[0-9a-f-]{36}$/u) as string },
    properties: { provisioningState: "Succeeded", isVaultProtectedByResourceGuard: false, securitySettings },
  });
  expect((await send("DELETE", newId)).status).toBe(202);
});

test("a vault needs a location and a resource group that is known", async () => {
  const { send } = standing();
  expect((await send("PUT", newId, {})).status).toBe(400);
  expect((await send("PUT", newId.replace("rg-bv", "rg-none"), { location: "westeurope" })).status).toBe(404);
});

test("a vault that stands is updated and keeps what it holds; what it may not give up is refused", async () => {
  const { send } = standing();
  const body = (state: string): Properties => ({
    location: "westeurope",
    tags: { a: "b" },
    properties: { securitySettings: { softDeleteSettings: { state } } },
  });
  const refused = await send("PUT", backupVaultId, body("Off"));
  expect(at(refused.body, "error.code")).toBe("DppAlwaysOnSoftDeleteStateMandatory");
  const updated = await send("PUT", backupVaultId, body("AlwaysOn"));
  expect([updated.status, at(updated.body, "properties.provisioningState")]).toEqual([201, "Updating"]);
  expect((await send("GET", backupVaultId)).body["tags"]).toEqual({ a: "b" });
  expect(names((await send("GET", `${backupVaultId}/backupInstances`)).body)).toHaveLength(2);
});

test("a policy is written at once, in place of one of its name", async () => {
  const { send } = standing();
  const properties = { datasourceTypes: ["Microsoft.Compute/disks"], objectType: "BackupPolicy", policyRules: [] };
  for (const name of ["disk-weekly", "DISK-DAILY"])
    expect((await send("PUT", `${backupVaultId}/backupPolicies/${name}`, { properties })).status).toBe(200);
  expect(names((await send("GET", `${backupVaultId}/backupPolicies`)).body)).toEqual(["disk-weekly", "DISK-DAILY"]);
});

test("mapping a guard asks for nine requests, and the vault says that it is guarded", async () => {
  const { send } = standing();
  const guard = backupVaultId.replace("backupVaults/bv-test", "resourceGuards/guard");
  const proxy = `${backupVaultId}/backupResourceGuardProxies/DppResourceGuardProxy`;
  expect((await send("PUT", proxy, {})).status).toBe(400);
  const mapped = await send("PUT", proxy, { properties: { resourceGuardResourceId: guard } });
  expect(mapped.body["type"]).toBe("Microsoft.DataProtection/vaults/backupResourceGuardProxies");
  const details = at(mapped.body, "properties.resourceGuardOperationDetails");
  expect(details).toHaveLength(9);
  expect(details).toContainEqual({
    vaultCriticalOperation: "Microsoft.DataProtection/backupVaults/backupInstances/delete",
    defaultResourceRequest: `${guard}/deleteBackupInstanceRequests/default`,
  });
  expect(at((await send("GET", backupVaultId)).body, "properties.isVaultProtectedByResourceGuard")).toBe(true);
  expect((await send("DELETE", `${backupVaultId}/backupInstances/disk-1-instance`)).status).toBe(403);
});

test("what a guard excludes is not asked for", async () => {
  const guard = backupVaultId.replace("backupVaults/bv-test", "resourceGuards/guard");
  const vaultCriticalOperationExclusionList = ["Microsoft.DataProtection/backupVaults/backupInstances/delete"];
  const resourceGuards = [{ id: guard, properties: { vaultCriticalOperationExclusionList } }];
  const { send } = bench(world([], { backupVaults: [backupVault()], resourceGuards }));
  const proxy = `${backupVaultId}/backupResourceGuardProxies/DppResourceGuardProxy`;
  await send("PUT", proxy, { properties: { resourceGuardResourceId: guard } });
  expect((await send("DELETE", `${backupVaultId}/backupInstances/disk-1-instance`)).status).toBe(202);
});

test("a list of jobs is terser than a job, and an older job is spelt otherwise", async () => {
  const extendedInfo = { dataTransferredInBytes: 7, subTasks: [{ taskId: 1, additionalDetails: { TaskId: "t" } }] };
  const properties = { operation: "Backup", status: "Completed", duration: "PT3M13.5S", extendedInfo };
  const { send } = standing({ more: { backupJobs: [{ name: "job-1", properties }] } });
  const listed = await send("GET", `${backupVaultId}/backupJobs`);
  expect(listed.body["nextLink"]).toBeNull();
  expect(at(listed.body, "value.0.properties")).toMatchObject({ duration: "00:03:13.5", extendedInfo: null });
  const one = `${backupVaultId}/backupJobs/job-1`;
  expect((await send("GET", one)).body["properties"]).toEqual(properties);
  const older = await send("GET", `${one}?api-version=2022-04-01`);
  expect(at(older.body, "properties.extendedInfo")).toEqual({
    dataTransferedInBytes: 7,
    subTasks: [{ taskId: 1, additionalDetails: null }],
  });
});
