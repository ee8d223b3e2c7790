// Auto-protection intents: while one lives, deleted databases of its instance are protected again. Off before any data goes.

import { armId, nameOf, sameId } from "../model/arm-id.ts";
import { ofKind, type AutoProtectionIntent, type ProtectedItem } from "../model/resource.ts";
import { stepKey, type StepKey } from "../model/step.ts";
import { containerKeyOf, containerOf } from "./container-names.ts";
import type { Dependency, PlanningContext, Proof } from "./dependency.ts";
import { text } from "./properties.ts";
import { gateKeys } from "./soft-delete.ts";

export const autoProtection: Dependency<"auto-protection-intent"> = {
  kind: "auto-protection-intent",
  rule: "documented: disable auto-protection before deleting SQL data; recorded: azcli2024__test_backup_wl_sql_auto_protection (DELETE 204)",
  list: async (reader) =>
    (await reader.intents()).map((intent): AutoProtectionIntent => {
      const item = text(intent.properties, "itemId") ?? text(intent.properties, "sourceResourceId");
      const container = item?.toLowerCase().includes("/protectioncontainers/") ? containerOf(item) : undefined;
      return {
        kind: "auto-protection-intent",
        id: armId(intent.id),
        name: item === undefined ? intent.name : nameOf(item),
        // The service reads NotProtected on an intent that is active (recorded): the word decides nothing.
        state: text(intent.properties, "protectionState") ?? "Unknown",
        ...(container === undefined ? {} : { container }),
      };
    }),
  contribute: (intent, context) => ({
    steps: [
      {
        action: "delete-intent",
        kind: "auto-protection-intent",
        target: intent.id,
        name: intent.name,
        after: gateKeys(context),
        reason: "while auto-protection is on, databases that were deleted are protected again",
        irreversible: false,
        weakens: "new databases of this instance are no longer protected automatically",
        permissions: ["Microsoft.RecoveryServices/Vaults/backupFabrics/backupProtectionIntent/delete"],
        request: { write: "delete-protection-intent", intent: intent.id },
      },
    ],
  }),
  prove: (step, found): Proof =>
    found.some((intent) => sameId(intent.id, step.target))
      ? { verdict: "not-yet", found: "the intent is still listed" }
      : { verdict: "proved", evidence: "the intent is no longer listed" },
};

/**
 * The intents that must be gone before an item of this container is deleted. One of an unknown container holds up all, and
 * so does one of a container in which no item is known to lie: names differ between Azure's answers.
 */
export function deleteIntentKeys(context: PlanningContext, container: string): readonly StepKey[] {
  const own = context.lookup("auto-protection-intent", intentContainer)(container);
  return [...new Set([...own, ...strangers(context)])].map((intent) => stepKey("delete-intent", intent.id));
}

type Intents = readonly AutoProtectionIntent[];

/** Worked out once per plan: every item asks. */
const strangersOf = new WeakMap<PlanningContext, Intents>();

function strangers(context: PlanningContext): Intents {
  const known = strangersOf.get(context);
  if (known !== undefined) return known;
  const itemsIn = context.lookup("protected-item", itemContainer);
  const found = ofKind(context.resources, "auto-protection-intent").filter((intent) => {
    const watched = intentContainer(intent);
    return watched === undefined || itemsIn(watched).length === 0;
  });
  strangersOf.set(context, found);
  return found;
}

function itemContainer(item: ProtectedItem): string {
  return containerKeyOf(item.container);
}

function intentContainer(intent: AutoProtectionIntent): string | undefined {
  return intent.container === undefined ? undefined : containerKeyOf(intent.container);
}
