// What happens to an item and its container when a deletion or undeletion completes, a purge is due or an
// auto-protection intent protects a database again. It must not decide whether a request is allowed.
import { isGroup } from "./availability-groups.ts";
import { setDue } from "./due-times.ts";
import type { Effect, ItemName } from "./effects.ts";
import { guardingIntent } from "./intents.ts";
import { text, without } from "./json.ts";
import type { Properties } from "./json.ts";
import { keepShowing } from "./list-lag.ts";
import { takes } from "./operation-times.ts";
import { startOperation } from "./operations.ts";
import { softDeleteSettings } from "./soft-delete.ts";
import type { ContainerState, ItemState, State, VaultState } from "./state.ts";
import { containerIn, itemFrom, itemKey, itemsIn, purgeTime } from "./state.ts";
import { azureDate } from "./world-times.ts";

const deferred = ["deferredDeleteTimeInUTC", "isScheduledForDeferredDelete", "deferredDeleteTimeRemaining"] as const;

export function softDeleteItem(state: State, vault: VaultState, target: ItemName, startedAt: number, at: number): void {
  const item = itemOf(vault, target);
  if (item === undefined) return;
  scheduleReprotection(state, vault, item, at);
  keepShowing(state, vault, "protectedItems", item, at);
  item.properties = softDeleted(item.properties, azureDate(startedAt), softDeleteSettings(vault).days);
  setDue(state, { kind: "purge", vault, item }, purgeTime(item.properties));
  // recorded: the container of a soft-deleted VM reads SoftDeleted (azcli2024__test_backup_softdelete)
  if (text(item.properties, "backupManagementType") === "AzureIaasVM") markContainer(state, vault, item.container, at);
}

/** Recorded: the container keeps reading SoftDeleted afterwards. */
export function undeleteItem(state: State, vault: VaultState, target: ItemName, at: number): void {
  const item = itemOf(vault, target);
  if (item === undefined) return;
  keepShowing(state, vault, "protectedItems", item, at);
  item.properties = { ...without(stopped(item.properties), deferred), softDeleteRetentionPeriod: 0 };
  setDue(state, { kind: "purge", vault, item }, undefined);
}

export function removeItem(state: State, vault: VaultState, target: ItemName, at: number): void {
  const item = itemOf(vault, target);
  if (item === undefined) return;
  if (item.purgeAt === undefined) scheduleReprotection(state, vault, item, at);
  keepShowing(state, vault, "protectedItems", item, at);
  vault.protectedItems.remove(item);
  dropEmptyContainer(state, vault, item.container, at);
}

/** An Azure VM container goes with its last item (rules 1.1); so do a soft-deleted one and that of an availability group. */
function dropEmptyContainer(state: State, vault: VaultState, name: string, at: number): void {
  const container = containerIn(vault, name);
  if (container === undefined || itemsIn(vault, name).length > 0) return;
  const goes =
    text(container.properties, "backupManagementType") === "AzureIaasVM" ||
    text(container.properties, "registrationStatus") === "SoftDeleted" ||
    isGroup(container);
  if (goes) removeContainer(state, vault, container, at);
}

export function removeContainer(state: State, vault: VaultState, container: ContainerState, at: number): void {
  keepShowing(state, vault, "protectionContainers", container, at);
  vault.protectionContainers.remove(container);
}

/** As soft-deleted. */
export function markContainer(state: State, vault: VaultState, name: string, at: number): void {
  const container = containerIn(vault, name);
  if (container === undefined) return;
  keepShowing(state, vault, "protectionContainers", container, at);
  container.properties = { ...container.properties, registrationStatus: "SoftDeleted" };
}

/** Documented (rules 1.4): while an intent lives, deleted databases are protected again. */
function scheduleReprotection(state: State, vault: VaultState, item: ItemState, at: number): void {
  const intent = guardingIntent(vault, item);
  if (intent === undefined) return;
  const properties = {
    ...without(item.properties, [...deferred, "lastRecoveryPoint"]),
    protectionState: "IRPending",
    lastBackupStatus: "IRPending",
    policyId: text(intent.properties, "policyId"),
    softDeleteRetentionPeriod: 0,
  };
  startOperation(state, {
    vaultId: vault.id,
    effect: { kind: "reprotect-item", container: item.container, item: item.name, intent: intent.name, properties },
    startsAt: at,
    takes: takes(state, "reprotect"),
  });
}

export function reprotectItem(
  state: State,
  vault: VaultState,
  effect: Extract<Effect, { kind: "reprotect-item" }>,
  at: number,
): void {
  const intentLives = vault.protectionIntents.some(({ name }) => name === effect.intent);
  const container = containerIn(vault, effect.container);
  const registered = container !== undefined && text(container.properties, "registrationStatus") !== "SoftDeleted";
  if (!intentLives || !registered) return;
  const replaced = itemOf(vault, effect);
  if (replaced !== undefined) keepShowing(state, vault, "protectedItems", replaced, at);
  vault.protectedItems.add(itemFrom({ container: effect.container, name: effect.item, properties: effect.properties }));
}

/** The body of an item that is no longer backed up and keeps its data. */
export function stopped(properties: Properties): Properties {
  const policyName = "policyName" in properties ? { policyName: "" } : {};
  return { ...properties, protectionState: "ProtectionStopped", policyId: "", ...policyName };
}

/** The body of an item that was deleted at a date, stopped with that, and is kept for so many days. */
export function softDeleted(properties: Properties, at: string, days: number): Properties {
  return {
    ...stopped(properties),
    deferredDeleteTimeInUTC: at,
    isScheduledForDeferredDelete: true,
    softDeleteRetentionPeriod: days,
  };
}

function itemOf(vault: VaultState, target: ItemName): ItemState | undefined {
  return vault.protectedItems.find(itemKey(target.container, target.item));
}
