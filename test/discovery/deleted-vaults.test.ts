// Many locations asked for their deleted vaults: how many at a time, and what becomes of those that do not answer.

import { describe, expect, it } from "vitest";
import {
  deletedBackupVault,
  deletedRecoveryServicesVault,
  findDeletedVaults,
} from "../../src/discovery/deleted-vaults.ts";
import { AzureError } from "../../src/model/azure-error.ts";
import type { DeletedVaultSource } from "../../src/model/deleted.ts";
import type { ArmResource } from "../../src/model/ports.ts";

const now = Date.parse("2026-03-01T10:00:00Z");

function entry(name: string, properties: Readonly<Record<string, unknown>>): ArmResource {
  return { id: `/subscriptions/s/providers/p/locations/l/deletedVaults/${name}`, name, properties };
}

function source(list: DeletedVaultSource["list"]): DeletedVaultSource {
  return { kind: "recovery-services", list, read: deletedRecoveryServicesVault };
}

describe("the locations", () => {
  it("are all asked, no more than eight at the same time", async () => {
    let [asked, most, total] = [0, 0, 0];
    const locations = Array.from({ length: 40 }, (_, index) => `l${index}`);
    const list = async (location: string): Promise<readonly ArmResource[]> => {
      asked += 1;
      total += 1;
      most = Math.max(most, asked);
      await Promise.resolve();
      asked -= 1;
      return [entry(`g_${location}`, {})];
    };
    const { vaults } = await findDeletedVaults([source(list)], locations, now);
    expect({ total, most, vaults: vaults.length }).toEqual({ total: 40, most: 8, vaults: 40 });
  });

  it("that have no such list, and those that refuse, hide nothing of the others", async () => {
    const answers: Readonly<Record<string, () => readonly ArmResource[]>> = {
      here: () => [entry("g_1", { vaultId: "/x/resourceGroups/g/vaults/v" })],
      lacking: () => {
        throw new AzureError({ status: 400, code: "NoRegisteredProviderFound", message: "no" });
      },
      refusing: () => {
        throw new AzureError({ status: 403, code: "AuthorizationFailed", message: "not you" });
      },
    };
    const list = async (location: string): Promise<readonly ArmResource[]> => answers[location]?.() ?? [];
    const found = await findDeletedVaults([source(list)], Object.keys(answers), now);
    const kind = "recovery-services";
    expect(found.vaults.map(({ name, location }) => [name, location])).toEqual([["v", "here"]]);
    expect(found.unavailable).toEqual([
      { kind, location: "lacking", status: 400, code: "NoRegisteredProviderFound", message: "no" },
    ]);
    expect(found.refused).toEqual([
      { kind, location: "refusing", status: 403, code: "AuthorizationFailed", message: "not you" },
    ]);
  });

  it("are not gone through where nobody is signed in, nor where the tool itself fails", async () => {
    const nobody = new AzureError({ status: 401, code: "NoCredential", message: "sign in" });
    for (const error of [nobody, new TypeError("a defect")]) {
      const list = (): Promise<never> => Promise.reject(error);
      await expect(findDeletedVaults([source(list)], ["l"], now)).rejects.toBe(error);
    }
  });
});

describe("a deleted vault", () => {
  const read = (properties: Readonly<Record<string, unknown>>) =>
    deletedRecoveryServicesVault(entry("g_1", properties), "westeurope", now);

  it("that is purged after its deletion held data that can be recovered", () => {
    const times = { vaultDeletionTime: "2026-02-25T10:00:00Z", purgeAt: "2026-03-11T09:00:00Z" };
    expect(read(times)).toMatchObject({ held: "recoverable-data", daysLeft: 9, deletedAt: times.vaultDeletionTime });
  });

  // azcli2026p__test_vault_soft_delete_basic: of an empty vault the purge lies before the deletion.
  it("that is purged no later than it was deleted held nothing", () => {
    const times = { vaultDeletionTime: "2026-07-24T09:21:41.110246Z", purgeAt: "2026-07-24T09:21:40.742835Z" };
    expect(read(times)).toMatchObject({ held: "nothing" });
  });

  it("of which Azure says nothing keeps its own name, and no times are made up", () => {
    expect(read({ purgeAt: "0001-01-01T00:00:00Z" })).toEqual({
      kind: "recovery-services",
      name: "g_1",
      location: "westeurope",
      vaultId: "",
      id: "/subscriptions/s/providers/p/locations/l/deletedVaults/g_1",
    });
  });
});

describe("a deleted Backup vault", () => {
  // ps2026p__Undo-AzDataProtectionVaultDeletion, seq 4: a vault without instances.
  const recorded = {
    originalBackupVaultId: "94832cdb-9e0d-42ef-a9ba-31726b730c37",
    originalBackupVaultName: "azps-dpp-vault-undelete-test",
    originalBackupVaultResourcePath:
      "/subscriptions/s/resourceGroups/testrg-000001/providers/Microsoft.DataProtection/backupVaults/azps-dpp-vault-undelete-test",
    resourceDeletionInfo: {
      deletionTime: "2026-08-30T18:04:59.7624806Z",
      scheduledPurgeTime: "2026-08-30T18:14:59.7624806Z",
      deleteActivityID: "2e79c77d-ed42-467a-984f-29295201391a",
    },
  };
  const read = (properties: Readonly<Record<string, unknown>>) =>
    deletedBackupVault(entry("ac98bff4", properties), "eastus2euap", Date.parse("2026-08-30T18:06:00Z"));

  it("is read as recorded: one that is purged ten minutes after its deletion held nothing", () => {
    expect(read(recorded)).toEqual({
      kind: "backup",
      name: "azps-dpp-vault-undelete-test",
      location: "eastus2euap",
      vaultId: recorded.originalBackupVaultResourcePath,
      id: "/subscriptions/s/providers/p/locations/l/deletedVaults/ac98bff4",
      deletedAt: "2026-08-30T18:04:59.7624806Z",
      purgeAt: "2026-08-30T18:14:59.7624806Z",
      daysLeft: 0,
      held: "nothing",
    });
  });

  it("that is purged later held data that can be recovered", () => {
    const { resourceDeletionInfo } = recorded;
    const scheduledPurgeTime = "2026-09-13T18:04:59.7624806Z";
    const held = read({ ...recorded, resourceDeletionInfo: { ...resourceDeletionInfo, scheduledPurgeTime } });
    expect(held).toMatchObject({ daysLeft: 13, held: "recoverable-data" });
  });

  it("has its name from the id it had, or its own, and no times are made up", () => {
    const { originalBackupVaultResourcePath } = recorded;
    expect(read({ originalBackupVaultResourcePath }).name).toBe("azps-dpp-vault-undelete-test");
    expect(read({ resourceDeletionInfo: "soon" })).toEqual({
      kind: "backup",
      name: "ac98bff4",
      location: "eastus2euap",
      vaultId: "",
      id: "/subscriptions/s/providers/p/locations/l/deletedVaults/ac98bff4",
    });
  });
});
