// Soft delete of the vault: whether deleted items stay recoverable, and for how long. Off only in the purge strategy.

import { armId } from "../model/arm-id.ts";
import type { ArmResource, VaultReader } from "../model/ports.ts";
import { ofKind, type Resource, type SoftDeleteSetting } from "../model/resource.ts";
import { stepKey, type StepDraft, type StepKey } from "../model/step.ts";
import { daysAfter } from "../model/time.ts";
import { isBackupVault, type Contribution, type Dependency, type PlanningContext, type Proof } from "./dependency.ts";
import { disableImmutabilityKeys } from "./immutability.ts";
import { count, group, isWord, text } from "./properties.ts";

/** Documented default; the setting is read wherever Azure answers it. */
const defaultRetentionDays = 14;

export const softDelete: Dependency<"soft-delete-setting"> = {
  kind: "soft-delete-setting",
  rule: "documented: secure by default (2025-11-10); recorded: azcli2024__test_backup_softdelete, azcli2026p__test_vault_soft_delete_basic",
  list: listSoftDelete,
  contribute,
  prove: (_step, found): Proof => {
    const setting = found[0];
    if (setting !== undefined && isOff(setting.state))
      return { verdict: "proved", evidence: `the vault reads soft delete ${setting.state}` };
    return { verdict: "not-yet", found: `the vault still reads soft delete ${setting?.state ?? "unreadable"}` };
  },
};

/** Reads both APIs that know the setting: the vault's own wins, the older backup configuration fills in. */
async function listSoftDelete(reader: VaultReader): Promise<readonly SoftDeleteSetting[]> {
  const [vault, config] = await Promise.all([reader.vault(), reader.vaultConfig()]);
  return vault === undefined ? [] : [settingFrom(vault, config)];
}

function settingFrom(vault: ArmResource, config: ArmResource | undefined): SoftDeleteSetting {
  const modern = group(group(vault.properties, "securitySettings") ?? {}, "softDeleteSettings") ?? {};
  const legacy = config?.properties ?? {};
  return {
    kind: "soft-delete-setting",
    id: armId(`${vault.id}/backupconfig/vaultconfig`),
    name: "soft delete",
    state:
      text(modern, "softDeleteState") ?? text(modern, "state") ?? text(legacy, "softDeleteFeatureState") ?? "Unknown",
    retentionDays:
      count(modern, "softDeleteRetentionPeriodInDays") ??
      count(modern, "retentionDurationInDays") ??
      count(legacy, "softDeleteRetentionPeriodInDays") ??
      defaultRetentionDays,
    hybridState: text(modern, "enhancedSecurityState") ?? text(legacy, "enhancedSecurityState") ?? "Unknown",
  };
}

function contribute(setting: SoftDeleteSetting, context: PlanningContext): Contribution {
  if (context.strategy === "soft") return { note: staysNote(setting) };
  if (isOff(setting.state)) return { note: "already off: deletions are final" };
  if (isOn(setting.state)) return { steps: [disableStep(setting, context)] };
  return { blockers: [alwaysOn(setting)] };
}

function staysNote(setting: SoftDeleteSetting): string {
  const stays = `stays ${setting.state}: the soft strategy weakens no protection`;
  return isOff(setting.state) ? stays : `${stays}; retention ${setting.retentionDays} days`;
}

function disableStep(setting: SoftDeleteSetting, context: PlanningContext): StepDraft {
  return {
    action: "disable-soft-delete",
    kind: "soft-delete-setting",
    target: setting.id,
    name: setting.name,
    after: disableImmutabilityKeys(context),
    reason: `purge needs deletions to be final, and now they are kept for ${setting.retentionDays} days; if the service refuses, the run stops here with no data touched`,
    weakens: "soft delete is off for the whole vault: from then on every deletion in it is final",
    ...turningOff(context, setting.hybridState),
  };
}

/** What every step has in common that writes soft delete off, with hybrid security in the state given: always both fields. */
export function turningOff(
  context: PlanningContext,
  hybridState: string,
): Pick<StepDraft, "irreversible" | "permissions" | "exclusive" | "request"> {
  if (isBackupVault(context)) return turningOffInBackupVault(context);
  return {
    irreversible: false,
    permissions: ["Microsoft.RecoveryServices/Vaults/write", "Microsoft.RecoveryServices/Vaults/backupconfig/write"],
    exclusive: context.vault.toLowerCase(),
    request: {
      write: "set-soft-delete",
      vault: context.vault,
      softDeleteState: "Disabled",
      hybridState,
      retentionDays: retentionDays(context),
    },
  };
}

function turningOffInBackupVault(context: PlanningContext): ReturnType<typeof turningOff> {
  return {
    irreversible: false,
    permissions: ["Microsoft.DataProtection/backupVaults/write"],
    exclusive: context.vault.toLowerCase(),
    request: {
      write: "set-backup-vault-security",
      vault: context.vault,
      softDelete: { state: "Off", retentionDays: retentionDays(context) },
    },
  };
}

function retentionDays(context: PlanningContext): number {
  return softDeleteSetting(context.resources)?.retentionDays ?? defaultRetentionDays;
}

function alwaysOn(setting: SoftDeleteSetting): NonNullable<Contribution["blockers"]>[number] {
  const known = isEnforced(setting.state);
  return {
    code: known ? "soft-delete-always-on" : "soft-delete-state-unknown",
    subject: setting.id,
    reason: known
      ? `soft delete is ${setting.state}: Azure lets nobody turn it off, so nothing in this vault can be purged at once`
      : `soft delete reads ${setting.state}, which this version does not know, so it is not touched`,
    fix: "use --strategy soft: the vault goes now and stays recoverable until its purge date",
    who: "you",
  };
}

/** Empty when no such step is planned. */
function disableSoftDeleteKeys(context: PlanningContext): readonly StepKey[] {
  const setting = softDeleteSetting(context.resources);
  if (context.strategy !== "purge" || setting === undefined || !isOn(setting.state)) return [];
  return [stepKey("disable-soft-delete", setting.id)];
}

/** The steps that weaken a protection come before every other write: where one is refused, nothing has been touched. */
export function gateKeys(context: PlanningContext): readonly StepKey[] {
  return [...disableImmutabilityKeys(context), ...disableSoftDeleteKeys(context)];
}

export function softDeleteSetting(resources: readonly Resource[]): SoftDeleteSetting | undefined {
  return ofKind(resources, "soft-delete-setting")[0];
}

/** Soft delete that can be turned off, in the word of either sort of vault: Enabled, On. */
export function isOn(state: string | undefined): boolean {
  return isWord(state, "Enabled") || isWord(state, "On");
}

/** The same where it is off: Disabled, Off. */
export function isOff(state: string | undefined): boolean {
  return isWord(state, "Disabled") || isWord(state, "Off");
}

/** Soft delete that nobody can turn off: AlwaysON, AlwaysOn. */
export function isEnforced(state: string | undefined): boolean {
  return isWord(state, "AlwaysON");
}

/** Whether a deletion in this vault leaves something to recover. "Enabled", "On" and "AlwaysON" do, as far as the vault says. */
export function keepsDeletedItems(context: PlanningContext): boolean {
  if (context.strategy === "purge") return false;
  const state = softDeleteSetting(context.resources)?.state;
  return isOn(state) || isEnforced(state);
}

/** ISO time until which something deleted at `now` stays recoverable. */
export function recoverableUntil(context: PlanningContext, setting: SoftDeleteSetting): string {
  return daysAfter(context.now, setting.retentionDays);
}
