// Soft-deleted items: in the soft strategy they go with the vault; to purge them they must be undeleted first and deleted again.

import { idKey } from "../model/arm-id.ts";
import type { ListedItem } from "../model/ports.ts";
import type { ProtectedItem } from "../model/resource.ts";
import type { StepDraft } from "../model/step.ts";
import { daysAfter } from "../model/time.ts";
import { containerKeyOf } from "./container-names.ts";
import type { Contribution, PlanningContext } from "./dependency.ts";
import { isSoftDeleted, snapshotsOf } from "./item-types.ts";
import { settleJobKeys } from "./jobs.ts";
import { alreadySoftDeleted, destroyed } from "./losses.ts";
import { count, date } from "./properties.ts";
import { gateKeys } from "./soft-delete.ts";

/**
 * ISO time of the purge of a soft-deleted item: `deferredDeleteTimeInUTC` is the moment of deletion (recorded), and the
 * retention that counted then stands on the item. Undefined where Azure gives neither.
 */
export function purgeTime(properties: ListedItem["properties"]): string | undefined {
  if (!isSoftDeleted(properties)) return undefined;
  const deletedAt = date(properties, "deferredDeleteTimeInUTC");
  const days =
    count(properties, "softDeleteRetentionPeriodInDays") || count(properties, "softDeleteRetentionPeriod") || undefined;
  if (deletedAt === undefined || days === undefined) return undefined;
  return daysAfter(Date.parse(deletedAt), days);
}

/** `again` is the deletion that follows an undeletion. */
export function contributeSoftDeleted(item: ProtectedItem, context: PlanningContext, again: StepDraft): Contribution {
  if (context.strategy === "purge") return { steps: [undeleteStep(item, context), again], loss: destroyed };
  return goesWithVault(item, context);
}

/** In the soft strategy a soft-deleted item needs no step, and its data remains until Azure purges it. */
export function goesWithVault(item: ProtectedItem, context: PlanningContext): Contribution {
  return {
    note: "already soft-deleted: it goes with the vault",
    remains: [
      {
        what: "soft-deleted backup data",
        subject: item.id,
        ...(item.purgeAt === undefined ? {} : { until: item.purgeAt }),
      },
    ],
    loss: alreadySoftDeleted(item, context, snapshotsOf(item)),
  };
}

function undeleteStep(item: ProtectedItem, context: PlanningContext): StepDraft {
  return {
    ...undeletion(item),
    after: [...gateKeys(context), ...settleJobKeys(context, containerKeyOf(item.container), item.managementType)],
    reason: "a soft-deleted item is purged early only by undeleting it with soft delete off and deleting it again",
  };
}

/** The step that undeletes an item, whatever for. */
export function undeletion(item: ProtectedItem): Omit<StepDraft, "after" | "reason"> {
  return {
    action: "undelete-item",
    kind: "protected-item",
    target: item.id,
    name: item.name,
    irreversible: false,
    permissions: ["Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/write"],
    exclusive: idKey(item.container),
    request: {
      write: "undelete-protected-item",
      item: item.id,
      itemType: item.itemType,
      ...(item.sourceId === undefined ? {} : { sourceId: item.sourceId }),
    },
  };
}
