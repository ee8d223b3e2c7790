// Hybrid security: read and shown, never a step.

import { describe, expect, it } from "vitest";
import { hybridSecurity } from "../../src/dependencies/hybrid-security.ts";
import { readerOf, securitySettings, vaultAnswer, vaultConfigAnswer } from "./arm-answers.ts";
import { contextOf, only } from "./builders.ts";

describe("hybrid security", () => {
  it("is read from the vault, or else from the older configuration, or else unknown", async () => {
    const vault = async () => vaultAnswer(securitySettings("AlwaysON"));
    const vaultConfig = async () => vaultConfigAnswer("Disabled");
    expect(only(await hybridSecurity.list(readerOf({ vault, vaultConfig }))).state).toBe("AlwaysON");
    expect(only(await hybridSecurity.list(readerOf({ vaultConfig }))).state).toBe("Enabled");
    expect(only(await hybridSecurity.list(readerOf())).state).toBe("Unknown");
  });

  it.each(["soft", "purge"] as const)("stays as it is in a %s plan", async (strategy) => {
    const setting = only(await hybridSecurity.list(readerOf()));
    const contribution = hybridSecurity.contribute(setting, contextOf([setting], { strategy }));
    expect(Object.keys(contribution)).toEqual(["note"]);
    expect(contribution.note).toContain("stays Unknown");
  });
});
