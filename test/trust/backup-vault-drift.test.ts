// Drift in Backup vaults: a saved plan is carried out on the very vault it saw, and what appears while a run goes on is spared.

import { describe, expect, it } from "vitest";
import { driftOfRun } from "../../src/cli/drift-of-run.ts";
import { discover } from "../../src/discovery/discover.ts";
import type { WorldBackupVault } from "../../src/emulator/data-protection/world-backup-vault.ts";
import type { World } from "../../src/emulator/world.ts";
import { replay } from "../../src/execution/replay.ts";
import type { Resource } from "../../src/model/resource.ts";
import { driftFrom } from "../../src/safety/drift.ts";
import { backupVault, disk, softDeletedDisk } from "../emulator/data-protection/backup-vault-builder.ts";
import { world } from "../emulator/world-builder.ts";
import { rehearse } from "../rehearsal.ts";
import { runThroughChange, type Moment } from "./changing-world.ts";

type Change = (vault: WorldBackupVault) => Partial<WorldBackupVault>;

function changed(from: World, change: Change): World {
  return { ...from, backupVaults: (from.backupVaults ?? []).map((vault) => ({ ...vault, ...change(vault) })) };
}

const purge = "2026-12-20T10:00:00.0000000Z";
const before = world([], {
  backupVaults: [
    backupVault({ regime: "classic", more: { deletedBackupInstances: [softDeletedDisk("deleted", purge)] } }),
  ],
});

async function resourcesOf(given: World): Promise<readonly Resource[]> {
  const { reader, clock } = rehearse(given);
  const { resources, gaps } = await discover(reader(), clock);
  expect(gaps).toEqual([]);
  return resources;
}

const instance: Change = ({ backupInstances }) => ({ backupInstances: [...backupInstances, disk("new")] });
const policy: Change = ({ backupPolicies }) => ({
  backupPolicies: [...backupPolicies, { name: "new", properties: { datasourceTypes: ["Microsoft.Compute/disks"] } }],
});
const deletedOne: Change = ({ deletedBackupInstances }) => ({
  deletedBackupInstances: [...deletedBackupInstances, softDeletedDisk("new", purge)],
});

function inState(currentProtectionState: string): Change {
  return ({ backupInstances: [first, ...others] }) => ({
    backupInstances: [{ ...first!, properties: { ...first!.properties, currentProtectionState } }, ...others],
  });
}

const settings =
  (state: string): Change =>
  () => ({ properties: backupVault({ softDelete: state as "Off" }).properties });

describe("a saved plan for a Backup vault", () => {
  it.each([
    ["an instance came", instance, { change: "new", kind: "backup-instance", name: "new" }],
    ["a policy came", policy, { change: "new", kind: "backup-vault-policy", name: "new" }],
    ["a soft-deleted instance came", deletedOne, { change: "new", kind: "backup-instance", name: "new" }],
    ["an instance is gone", () => ({ backupInstances: [] }), { change: "gone", name: "disk-1" }],
    ["a policy is gone", () => ({ backupPolicies: [] }), { change: "gone", name: "disk-daily" }],
    ["a soft-deleted instance was purged", () => ({ deletedBackupInstances: [] }), { change: "gone", name: "deleted" }],
    ["protection was stopped", inState("ProtectionStopped"), { change: "changed", name: "disk-1" }],
    ["soft delete was turned off", settings("Off"), { change: "changed", kind: "soft-delete-setting" }],
  ] as const)("does not fit when %s", async (_what, change, difference) => {
    const inventory = await resourcesOf(before);
    const found = driftFrom({ inventory }, await resourcesOf(changed(before, change)));
    expect(found).toContainEqual(expect.objectContaining(difference));
  });

  it("fits the vault it saw", async () => {
    expect(driftFrom({ inventory: await resourcesOf(before) }, await resourcesOf(before))).toEqual([]);
  });
});

describe("a run that was left unfinished on a Backup vault", () => {
  const deleteFirst: Change = ({ backupInstances: [, ...others] }) => ({
    backupInstances: others,
    deletedBackupInstances: [softDeletedDisk("disk-1", purge)],
  });

  it.each([
    ["was soft-deleted by somebody else", deleteFirst, ["disk-1"]],
    ["had its protection stopped", inState("ProtectionStopped"), []],
  ])("is told of what an instance it has not come to went through: it %s", async (_what, change, names) => {
    const plan = await rehearse(before).plan({ strategy: "purge" });
    const resources = await resourcesOf(changed(before, change));
    const drift = driftOfRun(plan, replay(plan.steps, []), resources);
    expect(drift.map(({ name }) => name)).toEqual(names);
  });
});

describe("what appears in a Backup vault during a run", () => {
  const moments: readonly Moment[] = ["first write", "recheck", "deletion"];
  const secure = world([], { backupVaults: [backupVault()] });

  it.each(moments)("an instance is spared and named, and ends the run 3: before the %s", async (moment) => {
    const {
      result,
      world: end,
      writes,
      events,
    } = await runThroughChange({
      world: secure,
      moment,
      change: (now) => changed(now, instance),
    });
    expect(result.exitCode).toBe(3);
    const left = end.backupVaults?.[0]?.backupInstances.map(({ name }) => name);
    expect(left).toEqual(["new-instance"]);
    expect(writes.filter((write) => write.includes("new-instance"))).toEqual([]);
    expect(JSON.stringify(events)).toContain("backup-instance new would still need");
  });

  it("a policy of a classic vault is spared and named, and ends the run 3", async () => {
    const {
      result,
      world: end,
      events,
    } = await runThroughChange({
      world: before,
      options: { strategy: "purge" },
      moment: "first write",
      change: (now) => changed(now, policy),
    });
    expect(result.exitCode).toBe(3);
    expect(end.backupVaults?.[0]?.backupPolicies.map(({ name }) => name)).toEqual(["new"]);
    expect(JSON.stringify(events)).toContain("backup-vault-policy new would still need delete-policy");
  });
});
