// Inventory and options in, plan out: collects what every resource contributes, orders it, says what will be true at the end. Pure.

import { planningContext, type Contribution, type PlanningContext } from "../dependencies/dependency.ts";
import { registry } from "../dependencies/registry.ts";
import { apiVersionProfiles } from "../model/api-versions.ts";
import type { Blocker } from "../model/blocker.ts";
import type { ScopeGrants } from "../model/grant.ts";
import { planFormatVersion, type Plan, type PlanOptions, type VaultSummary } from "../model/plan.ts";
import type { Recovery } from "../model/recovery.ts";
import { ofKind, type Inventory, type Kind, type Of } from "../model/resource.ts";
import type { Step } from "../model/step.ts";
import { expectOutcome, expectRecovery } from "./expected-outcome.ts";
import { markGuarded } from "./guarded-steps.ts";
import { inventoryEntry, type FindingsOf } from "./inventory-entry.ts";
import { grantsInOrder, inOrder } from "./inventory-order.ts";
import { orderSteps } from "./order.ts";
import { comparePermissions } from "./permissions.ts";
import { sealPlan } from "./plan-document.ts";

export type PlanningInput = {
  readonly inventory: Inventory;
  readonly vault: VaultSummary;
  readonly options: PlanOptions;
  /** Found across kinds, outside the rules of any one of them. */
  readonly blockers: readonly Blocker[];
  /** What was read of the caller's rights; absent or empty: nothing, and none are found missing. */
  readonly grants?: readonly ScopeGrants[];
  /** Name and version of this tool. */
  readonly tool: string;
  /** Epoch milliseconds. */
  readonly now: number;
};

/** A plan whose steps stand, before the caller's rights are compared with what they need. */
export type PlanDraft = {
  readonly input: Omit<PlanningInput, "grants">;
  readonly vault: VaultSummary;
  readonly contributions: readonly Contribution[];
  readonly steps: readonly Step[];
  /** What it is to bring back; absent in a teardown. */
  readonly recovery?: Recovery;
};

/** The same input gives the same plan, byte for byte, in whatever order its resources stand. Throws Error only on a defect in the rules. */
export function planTeardown(input: PlanningInput): Plan {
  return finishPlan(draftTeardown(input), input.grants ?? []);
}

/** The part of planning that needs no grants: its steps say which of them to ask for. Throws as `planTeardown` does. */
export function draftTeardown(given: Omit<PlanningInput, "grants">): PlanDraft {
  const resources = inOrder(given.inventory.resources);
  const input = { ...given, inventory: { ...given.inventory, resources } };
  const context = planningContext(input.options, input.vault.id, resources, input.now);
  const contributions = resources.map((resource) => contribute(resource, context));
  const drafts = contributions.flatMap((contribution) => contribution.steps ?? []);
  const steps = orderSteps(markGuarded(drafts, ofKind(resources, "resource-guard")));
  return { input, vault: input.vault, contributions, steps };
}

/**
 * The plan that a draft becomes once the grants were read; none of them: no right is found missing. `findings`: what was
 * asked about backups meanwhile.
 */
export function finishPlan(draft: PlanDraft, grants: readonly ScopeGrants[], findings?: FindingsOf): Plan {
  const { input, contributions, steps, recovery } = draft;
  const { resources } = input.inventory;
  const rights = comparePermissions(
    steps,
    input.vault,
    grantsInOrder(grants),
    recovery === undefined ? "Teardown" : "Recovery",
  );
  const own = contributions.flatMap((contribution) => contribution.blockers ?? []);
  const blockers = [...input.blockers, ...own, ...rights.blockers];
  return sealPlan({
    formatVersion: planFormatVersion,
    tool: input.tool,
    createdAt: new Date(input.now).toISOString(),
    vault: input.vault,
    strategy: input.options.strategy,
    ...(recovery === undefined ? {} : { recovery }),
    options: { keepPrivateEndpoints: input.options.keepPrivateEndpoints },
    consents: input.options.consents,
    apiVersions: apiVersionProfiles[input.options.strategy],
    expectedOutcome:
      recovery === undefined
        ? expectOutcome({ strategy: input.options.strategy, resources, steps, blockers, now: input.now })
        : expectRecovery(blockers),
    inventory: resources.map((resource, index) =>
      inventoryEntry(resource, contributions[index] ?? {}, findings?.(resource)),
    ),
    steps,
    blockers,
    warnings: [...contributions.flatMap((contribution) => contribution.warnings ?? []), ...rights.warnings],
    remains: contributions.flatMap((contribution) => contribution.remains ?? []),
    permissions: rights.permissions,
  });
}

function contribute<K extends Kind>(resource: Of<K>, context: PlanningContext): Contribution {
  const dependency = registry[resource.kind as K];
  return dependency.contribute(resource, context);
}
