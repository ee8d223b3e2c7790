// The recorded worlds against the recordings they were made from, where those are at hand.
import { existsSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { worldFromRecording } from "../../scripts/recorded-worlds/world-from-recording.ts";
import { loadWorld } from "../../src/emulator/worlds.ts";
import { at, bench, names } from "./world-builder.ts";

const folder = process.env["VAULT_TEARDOWN_RECORDINGS"] ?? "";
const madeFrom = [
  ["recorded-deleted-vault", "azcli2026p__test_vault_soft_delete_basic", 3],
  ["recorded-guarded-machine", "azcli2024__test_backup_rg_mapping", 55],
  ["recorded-replicated-machine", "azext2024__test_siterecovery_A2A_selfcreated_scenarios", 173],
  ["recorded-replicated-site", "azext2024__test_siterecovery_H2A_B2A_selfcreated_scenarios", 71],
  ["recorded-replicated-vmware", "azext2024__test_siterecovery_V2A_RCMInMage_scenarios", 194],
  ["recorded-soft-deletion", "azcli2024__test_backup_softdelete", 26],
  ["recorded-file-shares", "azcli2024__test_afs_backup_container", 84],
  ["recorded-sql-database", "azcli2024__test_backup_wl_sql_restore_as_files", 80],
  ["recorded-virtual-machine", "azcli2025p__test_vault_soft_delete_with_items_cleanup", 1],
] as const;

test.for(madeFrom)("%s is what %s shows", ([world, recording, lastSeq], { skip }) => {
  const file = join(folder, `${recording}.jsonl`);
  const absent = folder === "" || !existsSync(file);
  skip(absent, "set VAULT_TEARDOWN_RECORDINGS to the folder of the recordings to re-make this world");
  expect(worldFromRecording(file, lastSeq, world)).toEqual(loadWorld(world));
});

test("the ids of recorded file shares keep the casing Azure gave them", async () => {
  const content = loadWorld("recorded-file-shares");
  const { send } = bench(content);
  const id = content.vaults[0]?.id ?? "";
  const filter = "$filter=backupManagementType eq 'AzureStorage'";
  const containers = await send("GET", `${id}/backupProtectionContainers?${filter} and status eq 'Registered'`);
  const items = await send("GET", `${id}/backupProtectedItems?${filter}`);
  expect(names(containers.body)[0]).toBe("StorageContainer;Storage;clitest.rg000001;clitest000003");
  expect(at(items.body, "value.0.id")).toContain("/StorageContainer;storage;clitest.rg000001;clitest000003/");
  expect(at(items.body, "value.0.properties.protectionState")).toBe("IRPending");
});

test("the recorded virtual machine is an ordinary stopped item in a container that reads SoftDeleted", async () => {
  const content = loadWorld("recorded-virtual-machine");
  const { send } = bench(content);
  const id = content.vaults[0]?.id ?? "";
  const filter = "$filter=backupManagementType eq 'AzureIaasVM' and status eq 'Registered'";
  const containers = await send("GET", `${id}/backupProtectionContainers?${filter}`);
  expect(at(containers.body, "value.0.properties.registrationStatus")).toBe("SoftDeleted");
  const items = await send("GET", `${id}/backupProtectedItems`);
  expect(at(items.body, "value.0.properties.protectionState")).toBe("ProtectionStopped");
  expect(at(items.body, "value.0.properties.isScheduledForDeferredDelete")).toBeUndefined();
});
