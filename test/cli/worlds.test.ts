// The shipped worlds on the command line: what their plans say, with which dates, and how the commands end.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { kinds } from "../../src/dependencies/registry.ts";
import type { Plan } from "../../src/model/plan.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { commandLineHere } from "./command-line.ts";

const everyConsent = "disable-immutability,remove-locks,cancel-jobs";

/** Whole days from the making of the plan until then. */
function daysAhead(plan: Plan, until: string | undefined): number {
  return Math.round((Date.parse(until ?? "") - Date.parse(plan.createdAt)) / 86_400_000);
}

async function planned(world: string, ...more: readonly string[]): Promise<{ code: number | null; plan: Plan }> {
  const { code, stdout } = await commandLineHere(["plan", "--emulator", world, "--format", "json", ...more]);
  return { code, plan: JSON.parse(stdout) as Plan };
}

const codes = (plan: Plan): readonly string[] => plan.blockers.map((blocker) => blocker.code);

describe("the world always-on", () => {
  it("goes softly, and is blocked for a purge with the way out", async () => {
    expect((await planned("always-on")).plan.expectedOutcome.kind).toBe("soft-deleted");
    const { code, stdout } = await commandLineHere(["plan", "--emulator", "always-on", "--strategy", "purge"]);
    expect(code).toBe(3);
    expect(stdout).toContain("soft-delete-always-on: soft delete is AlwaysON: Azure lets nobody turn it off");
    expect(stdout).toContain("to do use --strategy soft");
  });
});

describe("the world immutable-locked", () => {
  it("is blocked until the last recovery point expires, and says when each item's does", async () => {
    const file = join(temporaryFolder(), "plan.json");
    const { code, stdout } = await commandLineHere(["plan", "--emulator", "immutable-locked", "--out", file]);
    expect(code).toBe(3);
    const plan = JSON.parse(readFileSync(file, "utf8")) as Plan;
    expect(plan.blockers.map(({ code: blocker, until }) => [blocker, daysAhead(plan, until)])).toEqual([
      ["immutability-locked", 45],
      ["immutability-locked-item", 30],
      ["immutability-locked-item", 45],
    ]);
    const days = [plan.expectedOutcome, ...plan.blockers].map(({ until }) => until?.slice(0, 10));
    expect([...stdout.matchAll(/not before (\d{4}-\d{2}-\d{2})$/gm)].map(([, day]) => day)).toEqual(days);
  });
});

describe("the world guarded", () => {
  it("goes in both strategies, and marks the steps its guard decides over", async () => {
    for (const strategy of ["soft", "purge"]) {
      const { code, plan } = await planned("guarded", "--strategy", strategy, "--detailed-exitcode");
      expect(code).toBe(2);
      const guarded = plan.steps.filter((step) => step.guarded !== undefined).map((step) => step.action);
      expect(new Set(guarded)).toEqual(
        new Set(strategy === "soft" ? ["delete-item"] : ["disable-soft-delete", "undelete-item", "delete-item"]),
      );
    }
  });
});

describe("the world locked", () => {
  it("is blocked by every lock at once, and goes with consent", async () => {
    const { code, plan } = await planned("locked");
    expect(code).toBe(3);
    expect(codes(plan)).toEqual(Array(5).fill("locked"));
    expect(plan.blockers.every((blocker) => blocker.fix.includes("--allow remove-locks"))).toBe(true);
    const consented = await planned("locked", "--allow", "remove-locks", "--detailed-exitcode");
    expect(consented.code).toBe(2);
    const restored = consented.plan.steps.filter((step) => step.action === "restore-lock");
    expect(restored).toHaveLength(5);
  });
});

describe("the world failed-over", () => {
  it("is blocked by machines that were failed over, sources out of reach and an appliance, all at once", async () => {
    const { code, plan } = await planned("failed-over");
    expect(code).toBe(3);
    expect(new Set(codes(plan))).toEqual(
      new Set(["replication-failed-over", "replication-source-unreachable", "appliance-registered"]),
    );
    const allowed = await planned("failed-over", "--allow", "failed-over-items,orphan-replication");
    expect(allowed.code).toBe(3);
    expect(codes(allowed.plan)).toEqual(["appliance-registered"]);
  });
});

describe("the world kitchen-sink", () => {
  it("has a step or a finding for every kind but the unknown, and those of Backup vaults alone", async () => {
    const { plan } = await planned("kitchen-sink");
    const told = new Set<string>([
      ...plan.steps.map((step) => step.kind),
      ...plan.inventory.filter((entry) => entry.note !== undefined).map((entry) => entry.kind),
      ...plan.remains.flatMap(
        (remainder) => plan.inventory.find((entry) => entry.id === remainder.subject)?.kind ?? [],
      ),
      ...plan.blockers.flatMap((blocker) => plan.inventory.find((entry) => entry.id === blocker.subject)?.kind ?? []),
    ]);
    expect(kinds.filter((kind) => !told.has(kind))).toEqual(["backup-instance", "backup-vault-policy", "unknown"]);
  });

  it("ends 3 without consents, names every blocker at once and writes nothing", async () => {
    const { code, stdout } = await commandLineHere([
      "apply",
      "--emulator",
      "kitchen-sink",
      "--format",
      "json",
      "--confirm",
      "rsv-everything-neu",
    ]);
    expect(code).toBe(3);
    const said = JSON.parse(stdout) as Pick<Plan, "blockers">;
    expect(said.blockers.map((blocker) => blocker.code)).toEqual(["immutability-unlocked", "locked"]);
  });

  it.each(["soft", "purge"])("ends 0 with the needed consents, strategy %s", async (strategy) => {
    const { code, stdout } = await commandLineHere([
      "apply",
      "--emulator",
      "kitchen-sink",
      "--strategy",
      strategy,
      "--allow",
      everyConsent,
      "--confirm",
      "rsv-everything-neu",
      "--speed",
      "2000",
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain(strategy === "soft" ? "rsv-everything-neu is soft-deleted" : "is purged, for good");
    expect(stdout).toMatch(/\d+ verified, 0 failed, 0 skipped, 0 open/);
  });
});
