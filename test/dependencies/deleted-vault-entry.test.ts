// Entries of the deleted vaults of a location: either sort of vault by its own members, and what the dates say it held.

import { describe, expect, it } from "vitest";
import { deletedVaultEntry } from "../../src/dependencies/deleted-vault-entry.ts";
import { answer, backupVaultPath, vaultPath } from "./arm-answers.ts";

const recoveryServices = (members: object) =>
  deletedVaultEntry(answer("/deletedVaults/1", { vaultId: vaultPath, ...members }));
const backup = (resourceDeletionInfo?: object) =>
  deletedVaultEntry(
    answer("/deletedVaults/1", {
      originalBackupVaultResourcePath: backupVaultPath,
      ...(resourceDeletionInfo === undefined ? {} : { resourceDeletionInfo }),
    }),
  );

describe("an entry of a deleted Recovery Services vault", () => {
  it.each([
    ["2026-11-20T08:00:00Z", true],
    ["2026-11-20T07:59:58Z", true],
    ["2026-11-20T08:00:01Z", false],
  ])("that is purged at %s held nothing: %s", (purgeAt, heldNothing) => {
    const deletedAt = "2026-11-20T08:00:00Z";
    expect(recoveryServices({ vaultDeletionTime: deletedAt, purgeAt })).toEqual({
      vaultId: vaultPath,
      deletedAt,
      purgeAt,
      heldNothing,
    });
  });

  it("without dates says nothing of what it held", () => {
    expect(recoveryServices({})).toEqual({ vaultId: vaultPath, heldNothing: false });
    expect(deletedVaultEntry(answer("/bare"))).toEqual({ vaultId: "", heldNothing: false });
  });
});

describe("an entry of a deleted Backup vault", () => {
  // ps2026p__Undo-AzDataProtectionVaultDeletion: an empty vault, purged ten minutes after its deletion.
  const deletionTime = "2026-08-30T18:04:59.7624806Z";

  it.each([
    ["2026-08-30T18:14:59.7624806Z", true],
    ["2026-09-13T18:04:59.7624806Z", false],
  ])("that is purged at %s held nothing: %s", (scheduledPurgeTime, heldNothing) => {
    expect(backup({ deletionTime, scheduledPurgeTime })).toEqual({
      vaultId: backupVaultPath,
      deletedAt: deletionTime,
      purgeAt: scheduledPurgeTime,
      heldNothing,
    });
  });

  it("without dates says nothing of what it held", () => {
    expect(backup()).toEqual({ vaultId: backupVaultPath, heldNothing: false });
  });
});
