// Immutability of the vault: off with consent where it is Unlocked, a wall where it is Locked or unknown.

import { describe, expect, it } from "vitest";
import { disableImmutabilityKeys, immutability as rule } from "../../src/dependencies/immutability.ts";
import type { ArmResource } from "../../src/model/ports.ts";
import type { ImmutabilitySetting } from "../../src/model/resource.ts";
import { stepKey } from "../../src/model/step.ts";
import {
  answer,
  fileShareAnswer,
  readerOf,
  securitySettings,
  softDeletedMembers,
  vaultAnswer,
  vaultPath,
  vmItemAnswer,
} from "./arm-answers.ts";
import { contextOf, draftOf, immutability, only, stepOn, vmItem } from "./builders.ts";
import { marsItemAnswer } from "./server-answers.ts";

describe("reading immutability", () => {
  it.each([
    ["Unlocked", "the vault's word", securitySettings("AlwaysON", { state: "Unlocked" })],
    ["Disabled", "null, as recorded in 2024", securitySettings("Enabled", null)],
    ["Disabled", "no settings at all, as recorded in 2026", securitySettings("AlwaysON")],
    ["Disabled", "no security settings", {}],
  ])("is %s for %s", async (state, _what, properties) => {
    const reader = readerOf({ vault: async () => vaultAnswer(properties) });
    expect(only(await rule.list(reader)).state).toBe(state);
  });
});

describe("immutability in a plan", () => {
  it.each(["soft", "purge"] as const)("needs nothing when it is off (%s)", (strategy) => {
    const contribution = rule.contribute(immutability("Disabled"), contextOf([], { strategy }));
    expect(Object.keys(contribution)).toEqual(["note"]);
  });

  it.each(["soft", "purge"] as const)(
    "blocks without consent when it is Unlocked, and names the consent (%s)",
    (strategy) => {
      const gate = immutability("Unlocked");
      const contribution = rule.contribute(gate, contextOf([gate], { strategy }));
      expect(contribution.steps ?? []).toEqual([]);
      expect(only(contribution.blockers)).toMatchObject({
        code: "immutability-unlocked",
        fix: expect.stringContaining("--allow disable-immutability"),
      });
      expect(disableImmutabilityKeys(contextOf([gate], { strategy }))).toEqual([]);
    },
  );

  it.each(["soft", "purge"] as const)("is turned off with consent when it is Unlocked (%s)", (strategy) => {
    const gate = immutability("Unlocked");
    const context = contextOf([gate], { strategy, consents: ["disable-immutability"] });
    const draft = draftOf(rule.contribute(gate, context), "disable-immutability");
    expect(draft).toMatchObject({ consent: "disable-immutability", after: [], irreversible: false });
    expect(draft.weakens).toContain("no longer immutable");
    expect(draft.request).toEqual({ write: "set-immutability", vault: vaultPath, state: "Disabled" });
    expect(disableImmutabilityKeys(context)).toEqual([stepKey("disable-immutability", gate.id)]);
  });

  it.each(["Locked", "LOCKED", "SealedForEver"])("blocks when it reads %s, with consent or without", (state) => {
    const gate = immutability(state);
    const contribution = rule.contribute(gate, contextOf([gate], { consents: ["disable-immutability"] }));
    expect(contribution.steps ?? []).toEqual([]);
    expect(only(contribution.blockers)).toMatchObject({
      code: "immutability-locked",
      reason: expect.stringContaining(state),
    });
  });
});

