// Recoveries carried out on the emulator: of a deleted vault and of one that stands, cut short anywhere, and refused.

import { describe, expect, it } from "vitest";
import type { World } from "../../src/emulator/world.ts";
import { consents } from "../../src/model/step.ts";
import { backupVault, disk, softDeletedDisk } from "../emulator/data-protection/backup-vault-builder.ts";
import { sqlServer, storageAccount, subscription, vault, vm, world } from "../emulator/world-builder.ts";
import { rehearse } from "../rehearsal.ts";
import { planBack, tornDown } from "../way-back.ts";
import { killedAfter } from "./killed-run.ts";

const source = (type: string, name: string): string =>
  `/subscriptions/${subscription}/resourceGroups/rg-test/providers/${type}/${name}`;

/** As Azure lists it: with the resource it stands for. */
function from<P extends ReturnType<typeof sqlServer>>(type: string, part: P): P {
  const { container } = part;
  const name = container.name.slice(container.name.lastIndexOf(";") + 1);
  return {
    ...part,
    container: { ...container, properties: { ...container.properties, sourceResourceId: source(type, name) } },
  };
}

const machine = "Microsoft.Compute/virtualMachines";
const database = { protectedItemType: "AzureVmWorkloadSQLDatabase" };
const host = from(machine, sqlServer("sql1", { a: database, b: database }));
const account = from("Microsoft.Storage/storageAccounts", shares(storageAccount("st1", ["share"])));
const vmItem = (name: string) => vm(name, { protectedItemType: machine, sourceResourceId: source(machine, name) });
const everySort = world([vault({ parts: [vmItem("vm1"), host, account] })]);

function shares(part: ReturnType<typeof storageAccount>): ReturnType<typeof storageAccount> {
  const protectedItemType = "AzureFileShareProtectedItem";
  return {
    ...part,
    items: part.items.map((item) => ({ ...item, properties: { ...item.properties, protectedItemType } })),
  };
}

const backupWorld: World = { ...world([]), backupVaults: [backupVault()] };

