// What is lost for good and what can be brought back, for people: the worst first, and what is alike in one line where there is much.

import { describe, expect, it } from "vitest";
import type { InventoryEntry } from "../../src/model/plan.ts";
import { lossesText } from "../../src/reporting/losses.ts";
import { planNames } from "../../src/reporting/plan-names.ts";
import { planText } from "../../src/reporting/plan-text.ts";
import { instance } from "../dependencies/backup-vault/builders.ts";
import { database, fileShare, sqlServer, vmItem } from "../dependencies/builders.ts";
import { harmful, hostile, planOf } from "./builders.ts";

const until = "2026-12-05T08:00:00.000Z";
const free = { billedDays: 0, freeDays: 14 };
const kept = { fate: "soft-deleted", until, billing: free } as const;
const exists = { state: "exists" } as const;
const notAsked = "  (how far back they reach and how many there are is not asked: plan --deep does)";

function said(...inventory: readonly InventoryEntry[]): readonly string[] {
  return lossesText(inventory, planNames({ inventory, steps: [] }));
}

describe("few items", () => {
  it("have a line each: what is destroyed first, then what ends soonest, and only copies before the others", () => {
    const early = { fate: "already-soft-deleted", until: "2026-11-25T08:00:00.000Z" } as const;
    expect(
      said(
        { ...database("sql-1", "Orders"), source: exists, loss: kept },
        { ...database("sql-1", "Sales"), source: { state: "gone" }, loss: { ...kept, onlyCopy: true } },
        { ...vmItem("vm-old"), source: exists, loss: early },
        { ...fileShare("files", "a"), source: exists, loss: { fate: "destroyed" } },
        { ...fileShare("files", "b"), source: { state: "gone" }, loss: { fate: "destroyed", onlyCopy: true } },
        sqlServer("sql-1"),
      ),
    ).toEqual([
      "",
      "lost for good (2)",
      "  b AzureFileShare; newest recovery point unknown; ONLY COPY, its source is gone",
      "  a AzureFileShare; newest recovery point unknown; source exists",
      "",
      "can be brought back (3)",
      "  until 2026-11-25",
      "    vm-old VM; newest recovery point unknown; source exists",
      "  until about 2026-12-05 (14 days free)",
      "    Sales SQLDataBase; newest recovery point unknown; ONLY COPY, its source is gone",
      "    Orders SQLDataBase; newest recovery point unknown; source exists",
      notAsked,
    ]);
  });

  it("are named where they are lost for good, however many can be brought back", () => {
    const machines = Array.from({ length: 40 }, (_, at) => ({ ...vmItem(`vm-${at}`), source: exists, loss: kept }));
    const lines = said({ ...fileShare("files", "a"), source: exists, loss: { fate: "destroyed" } }, ...machines);
    expect(lines).toContain("  a AzureFileShare; newest recovery point unknown; source exists");
    expect(lines).toContain("    40 VM; newest recovery point unknown; source exists");
  });

  it("of nothing are no section", () => {
    expect(said(vmItem("vm-1"), sqlServer("sql-1"))).toEqual([]);
  });

  it.each([
    [{ billedDays: 46, freeDays: 14 }, "46 days billed, then 14 days free"],
    [{ billedDays: 1, freeDays: 0 }, "1 day billed, then 0 days free"],
    [{ ...free, alwaysBilled: "disk snapshots" }, "14 days free; disk snapshots billed throughout"],
  ])("say which days are billed: %o", (billing, text) => {
    expect(said({ ...instance("d"), loss: { ...kept, billing } })).toContain(`  until about 2026-12-05 (${text})`);
  });

  it("say where Azure does not say until when", () => {
    expect(said({ ...vmItem("vm-1"), loss: { fate: "already-soft-deleted" } })).toContain(
      "  until a time Azure does not say",
    );
  });

  it.each([
    ["the newest alone", {}, "newest recovery point 2026-11-20"],
    [
      "how many, from the oldest to the newest",
      { recoveryPoints: { count: 12, oldest: "2026-10-01T00:00:00.000Z", newest: "2026-11-20T22:00:00.000Z" } },
      "12 recovery points, 2026-10-01 to 2026-11-20",
    ],
    [
      "one",
      { recoveryPoints: { count: 1, oldest: "2026-11-20T22:00:00.000Z", newest: "2026-11-20T22:00:00.000Z" } },
      "1 recovery point, 2026-11-20",
    ],
    [
      "none, against what the item says",
      { recoveryPoints: { count: 0 } },
      "no recovery point listed, although the newest is named as 2026-11-20",
    ],
    [
      "why they are not known",
      { recoveryPoints: { why: "AuthorizationFailed" } },
      "newest recovery point 2026-11-20, the others unknown: AuthorizationFailed",
    ],
  ])("name of their recovery points %s", (_what, found, text) => {
    const item = vmItem("vm-1", { lastRecoveryPoint: "2026-11-20T22:00:00Z", ...found });
    expect(said({ ...item, loss: kept }).find((line) => line.includes("vm-1"))).toBe(
      `    vm-1 VM; ${text}; source unknown`,
    );
  });

  it("say that their recovery points can be asked for, unless they were, or stay as they are", () => {
    const asked = vmItem("vm-1", { recoveryPoints: { count: 0 } });
    expect(said({ ...asked, loss: kept }, { ...vmItem("vm-2"), loss: { fate: "already-soft-deleted" } })).not.toContain(
      notAsked,
    );
  });

  it("say why it is not known whether the source exists", () => {
    const item = vmItem("vm-1", { source: { state: "unknown", why: "it lies outside Azure" } });
    expect(said({ ...item, loss: kept }).join("\n")).toContain("; source unknown: it lies outside Azure");
  });
});

