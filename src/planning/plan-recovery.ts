// Inventory and a wish in, plan of a recovery out: vault, then containers, then items and instances, then the proof. Pure.

import { recoveryContext, type Contribution, type RecoveryContext } from "../dependencies/dependency.ts";
import { registry } from "../dependencies/registry.ts";
import type { Plan, PlanOptions } from "../model/plan.ts";
import type { Recovery } from "../model/recovery.ts";
import { ofKind, type Kind, type Of } from "../model/resource.ts";
import { markGuarded } from "./guarded-steps.ts";
import { inOrder } from "./inventory-order.ts";
import { orderSteps } from "./order.ts";
import { finishPlan, type PlanDraft, type PlanningInput } from "./plan-teardown.ts";

export type RecoveryInput = Omit<PlanningInput, "options"> & { readonly recovery: Recovery };

/** Nothing is weakened where data only returns, and current api-versions know soft-deleted vaults. */
const options: PlanOptions = { strategy: "soft", consents: [], keepPrivateEndpoints: false };

/** The same input gives the same plan, byte for byte, in whatever order its resources stand. Throws Error only on a defect in the rules. */
export function planRecovery(input: RecoveryInput): Plan {
  return finishPlan(draftRecovery(input), input.grants ?? []);
}

/** The part that needs no grants: its steps say which of them to ask for. Throws as `planRecovery` does. */
export function draftRecovery({ recovery, ...given }: Omit<RecoveryInput, "grants">): PlanDraft {
  const resources = inOrder(given.inventory.resources);
  const input = { ...given, options, inventory: { ...given.inventory, resources } };
  const context = recoveryContext(recovery, input.vault.id, resources, input.now);
  const contributions = resources.map((resource) => recover(resource, context));
  const drafts = contributions.flatMap((contribution) => contribution.steps ?? []);
  const steps = orderSteps(markGuarded(drafts, ofKind(resources, "resource-guard")));
  return { input, vault: input.vault, contributions, steps, recovery };
}

function recover<K extends Kind>(resource: Of<K>, context: RecoveryContext): Contribution {
  return registry[resource.kind as K].recover?.(resource, context) ?? {};
}