describe("the recovery of a run that deleted the vault", () => {
  it("brings back the vault first, then its containers, then the items, and proves it", async () => {
    const { rehearsal, plan, events } = await tornDown(everySort);
    expect(rehearsal.emulator.world().vaults).toEqual([]);
    const back = await planBack(rehearsal, plan, events);
    expect(back.steps.map(({ action, name }) => `${action} ${name}`)).toEqual([
      "undelete-vault rsv-test",
      "register-container st1",
      "register-container sql1",
      "undelete-item vm1",
      "undelete-item a",
      "undelete-item b",
      "prove-recovery rsv-test",
    ]);
    const { result } = await rehearsal.run(back);
    expect(result).toMatchObject({ exitCode: 0, outcome: { kind: "recovered" } });
    const [returned] = rehearsal.emulator.world().vaults;
    const states = returned?.protectedItems.map(({ properties }) => properties["protectionState"]);
    expect(states).toEqual(["ProtectionStopped", "ProtectionStopped", "ProtectionStopped"]);
    const registered = returned?.protectionContainers.map(({ properties }) => properties["registrationStatus"]);
    expect(registered?.filter((status) => status === "Registered")).toHaveLength(2);
  });

  it("says of shares that their snapshots are gone, and brings back their account", async () => {
    const { rehearsal, plan, events } = await tornDown(world([vault({ parts: [account] })]));
    const back = await planBack(rehearsal, plan, events);
    expect(back.recovery?.byHand).toEqual([
      expect.objectContaining({ what: "backup data that was destroyed for good", subjects: ["share"] }),
    ]);
    expect(back.steps.find(({ action }) => action === "register-container")?.request).toMatchObject({
      operation: "Register",
    });
    expect((await rehearsal.run(back)).result.exitCode).toBe(0);
  });

  it("brings back a Backup vault and its instances", async () => {
    const { rehearsal, plan, events } = await tornDown(backupWorld);
    const back = await planBack(rehearsal, plan, events);
    expect((await rehearsal.run(back)).result).toMatchObject({ exitCode: 0, outcome: { kind: "recovered" } });
    const { backupVaults = [], deletedBackupVaults = [] } = rehearsal.emulator.world();
    expect(deletedBackupVaults).toEqual([]);
    expect(backupVaults[0]?.backupInstances.map(({ properties }) => properties["currentProtectionState"])).toEqual([
      "ProtectionStopped",
      "ProtectionStopped",
    ]);
  });

  it("goes on to the same end wherever it is killed, and sends no write twice", async () => {
    const first = await tornDown(everySort);
    const whole = await planBack(first.rehearsal, first.plan, first.events);
    const { events } = await first.rehearsal.run(whole);
    for (let lines = 1; lines < events.length; lines++) {
      const { rehearsal, plan, events: before } = await tornDown(everySort);
      const back = await planBack(rehearsal, plan, before);
      const already = rehearsal.writes().length;
      const stored = await killedAfter(rehearsal, back, lines);
      const { result } = await rehearsal.run(back, { past: stored });
      expect([lines, result.exitCode, result.outcome?.kind]).toEqual([lines, 0, "recovered"]);
      const writes = rehearsal.writes().slice(already);
      expect([lines, writes.length]).toEqual([lines, new Set(writes).size]);
    }
  });

  it("is not done where another vault has taken the name since: the deleted one is still there", async () => {
    const { rehearsal, plan, events } = await tornDown(everySort);
    const back = await planBack(rehearsal, plan, events);
    const again = { ...rehearsal.emulator.world(), vaults: everySort.vaults };
    const later = rehearse(again, { clock: rehearsal.clock });
    const { result, events: told } = await later.run(back);
    expect(result.exitCode).toBe(4);
    expect(told).toContainEqual(expect.objectContaining({ type: "step-failed", code: "VaultStillDeleted" }));
    expect(later.writes()).toEqual([]);
  });
});

describe("the recovery of what a run deleted in a vault that stands", () => {
  it("leaves alone an item that is protected again meanwhile", async () => {
    const { rehearsal, plan, events } = await tornDown(world([vault({ parts: [vmItem("vm1"), vmItem("vm2")] })]));
    const back = await planBack(rehearsal, plan, events);
    const [undeleteVault] = back.steps;
    // Somebody has brought it all back by hand, and protected one machine again.
    const clock = rehearsal.clock;
    const later = rehearse(world([vault({ parts: [vmItem("vm1"), vmItem("vm2")] })]), { clock });
    const { result } = await later.run(back);
    expect(result.exitCode).toBe(0);
    expect(undeleteVault?.action).toBe("undelete-vault");
    expect(later.writes()).toEqual([]);
    const [first] = later.emulator.world().vaults[0]?.protectedItems ?? [];
    expect(first?.properties["protectionState"]).toBe("Protected");
  });

  it("brings back what the run had deleted when it was stopped, and nothing else", async () => {
    const parts = [vmItem("vm1"), vmItem("vm2")];
    const rehearsal = rehearse(world([vault({ parts })]));
    const plan = await rehearsal.plan();
    const stop = new AbortController();
    const { events } = await rehearsal.run(plan, {
      concurrency: 1,
      signal: stop.signal,
      record: (event) => {
        if (event.type === "step-verified") stop.abort();
      },
    });
    const back = await planBack(rehearsal, plan, events);
    expect(back.recovery?.deletedVault).toBeUndefined();
    expect(back.steps.map(({ action }) => action)).toEqual(["undelete-item", "prove-recovery"]);
    expect((await rehearsal.run(back)).result.exitCode).toBe(0);
    const states = rehearsal.emulator
      .world()
      .vaults[0]?.protectedItems.map(({ properties }) => properties["protectionState"]);
    expect(states?.toSorted()).toEqual(["Protected", "ProtectionStopped"]);
  });

  it("names what is purged meanwhile, and brings back the rest", async () => {
    const { rehearsal, plan, events } = await tornDown(backupWorld);
    const back = await planBack(rehearsal, plan, events);
    const lost = { ...backupWorld.backupVaults![0]!, backupInstances: [disk("disk-1")] };
    const later = rehearse({ ...world([]), backupVaults: [lost] }, { clock: rehearsal.clock });
    const { result, events: told } = await later.run(back);
    expect(result.exitCode).toBe(5);
    expect(told).toContainEqual(
      expect.objectContaining({ type: "step-failed", code: "UserErrorGenericResourceNotFound" }),
    );
    expect(result.counts).toMatchObject({ failed: 1, skipped: 1 });
  });
});

