// Soft delete of the vault: read from two APIs, never touched in soft, turned off first in purge where the vault allows it.

import { describe, expect, it } from "vitest";
import { keepsDeletedItems, softDelete as rule } from "../../src/dependencies/soft-delete.ts";
import { stepKey } from "../../src/model/step.ts";
import { readerOf, securitySettings, vaultAnswer, vaultConfigAnswer, vaultPath } from "./arm-answers.ts";
import { contextOf, draftOf, immutability, only, softDelete, stepOn } from "./builders.ts";

describe("reading soft delete", () => {
  it("takes the vault's own answer over the older configuration", async () => {
    const reader = readerOf({
      vault: async () => vaultAnswer(securitySettings("AlwaysON")),
      vaultConfig: async () => vaultConfigAnswer("Disabled"),
    });
    expect(only(await rule.list(reader))).toEqual({
      kind: "soft-delete-setting",
      id: `${vaultPath}/backupconfig/vaultconfig`,
      name: "soft delete",
      state: "AlwaysON",
      retentionDays: 21,
      hybridState: "AlwaysON",
    });
  });

  it("fills in from the older configuration where the vault says nothing", async () => {
    const reader = readerOf({ vaultConfig: async () => vaultConfigAnswer("Disabled") });
    expect(only(await rule.list(reader))).toMatchObject({
      state: "Disabled",
      retentionDays: 14,
      hybridState: "Enabled",
    });
  });

  it("is unknown where neither says anything", async () => {
    expect(only(await rule.list(readerOf()))).toMatchObject({ state: "Unknown", hybridState: "Unknown" });
  });

  it("is nothing where there is no vault", async () => {
    expect(await rule.list(readerOf({ vault: async () => undefined }))).toEqual([]);
  });
});

describe("soft delete in a soft plan", () => {
  it.each(["Enabled", "AlwaysON", "Disabled", "Unknown"])("is left as it is: %s", (state) => {
    const contribution = rule.contribute(softDelete(state), contextOf([softDelete(state)]));
    expect(Object.keys(contribution)).toEqual(["note"]);
    expect(contribution.note).toContain(`stays ${state}`);
  });
});

describe("the retention of soft delete", () => {
  it("stands in the plan, in either strategy", () => {
    const setting = softDelete("Enabled", { retentionDays: 30 });
    expect(rule.contribute(setting, contextOf([setting])).note).toContain("retention 30 days");
    const purge = rule.contribute(setting, contextOf([setting], { strategy: "purge" }));
    expect(draftOf(purge, "disable-soft-delete").reason).toContain("30 days");
  });
});

describe("soft delete in a purge plan", () => {
  it("is turned off when it is on, and marked as a weaker protection", () => {
    const setting = softDelete("Enabled", { retentionDays: 21, hybridState: "Disabled" });
    const draft = draftOf(rule.contribute(setting, contextOf([setting], { strategy: "purge" })), "disable-soft-delete");
    expect(draft).toMatchObject({ after: [], irreversible: false, weakens: expect.stringContaining("final") });
    expect(draft.request).toEqual({
      write: "set-soft-delete",
      vault: vaultPath,
      softDeleteState: "Disabled",
      hybridState: "Disabled",
      retentionDays: 21,
    });
  });

  it("is turned off after immutability", () => {
    const [setting, gate] = [softDelete("Enabled"), immutability("Unlocked")];
    const context = contextOf([setting, gate], { strategy: "purge", consents: ["disable-immutability"] });
    expect(draftOf(rule.contribute(setting, context), "disable-soft-delete").after).toEqual([
      stepKey("disable-immutability", gate.id),
    ]);
  });

  it("needs nothing when it is off", () => {
    const contribution = rule.contribute(softDelete("Disabled"), contextOf([], { strategy: "purge" }));
    expect(Object.keys(contribution)).toEqual(["note"]);
  });

  it.each(["AlwaysON", "AlwaysOn"])("blocks when it reads %s, and names the soft strategy", (state) => {
    const setting = softDelete(state);
    const contribution = rule.contribute(setting, contextOf([setting], { strategy: "purge" }));
    expect(contribution.steps ?? []).toEqual([]);
    expect(only(contribution.blockers)).toMatchObject({
      code: "soft-delete-always-on",
      subject: setting.id,
      fix: expect.stringContaining("--strategy soft"),
    });
  });

  it.each(["Unknown", "Invalid", "OnForEver"])(
    "blocks on the word %s, which it does not know, and touches nothing",
    (state) => {
      const contribution = rule.contribute(softDelete(state), contextOf([], { strategy: "purge" }));
      expect(contribution.steps ?? []).toEqual([]);
      expect(only(contribution.blockers)).toMatchObject({
        code: "soft-delete-state-unknown",
        reason: expect.stringContaining(state),
      });
    },
  );
});

describe("whether deleted items are kept", () => {
  it.each([
    ["soft", "Enabled", true],
    ["soft", "AlwaysOn", true],
    ["soft", "Disabled", false],
    ["soft", "Unknown", false],
    ["purge", "Enabled", false],
    ["purge", "AlwaysON", false],
  ] as const)("%s with soft delete %s: %s", (strategy, state, kept) => {
    expect(keepsDeletedItems(contextOf([softDelete(state)], { strategy }))).toBe(kept);
  });
});

describe("the proof that soft delete is off", () => {
  const step = stepOn(softDelete("Enabled"), "disable-soft-delete");

  it("is that the vault reads Disabled", () => {
    expect(rule.prove(step, [softDelete("disabled")], "purge").verdict).toBe("proved");
  });

  it("is missing while it reads anything else, or nothing", () => {
    expect(rule.prove(step, [softDelete("Enabled")], "purge")).toEqual({
      verdict: "not-yet",
      found: "the vault still reads soft delete Enabled",
    });
    expect(rule.prove(step, [], "purge").verdict).toBe("not-yet");
  });
});
