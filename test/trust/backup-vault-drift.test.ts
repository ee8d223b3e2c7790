// Drift of a Backup vault: what came, went or changed in it since a plan was made is named, and a new recovery point is none.

import { describe, expect, it } from "vitest";
import { discover } from "../../src/discovery/discover.ts";
import type { WorldBackupVault } from "../../src/emulator/data-protection/world-backup-vault.ts";
import type { Resource } from "../../src/model/resource.ts";
import { driftFrom } from "../../src/safety/drift.ts";
import { backupVault, disk, softDeletedDisk } from "../emulator/data-protection/backup-vault-builder.ts";
import { world } from "../emulator/world-builder.ts";
import { rehearse } from "../rehearsal.ts";

async function resourcesOf(vault: WorldBackupVault): Promise<readonly Resource[]> {
  const { reader, clock } = rehearse({ ...world([]), backupVaults: [vault] });
  const { resources, gaps } = await discover(reader(), clock);
  expect(gaps).toEqual([]);
  return resources;
}

const first = backupVault();
const inventory = await resourcesOf(first);

describe("a saved plan of a Backup vault", () => {
  it("does not fit when an instance came or went", async () => {
    const fewer = await resourcesOf({ ...first, backupInstances: [disk("disk-1")] });
    const thing = { kind: "backup-instance", name: "disk-2" };
    expect(driftFrom({ inventory }, fewer)).toEqual([expect.objectContaining({ change: "gone", ...thing })]);
    expect(driftFrom({ inventory: fewer }, inventory)).toEqual([expect.objectContaining({ change: "new", ...thing })]);
  });

  it("does not fit when a policy came or went", async () => {
    const fewer = await resourcesOf({ ...first, backupPolicies: [] });
    const thing = { kind: "backup-vault-policy", name: "disk-daily" };
    expect(driftFrom({ inventory }, fewer)).toEqual([expect.objectContaining({ change: "gone", ...thing })]);
    expect(driftFrom({ inventory: fewer }, inventory)).toEqual([expect.objectContaining({ change: "new", ...thing })]);
  });

  it("does not fit when an instance was soft-deleted, or stopped", async () => {
    const deleted = await resourcesOf({
      ...first,
      backupInstances: [disk("disk-1")],
      deletedBackupInstances: [softDeletedDisk("disk-2", "2027-02-20T10:00:00.0000000Z")],
    });
    const was = "ProtectionConfigured";
    expect(driftFrom({ inventory }, deleted)).toEqual([
      expect.objectContaining({ change: "changed", name: "disk-2", was, is: "SoftDeleted, soft-deleted" }),
    ]);
    const stopped = disk("disk-2", { currentProtectionState: "ProtectionStopped" });
    const found = driftFrom({ inventory }, await resourcesOf({ ...first, backupInstances: [disk("disk-1"), stopped] }));
    expect(found).toEqual([
      expect.objectContaining({ change: "changed", name: "disk-2", was, is: "ProtectionStopped" }),
    ]);
  });

  it("does not fit when soft delete or immutability changed", async () => {
    const changed = await resourcesOf(backupVault({ softDelete: "On", immutability: "Unlocked" }));
    expect(driftFrom({ inventory }, changed).map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(["soft-delete-setting", "immutability-setting"]),
    );
  });

  it("fits the vault as it was", async () => {
    expect(driftFrom({ inventory }, await resourcesOf(first))).toEqual([]);
  });
});
