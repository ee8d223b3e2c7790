// What a vault leaves behind is told in few lines, by the names people know, and in full only where machines read.

import { describe, expect, it } from "vitest";
import type { Remainder } from "../../src/model/plan.ts";
import { planNames } from "../../src/reporting/plan-names.ts";
import { namedRemains, remainsBySort, remainsText } from "../../src/reporting/remains.ts";
import { respelled } from "../dependencies/arm-answers.ts";
import { vault, vmItem } from "../dependencies/builders.ts";
import { rehearse } from "../rehearsal.ts";
import { planOf } from "./builders.ts";

const data = (name: string, until = "2026-12-05T08:00:00.000Z"): Remainder => ({
  what: "soft-deleted backup data",
  subject: respelled(vmItem(name).id),
  until,
});

describe("what remains after a run", () => {
  it("has a line for each sort and day, with the inventory's names of some and the number of the others", () => {
    const names = ["vm-1", "vm-2", "vm-3", "vm-4", "vm-5"];
    const plan = planOf({
      inventory: names.map((name) => vmItem(name)),
      remains: [
        ...names.slice(0, 4).map((name) => data(name)),
        data("vm-5", "2026-11-29T07:00:00.000Z"),
        {
          what: "replica disk",
          subject: "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/disks/disk-1",
        },
      ],
    });
    expect(remainsBySort(namedRemains(plan))).toEqual([
      "soft-deleted backup data until 2026-12-05: vm-1, vm-2, vm-3 and 1 more",
      "soft-deleted backup data until 2026-11-29: vm-5",
      "replica disk: disk-1",
    ]);
  });

  it("names a thing once, and a thing of the vault's own by the vault, whatever else carries its id", () => {
    const vaultItself = vault();
    const diagnostics = {
      kind: "leftover",
      id: vaultItself.id,
      name: "diagnostic data",
      state: "stays",
      what: "d",
    } as const;
    const cache = { what: "cache storage account", subject: "/storageAccounts/st1" };
    const plan = planOf({
      inventory: [vaultItself, diagnostics],
      remains: [
        { what: "snapshots", subject: vaultItself.id },
        { ...cache, of: "vm-1" },
        { ...cache, of: "vm-2" },
      ],
    });
    expect(remainsBySort(namedRemains(plan))).toEqual([`snapshots: ${vaultItself.name}`, "cache storage account: st1"]);
  });
});

const noNames = planNames({ inventory: [], steps: [] });

describe("what remains after a plan", () => {
  it("is cut by sort, so that many of one do not hide another", () => {
    const data = Array.from({ length: 30 }, (_, at) => ({ what: "backup data", subject: `vm-${at}` }));
    const lines = remainsText([...data, { what: "customer-managed key", subject: "kv" }], noNames);
    expect(lines).toHaveLength(11);
    expect(lines[0]).toBe("backup data (30)");
    expect(lines.slice(-2)).toEqual(["  … and 22 more (plan --format json has all)", "customer-managed key: kv"]);
  });

  it("names a thing that several leave behind once, with all of them", () => {
    const cache = { what: "cache storage account", subject: "/st1" };
    expect(
      remainsText(
        [
          { ...cache, of: "vm-1" },
          { ...cache, subject: "/ST1", of: "vm-2" },
        ],
        noNames,
      ),
    ).toEqual(["cache storage account: /st1, of vm-1, vm-2"]);
  });

  it("carries the day of each, and the name instead of the address of what stands in the vault", () => {
    const items = [vmItem("vm-1"), vmItem("vm-2")];
    const remains = items.map(({ id }, at) => ({
      what: "data",
      subject: id,
      until: `2026-12-0${at + 1}T07:00:00.000Z`,
    }));
    expect(remainsText(remains, planNames({ inventory: items, steps: [] }))).toEqual([
      "data (2)",
      "  vm-1 until 2026-12-01",
      "  vm-2 until 2026-12-02",
    ]);
  });

  it("of the fullest world is read at a glance: every sort is there, and none under two headings", async () => {
    const plan = await rehearse("kitchen-sink").plan();
    const lines = remainsText(plan.remains, planNames(plan));
    const headings = lines.filter((line) => !line.startsWith("  "));
    const sorts = new Set(plan.remains.map(({ what }) => what));
    expect(headings).toHaveLength(sorts.size);
    for (const sort of sorts) expect(headings.filter((heading) => heading.startsWith(sort))).toHaveLength(1);
    expect(lines.filter((line) => line.includes("/backupFabrics/") && !line.includes("SQLAG"))).toEqual([]);
    expect(headings.filter((heading) => heading.includes("MARS"))).toHaveLength(1);
  });
});
