// What a vault's soft delete and immutability settings mean for deletions. It must not change anything.
import { object, text } from "./json.ts";
import type { VaultState } from "./state.ts";

export function softDeleteSettings(vault: VaultState): {
  readonly state: string;
  readonly days: number;
  readonly enhanced: string;
} {
  const settings = object(object(vault.properties, "securitySettings"), "softDeleteSettings");
  return {
    state: text(settings, "softDeleteState") || "Enabled",
    days: Number(settings["softDeleteRetentionPeriodInDays"] ?? 14),
    enhanced: text(settings, "enhancedSecurityState") || "Enabled",
  };
}

/** The day before `2024-09-30-preview`, from which on the preview of secure by default is enforced (documented, rules 3.4). */
const lastUnenforcedDay = "2024-09-29";

/** Whether secure by default holds for a request of this api-version. */
export function isEnforced(vault: VaultState, apiVersion: string): boolean {
  if (vault.regime === "preview") return apiVersion.slice(0, 10) > lastUnenforcedDay;
  return vault.regime === "secure-by-default";
}

/** Documented (rules 3.4): where secure by default holds, deleted items are kept whatever the shown state is. */
export function keepsDeletedItems(vault: VaultState, apiVersion: string): boolean {
  return isEnforced(vault, apiVersion) || softDeleteSettings(vault).state.toLowerCase() !== "disabled";
}

/** Documented (rules 3.3, 3.4): AlwaysON is irreversible, and secure by default cannot be turned off at all. */
export function softDeleteIsFixed(vault: VaultState, apiVersion: string): boolean {
  return isEnforced(vault, apiVersion) || softDeleteSettings(vault).state.toLowerCase() === "alwayson";
}

export function immutability(vault: VaultState): string {
  const settings = object(object(vault.properties, "securitySettings"), "immutabilitySettings");
  return text(settings, "state") || "Disabled";
}

export function isImmutable(vault: VaultState): boolean {
  return immutability(vault) !== "Disabled";
}
