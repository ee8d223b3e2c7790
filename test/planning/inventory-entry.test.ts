// What a plan's inventory says of each resource: what was asked about it, why it needs no step, what is lost with it.

import { describe, expect, it } from "vitest";
import { armId, nameOf } from "../../src/model/arm-id.ts";
import type { Plan } from "../../src/model/plan.ts";
import { inventoryEntry } from "../../src/planning/inventory-entry.ts";
import { ofKind } from "../../src/model/resource.ts";
import { consents } from "../../src/model/step.ts";
import { renderPlan } from "../../src/planning/plan-document.ts";
import { openPlan } from "../../src/planning/saved-plan.ts";
import { loadWorld } from "../../src/emulator/worlds.ts";
import { sqlServer, vmItem } from "../dependencies/builders.ts";
import { rehearse } from "../rehearsal.ts";

const gone = { state: "gone" } as const;
const destroyed = { fate: "destroyed" } as const;

describe("an entry of the inventory", () => {
  it("is the resource itself where there is nothing to say", () => {
    const server = sqlServer("sql-1");
    expect(inventoryEntry(server, {}, undefined)).toBe(server);
  });

  it("says why it needs no step", () => {
    expect(inventoryEntry(sqlServer("sql-1"), { note: "goes" }, undefined)).toEqual({
      ...sqlServer("sql-1"),
      note: "goes",
    });
  });

  it.each(["destroyed", "soft-deleted", "already-soft-deleted"] as const)(
    "marks what is %s as the only copy where its source is gone",
    (fate) => {
      const entry = inventoryEntry(vmItem("vm-1"), { loss: { fate } }, { source: gone });
      expect(entry).toEqual({ ...vmItem("vm-1"), source: gone, loss: { fate, onlyCopy: true } });
      expect(inventoryEntry(vmItem("vm-1", { source: gone }), { loss: { fate } }, undefined)).toEqual(entry);
    },
  );

  it.each(["exists", "unknown"] as const)("marks no only copy where its source %s", (state) => {
    const { loss } = inventoryEntry(vmItem("vm-1"), { loss: destroyed }, { source: { state } });
    expect(loss).toEqual(destroyed);
  });

  it("marks none where nothing is lost", () => {
    expect(inventoryEntry(vmItem("vm-1"), {}, { source: gone })).toEqual(vmItem("vm-1", { source: gone }));
  });
});

const backupVaults = (loadWorld("backup-vault").backupVaults ?? []).map(({ id }) => id);

function losses(plan: Plan): readonly (readonly [string, string | undefined])[] {
  return plan.inventory.filter(({ loss }) => loss !== undefined).map(({ name, loss }) => [name, loss?.fate]);
}

describe("a plan", () => {
  it.each(["soft", "purge"] as const)("says of every item that goes what becomes of its data: %s", async (strategy) => {
    const plan = await rehearse("kitchen-sink").plan({ strategy });
    const items = plan.inventory.filter(({ kind }) => kind === "protected-item");
    const going = items.filter(({ id }) => !plan.blockers.some(({ subject }) => subject === id));
    expect(going.length).toBeGreaterThan(20);
    expect(going.filter(({ loss }) => loss === undefined)).toEqual([]);
    const irreversible = plan.steps.filter(({ action, irreversible: yes }) => action === "delete-item" && yes);
    const lostFor = new Set(going.filter(({ loss }) => loss?.fate === "destroyed").map(({ id }) => id));
    expect(irreversible.filter(({ target }) => !lostFor.has(target))).toEqual([]);
  });

  it.each(backupVaults)(
    "of a Backup vault says it of every instance, and what it is the only copy of: %s",
    async (id) => {
      const vault = {
        id: armId(id),
        name: nameOf(id),
        kind: "backup",
        location: "westeurope",
        cloud: "public",
      } as const;
      const plan = await rehearse("backup-vault", { vault }).plan({ consents }, true);
      const instances = ofKind(plan.inventory, "backup-instance");
      expect(instances.length).toBeGreaterThan(8);
      expect(losses(plan).map(([name]) => name)).toEqual(instances.map(({ name }) => name));
      const active = instances.filter(({ softDeleted }) => !softDeleted);
      expect(active.filter(({ recoveryPoints }) => recoveryPoints === undefined || "why" in recoveryPoints)).toEqual(
        [],
      );
      const copies = plan.inventory.filter(({ loss }) => loss?.onlyCopy === true);
      expect(copies.map(({ name }) => name.replace(/-c$/, ""))).toEqual(["disk-old"]);
      expect(openPlan(renderPlan(plan), "plan.json")).toEqual(plan);
    },
  );

  it.each([false, true])("is opened as it was saved, with what was asked about it; deep: %s", async (deep) => {
    const plan = await rehearse("kitchen-sink").plan({}, deep);
    const counted = plan.inventory.filter((entry) => entry.kind === "protected-item" && entry.recoveryPoints);
    expect(counted.length > 0).toBe(deep);
    expect(openPlan(renderPlan(plan), "plan.json")).toEqual(plan);
  });
});
