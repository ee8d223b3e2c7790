// Hybrid (enhanced) security guards the backups of MARS, DPM and MABS servers. Off only to purge, and only where such servers stand.

import { armId, vaultKindOf } from "../model/arm-id.ts";
import { ofKind, type HybridSecuritySetting } from "../model/resource.ts";
import { stepKey, type StepDraft, type StepKey } from "../model/step.ts";
import type { Contribution, Dependency, PlanningContext, Proof } from "./dependency.ts";
import { group, isWord, text } from "./properties.ts";
import { registeredServers } from "./servers.ts";
import { gateKeys, turningOff } from "./soft-delete.ts";

export const hybridSecurity: Dependency<"hybrid-security-setting"> = {
  kind: "hybrid-security-setting",
  rule: "documented: security features for hybrid backups (2023-03-01), secure by default (2025-11-10); it matters only where such servers are registered",
  list: async (reader) => {
    const [vault, config] = await Promise.all([reader.vault(), reader.vaultConfig()]);
    // Servers register with Recovery Services vaults alone.
    if (vault === undefined || vaultKindOf(vault.id) === "backup") return [];
    const modern = group(group(vault.properties, "securitySettings") ?? {}, "softDeleteSettings") ?? {};
    const state = text(modern, "enhancedSecurityState") ?? text(config?.properties ?? {}, "enhancedSecurityState");
    return [
      {
        kind: "hybrid-security-setting",
        id: armId(`${vault.id}/securitySettings/hybrid`),
        name: "hybrid security",
        state: state ?? "Unknown",
      },
    ];
  },
  contribute,
  prove: (_step, found): Proof =>
    isWord(found[0]?.state, "Disabled")
      ? { verdict: "proved", evidence: "the vault reads hybrid security Disabled" }
      : { verdict: "not-yet", found: `the vault still reads hybrid security ${found[0]?.state ?? "unreadable"}` },
};

function contribute(setting: HybridSecuritySetting, context: PlanningContext): Contribution {
  if (registeredServers(context.resources).length === 0)
    return { note: `stays ${setting.state}: it guards only servers registered from outside Azure` };
  if (context.strategy === "soft") return stays(setting);
  if (isWord(setting.state, "Disabled")) return { note: "already off: servers can be unregistered" };
  if (isWord(setting.state, "Enabled")) return { steps: [disableStep(setting, context)] };
  return { blockers: [cannotBeOff(setting)] };
}

function stays(setting: HybridSecuritySetting): Contribution {
  const note = `stays ${setting.state}: the soft strategy weakens no protection`;
  if (!isWord(setting.state, "Enabled")) return { note };
  const warning =
    "hybrid security is Enabled: in a vault of the classic regime Azure may refuse to unregister MARS, DPM and MABS servers while it is on. " +
    "Then delete the backup data on each server's own console with a security PIN (from the vault's properties, valid 5 minutes), or use --strategy purge";
  return { note, warnings: [warning] };
}

function disableStep(setting: HybridSecuritySetting, context: PlanningContext): StepDraft {
  return {
    action: "disable-hybrid-security",
    kind: "hybrid-security-setting",
    target: setting.id,
    name: setting.name,
    after: gateKeys(context),
    reason: "while it is on, Azure refuses to unregister servers that hold backup data",
    weakens: "hybrid security is off for the whole vault: backups of its servers can be deleted without a security PIN",
    // Soft delete is off by then: this step comes after the one that turns it off.
    ...turningOff(context, "Disabled"),
  };
}

function cannotBeOff(setting: HybridSecuritySetting): NonNullable<Contribution["blockers"]>[number] {
  const known = isWord(setting.state, "AlwaysON");
  return {
    code: known ? "hybrid-security-always-on" : "hybrid-security-state-unknown",
    subject: setting.id,
    reason: known
      ? "hybrid security is AlwaysON: Azure lets nobody turn it off, so the backups of the registered servers cannot be purged"
      : `hybrid security reads ${setting.state}, which this version does not know, so it is not touched`,
    fix: "use --strategy soft: the servers are unregistered and their data stays recoverable until its purge date",
    who: "you",
  };
}

/** The step before any server is unregistered; empty when none is planned. */
export function disableHybridSecurityKeys(context: PlanningContext): readonly StepKey[] {
  const setting = ofKind(context.resources, "hybrid-security-setting")[0];
  if (context.strategy !== "purge" || setting === undefined || !isWord(setting.state, "Enabled")) return [];
  if (registeredServers(context.resources).length === 0) return [];
  return [stepKey("disable-hybrid-security", setting.id)];
}
