// Immutability of the vault: Unlocked can be turned off with consent; Locked can be undone by nobody.

import { armId, vaultKindOf } from "../model/arm-id.ts";
import type { VaultReader } from "../model/ports.ts";
import { ofKind, type ImmutabilitySetting } from "../model/resource.ts";
import { stepKey, type StepDraft, type StepKey } from "../model/step.ts";
import { readInstanceExpiries } from "./backup-vault/locked-instances.ts";
import { isBackupVault, type Contribution, type Dependency, type PlanningContext, type Proof } from "./dependency.ts";
import { contributeLocked, readExpiries } from "./locked-immutability.ts";
import { group, isWord, text } from "./properties.ts";

export const immutability: Dependency<"immutability-setting"> = {
  kind: "immutability-setting",
  rule: "documented: immutable vault concept (2025-06-19); a vault that answers no state is Disabled",
  list: async (reader) => {
    const vault = await reader.vault();
    if (vault === undefined) return [];
    const settings = group(group(vault.properties, "securitySettings") ?? {}, "immutabilitySettings") ?? {};
    const state = text(settings, "state") ?? "Disabled";
    return [
      {
        kind: "immutability-setting",
        id: armId(`${vault.id}/securitySettings/immutability`),
        name: "immutability",
        state,
        ...(isWord(state, "Locked") ? { expiries: await expiriesIn(reader, vault.id) } : {}),
      },
    ];
  },
  contribute,
  prove: (_step, found): Proof =>
    isWord(found[0]?.state, "Disabled")
      ? { verdict: "proved", evidence: "the vault reads immutability Disabled" }
      : { verdict: "not-yet", found: `the vault still reads immutability ${found[0]?.state ?? "unreadable"}` },
};

function expiriesIn(reader: VaultReader, vault: string): ReturnType<typeof readExpiries> {
  return vaultKindOf(vault) === "backup" ? readInstanceExpiries(reader) : readExpiries(reader);
}

function contribute(setting: ImmutabilitySetting, context: PlanningContext): Contribution {
  if (isWord(setting.state, "Disabled")) return { note: "off: it keeps nothing" };
  if (!isWord(setting.state, "Unlocked")) return contributeLocked(setting, context);
  if (!context.consents.includes("disable-immutability")) return { blockers: [consentMissing(setting)] };
  return {
    steps: [
      {
        action: "disable-immutability",
        kind: "immutability-setting",
        target: setting.id,
        name: setting.name,
        after: [],
        reason: "an immutable vault refuses every deletion of backup data",
        irreversible: false,
        weakens: "the vault's backup data is no longer immutable",
        consent: "disable-immutability",
        exclusive: context.vault.toLowerCase(),
        ...turningOff(context),
      },
    ],
  };
}

function turningOff(context: PlanningContext): Pick<StepDraft, "permissions" | "request"> {
  const { vault } = context;
  return isBackupVault(context)
    ? {
        permissions: ["Microsoft.DataProtection/backupVaults/write"],
        request: { write: "set-backup-vault-security", vault, immutability: "Disabled" },
      }
    : {
        permissions: ["Microsoft.RecoveryServices/Vaults/write"],
        request: { write: "set-immutability", vault, state: "Disabled" },
      };
}

function consentMissing(setting: ImmutabilitySetting): NonNullable<Contribution["blockers"]>[number] {
  return {
    code: "immutability-unlocked",
    subject: setting.id,
    reason: "the vault is immutable (Unlocked): backup data cannot be deleted while it is",
    fix: "add --allow disable-immutability to let the plan turn it off first",
    who: "you",
  };
}

/** The step before any other protection is weakened or data deleted; empty when none is planned. */
export function disableImmutabilityKeys(context: PlanningContext): readonly StepKey[] {
  const setting = ofKind(context.resources, "immutability-setting")[0];
  if (setting === undefined || !isWord(setting.state, "Unlocked")) return [];
  return context.consents.includes("disable-immutability") ? [stepKey("disable-immutability", setting.id)] : [];
}
