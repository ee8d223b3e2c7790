// Hybrid security: of interest only where servers from outside Azure stand; off only to purge them.

import { describe, expect, it } from "vitest";
import { disableHybridSecurityKeys, hybridSecurity } from "../../src/dependencies/hybrid-security.ts";
import { armId } from "../../src/model/arm-id.ts";
import type { HybridSecuritySetting } from "../../src/model/resource.ts";
import { stepKey } from "../../src/model/step.ts";
import { readerOf, securitySettings, vaultAnswer, vaultConfigAnswer, vaultPath } from "./arm-answers.ts";
import { backupServer, contextOf, draftOf, marsServer, only, softDelete, stepOn } from "./builders.ts";

function hybrid(state: string): HybridSecuritySetting {
  return {
    kind: "hybrid-security-setting",
    id: armId(`${vaultPath}/securitySettings/hybrid`),
    name: "hybrid security",
    state,
  };
}

describe("hybrid security", () => {
  it("is read from the vault, or else from the older configuration, or else unknown", async () => {
    const vault = async () => vaultAnswer(securitySettings("AlwaysON"));
    const vaultConfig = async () => vaultConfigAnswer("Disabled");
    expect(only(await hybridSecurity.list(readerOf({ vault, vaultConfig }))).state).toBe("AlwaysON");
    expect(only(await hybridSecurity.list(readerOf({ vaultConfig }))).state).toBe("Enabled");
    expect(only(await hybridSecurity.list(readerOf())).state).toBe("Unknown");
  });

  it.each([
    ["soft", []],
    ["purge", []],
    ["purge", [marsServer("mars-1", "SoftDeleted")]],
  ] as const)("stays as it is in a %s plan without registered servers", (strategy, servers) => {
    for (const state of ["Enabled", "AlwaysON", "Unknown"]) {
      const context = contextOf([hybrid(state), ...servers], { strategy });
      const contribution = hybridSecurity.contribute(hybrid(state), context);
      expect(Object.keys(contribution)).toEqual(["note"]);
      expect(contribution.note).toContain(`stays ${state}`);
      expect(disableHybridSecurityKeys(context)).toEqual([]);
    }
  });
});

describe("hybrid security of a vault with servers", () => {
  it.each([marsServer("mars-1"), backupServer("dpm-1")])("is turned off to purge, after soft delete", (server) => {
    const soft = softDelete("Enabled", { retentionDays: 30 });
    const context = contextOf([hybrid("Enabled"), soft, server], { strategy: "purge" });
    const draft = draftOf(hybridSecurity.contribute(hybrid("Enabled"), context), "disable-hybrid-security");
    expect(draft.after).toEqual([stepKey("disable-soft-delete", soft.id)]);
    expect(draft.weakens).toContain("whole vault");
    expect(draft.exclusive).toBe(vaultPath.toLowerCase());
    expect(draft.request).toEqual({
      write: "set-soft-delete",
      vault: vaultPath,
      softDeleteState: "Disabled",
      hybridState: "Disabled",
      retentionDays: 30,
    });
    expect(disableHybridSecurityKeys(context)).toEqual([stepKey("disable-hybrid-security", hybrid("Enabled").id)]);
  });

  it.each([
    ["AlwaysON", "hybrid-security-always-on"],
    ["alwayson", "hybrid-security-always-on"],
    ["Unknown", "hybrid-security-state-unknown"],
  ])("stops a purge when it reads %s", (state, code) => {
    const context = contextOf([hybrid(state), marsServer("mars-1")], { strategy: "purge" });
    const contribution = hybridSecurity.contribute(hybrid(state), context);
    expect(contribution.steps ?? []).toEqual([]);
    expect(only(contribution.blockers)).toMatchObject({ code, fix: expect.stringContaining("--strategy soft") });
  });

  it("needs nothing in a purge when it is off already", () => {
    const context = contextOf([hybrid("Disabled"), marsServer("mars-1")], { strategy: "purge" });
    expect(Object.keys(hybridSecurity.contribute(hybrid("Disabled"), context))).toEqual(["note"]);
    expect(disableHybridSecurityKeys(context)).toEqual([]);
  });

  it("stays in soft, with a warning that names the console and the PIN where Azure may refuse", () => {
    const context = contextOf([hybrid("Enabled"), marsServer("mars-1")]);
    const contribution = hybridSecurity.contribute(hybrid("Enabled"), context);
    expect(contribution.steps ?? []).toEqual([]);
    for (const word of ["console", "PIN", "5 minutes", "--strategy purge"])
      expect(only(contribution.warnings)).toContain(word);
  });

  it.each(["AlwaysON", "Disabled"])("stays in soft without a warning when it reads %s", (state) => {
    const contribution = hybridSecurity.contribute(hybrid(state), contextOf([hybrid(state), marsServer("mars-1")]));
    expect(Object.keys(contribution)).toEqual(["note"]);
  });
});

describe("the proof that hybrid security is off", () => {
  const step = stepOn(hybrid("Enabled"), "disable-hybrid-security");

  it("is that the vault reads Disabled", () => {
    expect(hybridSecurity.prove(step, [hybrid("Disabled")], "purge").verdict).toBe("proved");
  });

  it("is missing while it reads anything else, or nothing", () => {
    expect(hybridSecurity.prove(step, [hybrid("Enabled")], "purge").verdict).toBe("not-yet");
    expect(hybridSecurity.prove(step, [], "purge").verdict).toBe("not-yet");
  });
});
