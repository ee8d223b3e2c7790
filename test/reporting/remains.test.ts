// What a vault leaves behind is told in few lines, by the names people know, and in full only where machines read.

import { describe, expect, it } from "vitest";
import type { Remainder } from "../../src/model/plan.ts";
import { namedRemains, remainsBySort } from "../../src/reporting/remains.ts";
import { respelled } from "../dependencies/arm-answers.ts";
import { vmItem } from "../dependencies/builders.ts";
import { planOf } from "./builders.ts";

const data = (name: string, until = "2026-12-05T08:00:00.000Z"): Remainder => ({
  what: "soft-deleted backup data",
  subject: respelled(vmItem(name).id),
  until,
});

describe("what remains", () => {
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

  it("shows no control characters of a name", () => {
    const plan = planOf({ remains: [{ what: "replica disk", subject: "/disks/a\u001b[31mb" }] });
    expect(remainsBySort(namedRemains(plan))).toEqual(["replica disk: ab"]);
  });
});