describe("many items", () => {
  const machines = (count: number, more: Partial<InventoryEntry>): readonly InventoryEntry[] =>
    Array.from(
      { length: count },
      (_, at) => ({ ...vmItem(`vm-${at}`), lastRecoveryPoint: `2026-11-${10 + (at % 9)}T00:00:00Z`, ...more }) as never,
    );

  it("share a line where workload, date and source are the same, and the rule is said", () => {
    const lines = said(
      ...machines(30, { source: exists, loss: kept }),
      { ...database("sql-1", "Orders"), source: exists, loss: kept },
      { ...fileShare("files", "a"), source: exists, loss: { fate: "destroyed" } },
    );
    expect(lines).toEqual([
      "",
      "lost for good (1)",
      "  a AzureFileShare; newest recovery point unknown; source exists",
      "",
      "can be brought back (31)",
      "  until about 2026-12-05 (14 days free)",
      "    30 VM; newest recovery point 2026-11-10 to 2026-11-18; source exists",
      "    Orders SQLDataBase; newest recovery point unknown; source exists",
      "  (items of one workload, date and source share a line; plan --format json has each of them)",
      notAsked,
    ]);
  });

  it("add up their recovery points", () => {
    const newest = "2026-11-20T22:00:00.000Z";
    const recoveryPoints = { count: 3, oldest: "2026-10-01T00:00:00.000Z", newest };
    const lines = said(...machines(30, { source: exists, loss: kept, recoveryPoints } as never));
    expect(lines).toContain("    30 VM; 90 recovery points in all, 2026-10-01 to 2026-11-20; source exists");
  });

  it("name the first of the only copies", () => {
    const lines = said(...machines(30, { loss: { ...kept, onlyCopy: true } }));
    expect(lines.find((line) => line.includes("ONLY COPY"))).toMatch(
      /^ {4}30 VM; .*; ONLY COPY, its source is gone: vm-0, .*, vm-7, … and 22 more \(plan --format json has all\)$/,
    );
  });

  it.each([
    [25, 25],
    [26, 1],
  ])("are more than 25: %i take %i lines", (count, lines) => {
    const shown = said(...machines(count, { source: exists, loss: kept })).filter((line) => line.startsWith("    "));
    expect(shown).toHaveLength(lines);
  });
});

describe("in the text of a plan", () => {
  it("what is lost comes before what stands in the vault, and steers no terminal", () => {
    const item = vmItem("vm-1", { name: hostile, workload: hostile, source: { state: "unknown", why: hostile } });
    const text = planText(planOf({ warnings: ["heed"], inventory: [{ ...item, loss: { fate: "destroyed" } }] }));
    expect(text).not.toMatch(harmful);
    const at = ["\nwarnings", "\nlost for good (1)", "\nwhat stands in the vault"].map((line) => text.indexOf(line));
    expect(at.toSorted((one, other) => one - other)).toEqual(at);
    expect(Math.min(...at)).toBeGreaterThan(0);
  });
});
