// Backup items: the backup data itself. Deleting one is what a teardown is for; whether it can be undone depends on the vault.

import { armId, idKey } from "../model/arm-id.ts";
import type { ListedItem } from "../model/ports.ts";
import type { ProtectedItem } from "../model/resource.ts";
import { stepKey, type StepDraft } from "../model/step.ts";
import { deleteIntentKeys } from "./auto-protection.ts";
import { containerKeyOf, containerOf } from "./container-names.ts";
import { sourceOfItem } from "./data-sources.ts";
import { proveDataDeleted, proveDataUndeleted } from "./data-proofs.ts";
import type { Contribution, Dependency, PlanningContext, Proof } from "./dependency.ts";
import { recoverItem } from "./recovery/items.ts";
import { goesWithServer, isKnownItem, isSnapshotTier, isSoftDeleted, snapshotsOf } from "./item-types.ts";
import { settleJobKeys } from "./jobs.ts";
import { destroyed, softDeletedBy } from "./losses.ts";
import { date, groups, isWord, text } from "./properties.ts";
import { contributeServerItem } from "./servers.ts";
import { gateKeys, keepsDeletedItems, recoverableUntil, softDeleteSetting } from "./soft-delete.ts";
import { contributeSoftDeleted, purgeTime } from "./soft-deleted-items.ts";

const words = { noun: "item", off: "Disabled" } as const;

export const backupItems: Dependency<"protected-item"> = {
  kind: "protected-item",
  rule: "documented: delete vault (2025-12-09); recorded: DELETE protectedItems answers 202 in 1,148 of 1,148 cases",
  list: async (reader) => (await reader.protectedItems()).filter(isKnownItem).map(protectedItemFrom),
  contribute: (item, context) => {
    if (goesWithServer(item)) return contributeServerItem(item, context);
    return item.softDeleted
      ? contributeSoftDeleted(item, context, deleteStep(item, context))
      : contributeActive(item, context);
  },
  recover: recoverItem,
  prove: (step, found, strategy): Proof => {
    const item = found.find((candidate) => idKey(candidate.id) === idKey(step.target));
    if (step.action === "undelete-item") return proveDataUndeleted(item, words, strategy);
    return proveDataDeleted(step, item, words, strategy);
  },
};

function protectedItemFrom(item: ListedItem): ProtectedItem {
  const source = sourceOfItem(item);
  const purgeAt = purgeTime(item.properties);
  const lastRecoveryPoint =
    date(item.properties, "lastRecoveryPoint") ?? date(item.properties, "lastBackupTime") ?? undefined;
  const engine = text(item.properties, "backupEngineName");
  const nodes = groups(item.properties, "nodesList").flatMap((node) => text(node, "nodeName") ?? []);
  return {
    kind: "protected-item",
    id: armId(item.id),
    name: text(item.properties, "friendlyName") ?? item.name,
    state: text(item.properties, "protectionState") ?? "Unknown",
    managementType: text(item.properties, "backupManagementType") ?? "Unknown",
    workload: text(item.properties, "workloadType") ?? "Unknown",
    itemType: text(item.properties, "protectedItemType") ?? "Unknown",
    container: containerOf(item.id),
    softDeleted: isSoftDeleted(item.properties),
    ...(source === undefined ? {} : { sourceId: armId(source) }),
    ...(purgeAt === undefined ? {} : { purgeAt }),
    ...(lastRecoveryPoint === undefined ? {} : { lastRecoveryPoint }),
    ...(engine === undefined ? {} : { engine }),
    ...(nodes.length === 0 ? {} : { nodes }),
  };
}

function contributeActive(item: ProtectedItem, context: PlanningContext): Contribution {
  const step = deleteStep(item, context);
  const setting = softDeleteSetting(context.resources);
  if (step.irreversible || setting === undefined) return { steps: [step], loss: destroyed };
  const until = recoverableUntil(context, setting);
  return {
    steps: [step],
    remains: [{ what: "soft-deleted backup data", subject: item.id, until }],
    loss: softDeletedBy(context, setting, snapshotsOf(item)),
  };
}

function deleteStep(item: ProtectedItem, context: PlanningContext): StepDraft {
  const container = containerKeyOf(item.container);
  return {
    action: "delete-item",
    kind: "protected-item",
    target: item.id,
    name: item.name,
    after: [
      ...gateKeys(context),
      ...deleteIntentKeys(context, container),
      ...settleJobKeys(context, container, item.managementType),
      ...(item.softDeleted ? [stepKey("undelete-item", item.id)] : []),
    ],
    ...fate(item, context),
    permissions: ["Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/delete"],
    exclusive: idKey(item.container),
    request: { write: "delete-protected-item", item: item.id },
  };
}

/** What deleting the item means for its data. */
function fate(item: ProtectedItem, context: PlanningContext): Pick<StepDraft, "reason" | "irreversible"> {
  const setting = softDeleteSetting(context.resources);
  if (keepsDeletedItems(context) && setting !== undefined && !isSnapshotTier(item)) {
    const until = recoverableUntil(context, setting).slice(0, 10);
    return {
      reason: `backup data keeps the vault alive; it stays recoverable until about ${until}`,
      irreversible: false,
    };
  }
  return {
    reason: `backup data keeps the vault alive; it is destroyed at once: ${whyForGood(item, context)}`,
    irreversible: true,
  };
}

function whyForGood(item: ProtectedItem, context: PlanningContext): string {
  if (isSnapshotTier(item)) return "snapshots of file shares are not covered by soft delete";
  const state = softDeleteSetting(context.resources)?.state ?? "unreadable";
  const goesOff = context.strategy === "purge" && isWord(state, "Enabled");
  if (goesOff || isWord(state, "Disabled")) return "soft delete is off when this runs";
  if (context.strategy === "purge") return "a purge deletes only with soft delete off";
  return `soft delete reads ${state}, so the worst is assumed`;
}