describe("a locked vault", () => {
  const locked = async () => vaultAnswer(securitySettings("AlwaysON", { state: "Locked" }));
  const point = (expiryTime: string | undefined, isSoftDeleted = false): ArmResource =>
    answer("rp", { recoveryPointProperties: { ...(expiryTime === undefined ? {} : { expiryTime }), isSoftDeleted } });
  const expiriesOf = async (items: readonly ArmResource[], points: readonly ArmResource[]) => {
    const reader = readerOf({ vault: locked, protectedItems: async () => items, recoveryPoints: async () => points });
    return only(await rule.list(reader)).expiries;
  };

  it("tells per item when its last recovery point expires, deleted points aside", async () => {
    const points = [
      point("2026-12-01T00:00:00Z"),
      point("2027-01-05T00:00:00.1234567Z"),
      point("2028-01-01T00:00:00Z", true),
    ];
    const item = vmItemAnswer("vm-1");
    expect(await expiriesOf([item], points)).toEqual([
      { item: item.id, name: "vm-1", until: "2027-01-05T00:00:00.123Z" },
    ]);
  });

  it.each([
    ["points without a date", vmItemAnswer("vm-1"), [point(undefined), point(undefined)]],
    ["an item of a server outside Azure", marsItemAnswer("mars-1", "D"), [point("2026-12-01T00:00:00Z")]],
    ["an item of an unknown type", vmItemAnswer("x", { protectedItemType: "New" }), [point("2026-12-01T00:00:00Z")]],
  ])("says that Azure does not tell for %s", async (_what, item, points) => {
    expect(only(await expiriesOf([item], points))).toEqual({ item: item.id, name: item.properties["friendlyName"] });
  });

  it.each([
    ["a file share, which immutability does not cover", fileShareAnswer("st1", "a"), [point("2027-01-01T00:00:00Z")]],
    ["a soft-deleted item", vmItemAnswer("vm-1", softDeletedMembers), [point("2027-01-01T00:00:00Z")]],
    ["an item without recovery points", vmItemAnswer("vm-1"), []],
  ])("is not held by %s", async (_what, item, points) => {
    expect(await expiriesOf([item], points)).toEqual([]);
  });

  it("is not asked for recovery points while it is only Unlocked", async () => {
    const vault = async () => vaultAnswer(securitySettings("AlwaysON", { state: "Unlocked" }));
    const refuse = async () => Promise.reject(new Error("asked"));
    const found = only(await rule.list(readerOf({ vault, protectedItems: refuse, recoveryPoints: refuse })));
    expect(found.expiries).toBeUndefined();
  });

  it("does not hide that recovery points could not be listed", async () => {
    const reader = readerOf({
      vault: locked,
      protectedItems: async () => [vmItemAnswer("vm-1")],
      recoveryPoints: async () => Promise.reject(new Error("no answer")),
    });
    await expect(rule.list(reader)).rejects.toThrow("no answer");
  });

  const held = (...dates: readonly (string | undefined)[]): ImmutabilitySetting => ({
    ...immutability("Locked"),
    expiries: dates.map((until, index) => ({
      item: vmItem(`vm-${index}`).id,
      name: `vm-${index}`,
      ...(until === undefined ? {} : { until }),
    })),
  });

  it("blocks once for the vault until the last date, and once per item until its own", () => {
    const gate = held("2026-12-01T00:00:00.000Z", "2027-02-01T00:00:00.000Z");
    const { blockers = [] } = rule.contribute(gate, contextOf([gate], { consents: ["disable-immutability"] }));
    expect(blockers.map(({ code, until }) => [code, until])).toEqual([
      ["immutability-locked", "2027-02-01T00:00:00.000Z"],
      ["immutability-locked-item", "2026-12-01T00:00:00.000Z"],
      ["immutability-locked-item", "2027-02-01T00:00:00.000Z"],
    ]);
  });

  it("blocks without a date where Azure does not tell one", () => {
    const gate = held("2026-12-01T00:00:00.000Z", undefined);
    const { blockers = [] } = rule.contribute(gate, contextOf([gate]));
    expect(blockers.map(({ until }) => until)).toEqual([undefined, "2026-12-01T00:00:00.000Z", undefined]);
    expect(blockers[2]?.reason).toContain("Azure does not say");
  });

  it.each([[[]], [["2026-11-01T00:00:00.000Z"]]])("no longer blocks when nothing is held any more: %o", (dates) => {
    const gate = held(...dates);
    const contribution = rule.contribute(gate, contextOf([gate]));
    expect(contribution.blockers ?? []).toEqual([]);
    expect(contribution.note).toContain("Locked");
  });
});

describe("the proof that immutability is off", () => {
  const step = stepOn(immutability("Unlocked"), "disable-immutability");

  it("is that the vault reads Disabled", () => {
    expect(rule.prove(step, [immutability("Disabled")], "soft").verdict).toBe("proved");
  });

  it("is missing while it reads anything else, or nothing", () => {
    expect(rule.prove(step, [immutability("Unlocked")], "soft")).toEqual({
      verdict: "not-yet",
      found: "the vault still reads immutability Unlocked",
    });
    expect(rule.prove(step, [], "soft").verdict).toBe("not-yet");
  });
});
