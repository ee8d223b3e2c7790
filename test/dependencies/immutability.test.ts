// Immutability of the vault: off with consent where it is Unlocked, a wall where it is Locked or unknown.

import { describe, expect, it } from "vitest";
import { disableImmutabilityKeys, immutability as rule } from "../../src/dependencies/immutability.ts";
import { stepKey } from "../../src/model/step.ts";
import { readerOf, securitySettings, vaultAnswer, vaultPath } from "./arm-answers.ts";
import { contextOf, draftOf, immutability, only, stepOn } from "./builders.ts";

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
