// What becomes of backup data, and on which days keeping it costs: by the vault's setting, the strategy and the sort of backup.

import { describe, expect, it } from "vitest";
import { backupItems } from "../../src/dependencies/backup-items.ts";
import { backupInstances } from "../../src/dependencies/backup-vault/backup-instances.ts";
import type { Loss } from "../../src/model/loss.ts";
import type { PlanOptions } from "../../src/model/plan.ts";
import type { BackupInstance, ProtectedItem } from "../../src/model/resource.ts";
import { contextOf, database, fileShare, marsItem, marsServer, softDelete, softDeleted, vmItem } from "./builders.ts";
import * as backupVault from "./backup-vault/builders.ts";

const inTwoWeeks = "2026-12-05T08:00:00.000Z";
const snapshots = "instant-restore snapshots";

function lossOf(item: ProtectedItem, state: string, options: Partial<PlanOptions> = {}, days = 14): Loss | undefined {
  const context = contextOf([softDelete(state, { retentionDays: days }), marsServer("mars-1"), item], options);
  return backupItems.contribute(item, context).loss;
}

function lossOfInstance(given: BackupInstance, state: string, options: Partial<PlanOptions> = {}): Loss | undefined {
  return backupInstances.contribute(given, backupVault.contextOf([backupVault.softDelete(state), given], options)).loss;
}

const purge = { strategy: "purge" } as const;

describe("the data of a backup item", () => {
  it.each(["Enabled", "AlwaysON", "alwayson"])("can be brought back where soft delete reads %s", (state) => {
    expect(lossOf(database("sql-1", "Orders"), state)).toEqual({
      fate: "soft-deleted",
      until: inTwoWeeks,
      billing: { billedDays: 0, freeDays: 14 },
    });
  });

  it.each(["Disabled", "Unknown"])("is destroyed where soft delete reads %s", (state) => {
    expect(lossOf(vmItem("vm-1"), state)).toEqual({ fate: "destroyed" });
  });

  it.each([
    ["an active one", vmItem("vm-1")],
    ["one that was soft-deleted and is undeleted for it", vmItem("vm-1", softDeleted)],
  ])("is destroyed by a purge: %s", (_which, item) => {
    expect(lossOf(item, "Enabled", purge)).toEqual({ fate: "destroyed" });
  });

  it("is destroyed where it is a share, whose backups are snapshots in its account", () => {
    expect(lossOf(fileShare("files", "projects"), "AlwaysON")).toEqual({ fate: "destroyed" });
  });

  it("is billed throughout in part where it has snapshots beside the vault", () => {
    expect(lossOf(vmItem("vm-1"), "AlwaysON")?.billing).toEqual({
      billedDays: 0,
      freeDays: 14,
      alwaysBilled: snapshots,
    });
  });

  it("goes with its server, and so does what becomes of it", () => {
    const item = marsItem("C:", "mars-1");
    expect(lossOf(item, "AlwaysON")).toMatchObject({ fate: "soft-deleted", until: inTwoWeeks });
    expect(lossOf(item, "Disabled")).toEqual({ fate: "destroyed" });
  });

  it("has no fate of its own where no server is known to take it along: that blocks", () => {
    const item = marsItem("C:", "another");
    expect(lossOf(item, "AlwaysON")).toBeUndefined();
  });
});

describe("of a retention", () => {
  it.each([
    [14, 0, 14],
    [15, 1, 14],
    [60, 46, 14],
    [180, 166, 14],
    [7, 0, 7],
    [0, 0, 0],
  ])("of %i days the first %i are billed and the last %i are free", (days, billedDays, freeDays) => {
    const loss = lossOf(database("sql-1", "Orders"), "AlwaysON", {}, days);
    expect(loss?.billing).toEqual({ billedDays, freeDays });
  });
});

describe("what was soft-deleted before", () => {
  it("goes with the vault until Azure's own day; days begun count whole", () => {
    expect(lossOf(vmItem("vm-1", softDeleted), "AlwaysON")).toEqual({
      fate: "already-soft-deleted",
      until: "2026-11-29T07:00:00.000Z",
      billing: { billedDays: 0, freeDays: 8, alwaysBilled: snapshots },
    });
  });

  it.each([
    ["2027-01-20T08:00:00.000Z", 46, 14],
    ["2026-12-06T08:00:00.000Z", 1, 14],
    ["2026-11-20T08:00:00.000Z", 0, 0],
  ])("and is purged at %s: %i days billed still, %i free", (purgeAt, billedDays, freeDays) => {
    const item = database("sql-1", "Orders", { ...softDeleted, purgeAt });
    expect(lossOf(item, "AlwaysON")?.billing).toEqual({ billedDays, freeDays });
  });

  it("has no date where Azure says none", () => {
    const { purgeAt: _purgeAt, ...undated } = vmItem("vm-1", softDeleted);
    expect(lossOf(undated, "AlwaysON")).toEqual({ fate: "already-soft-deleted" });
  });
});

describe("the data of an instance of a Backup vault", () => {
  const disk = backupVault.instance("d", { datasourceType: "Microsoft.Compute/disks" });
  const blobs = backupVault.instance("b", { datasourceType: "Microsoft.Storage/storageAccounts/blobServices" });

  it("can be brought back where soft delete is on, and snapshots of disks are billed throughout", () => {
    expect(lossOfInstance(disk, "On")).toEqual({
      fate: "soft-deleted",
      until: inTwoWeeks,
      billing: { billedDays: 0, freeDays: 14, alwaysBilled: "disk snapshots" },
    });
  });

  it.each([
    ["where soft delete is off", disk, "Off", {}],
    ["where it is an operational backup of blobs", blobs, "AlwaysOn", {}],
    ["by a purge", disk, "On", purge],
    [
      "by a purge of one that was soft-deleted",
      backupVault.instance("x", backupVault.softDeletedInstance),
      "On",
      purge,
    ],
  ])("is destroyed %s", (_where, given, state, options) => {
    expect(lossOfInstance(given, state, options)).toEqual({ fate: "destroyed" });
  });

  it("that was soft-deleted is billed until the day Azure says", () => {
    const deleted = { ...backupVault.softDeletedInstance, billingEndsAt: "2026-11-24T07:00:00.000Z" };
    expect(lossOfInstance(backupVault.instance("x", deleted), "AlwaysOn")).toEqual({
      fate: "already-soft-deleted",
      until: "2026-11-29T07:00:00.000Z",
      billing: { billedDays: 3, freeDays: 5 },
    });
  });

  it("is billed no longer than it is kept, whatever Azure says", () => {
    const deleted = { ...backupVault.softDeletedInstance, billingEndsAt: "2027-11-24T07:00:00.000Z" };
    const loss = lossOfInstance(backupVault.instance("x", deleted), "AlwaysOn");
    expect(loss?.billing).toEqual({ billedDays: 8, freeDays: 0 });
  });
});