describe("a recovery that Azure refuses", () => {
  it("stops at a container that another vault has registered, and undeletes the rest", async () => {
    const { rehearsal, plan, events } = await tornDown(everySort);
    const back = await planBack(rehearsal, plan, events);
    const [gone] = rehearsal.emulator.world().deletedVaults;
    const contents = {
      ...gone!.contents!,
      protectionContainers: gone!.contents!.protectionContainers.map((container) =>
        container.name.startsWith("VMAppContainer")
          ? { ...container, registeredElsewhere: everySort.vaults[0]!.id.replace("rsv-test", "rsv-other") }
          : container,
      ),
    };
    const later = rehearse(
      { ...rehearsal.emulator.world(), deletedVaults: [{ ...gone!, contents }] },
      { clock: rehearsal.clock, vault: rehearsal.vault },
    );
    const { result, events: told } = await later.run(back);
    expect(result.exitCode).toBe(3);
    const failed = told.filter(({ type }) => type === "step-failed");
    expect(failed).toEqual([expect.objectContaining({ disposition: "blocked", step: "register-container-2" })]);
    expect(JSON.stringify(failed)).toMatch(/unregister it there first/);
    const items = later.emulator.world().vaults[0]?.protectedItems ?? [];
    const machineItem = items.find(({ name }) => name.startsWith("VM;"));
    expect(machineItem?.properties["protectionState"]).toBe("ProtectionStopped");
  });

  it("names the resource group that is gone", async () => {
    const { rehearsal, plan, events } = await tornDown(everySort);
    const back = await planBack(rehearsal, plan, events);
    const later = rehearse(
      { ...rehearsal.emulator.world(), resourceGroups: [] },
      { clock: rehearsal.clock, vault: rehearsal.vault },
    );
    const { result, events: told } = await later.run(back);
    expect(result.exitCode).toBe(3);
    expect(JSON.stringify(told.filter(({ type }) => type === "step-failed"))).toMatch(/az group create/);
  });
});

it("what was soft-deleted before the run is not asked for", async () => {
  const deleted = [softDeletedDisk("disk-old", "2027-01-01T00:00:00.0000000Z")];
  const { rehearsal, plan, events } = await tornDown({
    ...world([]),
    backupVaults: [backupVault({ more: { deletedBackupInstances: deleted } })],
  });
  const back = await planBack(rehearsal, plan, events, {});
  expect(back.recovery?.remarks.join()).toMatch(/1 item that had been soft-deleted before the run/);
  expect(back.steps.map(({ name }) => name)).not.toContain("disk-old");
});

it("everything that the shipped world of everything can have back is back", async () => {
  const { rehearsal, plan, events } = await tornDown("kitchen-sink", { consents });
  const back = await planBack(rehearsal, plan, events);
  const { result } = await rehearsal.run(back);
  expect(result).toMatchObject({ exitCode: 0, outcome: { kind: "recovered" }, counts: { failed: 0, skipped: 0 } });
  expect(back.recovery?.byHand.map(({ what }) => what)).toEqual([
    "immutability of the vault",
    "auto-protection",
    "backup data that was destroyed for good",
    "servers outside Azure",
    "machines of test failovers",
    "replication by Site Recovery",
    "private endpoint connections",
    "private endpoints",
  ]);
});
