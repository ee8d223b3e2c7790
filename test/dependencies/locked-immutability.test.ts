// Which recovery points hold an item of a locked immutable vault, in the shapes in which Azure lists them.

import { describe, expect, it } from "vitest";
import { immutability as rule } from "../../src/dependencies/immutability.ts";
import type { ArmResource } from "../../src/model/ports.ts";
import { answer, fileShareAnswer, readerOf, securitySettings, databaseAnswer, vaultAnswer } from "./arm-answers.ts";
import { contextOf, only } from "./builders.ts";

const locked = async () => vaultAnswer(securitySettings("AlwaysON", { state: "Locked" }));

async function settingOf(item: ArmResource, points: readonly ArmResource[]) {
  const reader = readerOf({ vault: locked, protectedItems: async () => [item], recoveryPoints: async () => points });
  return only(await rule.list(reader));
}

const full = (expiryTime?: string): ArmResource =>
  answer("full", {
    objectType: "AzureWorkloadSQLRecoveryPoint",
    type: "Full",
    ...(expiryTime === undefined ? {} : { recoveryPointProperties: { expiryTime, isSoftDeleted: false } }),
  });
const log = (...timeRanges: readonly object[]): ArmResource =>
  answer("DefaultRangeRecoveryPoint", {
    objectType: "AzureWorkloadSQLPointInTimeRecoveryPoint",
    type: "Log",
    timeRanges,
  });
const range = { startTime: "2026-11-01T00:00:00Z", endTime: "2026-11-20T00:00:00Z" };

describe("a database of a locked vault", () => {
  it("is dated by its backups: the range of its logs, listed among them without a date, hides none", async () => {
    const database = databaseAnswer("sql-vm", "master");
    const { expiries } = await settingOf(database, [full("2026-12-01T00:00:00Z"), log(range)]);
    expect(only(expiries).until).toBe("2026-12-01T00:00:00.000Z");
  });

  it("is not held by an entry for logs that covers no time (as recorded)", async () => {
    expect((await settingOf(databaseAnswer("sql-vm", "master"), [log()])).expiries).toEqual([]);
  });

  it("is held without a date by logs alone", async () => {
    const { expiries } = await settingOf(databaseAnswer("sql-vm", "master"), [log(range)]);
    expect(only(expiries)).not.toHaveProperty("until");
  });

  it("is said to be held at least as long as its dated backups, where the newest has no date yet (as recorded)", async () => {
    const gate = await settingOf(databaseAnswer("sql-vm", "master"), [full("2026-12-01T00:00:00Z"), full()]);
    const [ofVault, ofItem] = rule.contribute(gate, contextOf([gate])).blockers ?? [];
    expect(ofVault).not.toHaveProperty("until");
    expect(ofItem).not.toHaveProperty("until");
    expect(ofItem?.reason).toContain("not before 2026-12-01");
    expect(ofItem?.fix).toContain("after that date");
  });
});

describe("a file share of a locked vault", () => {
  const point = (...tiers: readonly string[]): ArmResource =>
    answer("rp", {
      objectType: "AzureFileShareRecoveryPoint",
      recoveryPointTierDetails: tiers.map((type) => ({ type, status: "Valid" })),
      recoveryPointProperties: { expiryTime: "2027-01-01T00:00:00Z", isSoftDeleted: false },
    });

  it("is held by backups in the vault, which are no snapshots", async () => {
    const { expiries } = await settingOf(fileShareAnswer("st1", "a"), [
      point("InstantRP"),
      point("InstantRP", "HardenedRP"),
    ]);
    expect(only(expiries).until).toBe("2027-01-01T00:00:00.000Z");
  });

  it("is not held by snapshots, which immutability does not cover", async () => {
    expect((await settingOf(fileShareAnswer("st1", "a"), [point("InstantRP")])).expiries).toEqual([]);
  });
});
