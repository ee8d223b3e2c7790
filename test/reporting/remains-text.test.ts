// What is there after a plan: grouped by sort, each thing once, and no sort hidden by another.

import { describe, expect, it } from "vitest";
import { planNames } from "../../src/reporting/plan-names.ts";
import { remainsText } from "../../src/reporting/remains-text.ts";
import { vmItem } from "../dependencies/builders.ts";
import { rehearse } from "../rehearsal.ts";

const noNames = planNames({ inventory: [], steps: [] });

describe("what remains", () => {
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
