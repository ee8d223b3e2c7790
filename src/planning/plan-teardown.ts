// Inventory and options in, plan out: collects what every resource contributes, orders it, says what will be true at the end. Pure.

import { planningContext, type Contribution, type PlanningContext } from "../dependencies/dependency.ts";
import { registry } from "../dependencies/registry.ts";
import { apiVersionProfiles } from "../model/api-versions.ts";
import type { Blocker } from "../model/blocker.ts";
import {
  planFormatVersion,
  type InventoryEntry,
  type Permissions,
  type Plan,
  type PlanOptions,
  type VaultSummary,
} from "../model/plan.ts";
import type { Inventory, Kind, Of, Resource } from "../model/resource.ts";
import type { Step } from "../model/step.ts";
import { expectOutcome } from "./expected-outcome.ts";
import { orderSteps } from "./order.ts";
import { sealPlan } from "./plan-document.ts";

export type PlanningInput = {
  readonly inventory: Inventory;
  readonly vault: VaultSummary;
  readonly options: PlanOptions;
  /** Found across kinds, outside the rules of any one of them. */
  readonly blockers: readonly Blocker[];
  /** Name and version of this tool. */
  readonly tool: string;
  /** Epoch milliseconds. */
  readonly now: number;
};

/** The same input gives the same plan, byte for byte. Throws Error only on a defect in the rules. */
export function planTeardown(input: PlanningInput): Plan {
  const { resources } = input.inventory;
  const context = planningContext(input.options, input.vault.id, resources, input.now);
  const contributions = resources.map((resource) => contribute(resource, context));
  const steps = orderSteps(contributions.flatMap((contribution) => contribution.steps ?? []));
  const blockers = [...input.blockers, ...contributions.flatMap((contribution) => contribution.blockers ?? [])];
  return sealPlan({
    formatVersion: planFormatVersion,
    tool: input.tool,
    createdAt: new Date(input.now).toISOString(),
    vault: input.vault,
    strategy: input.options.strategy,
    options: { keepPrivateEndpoints: input.options.keepPrivateEndpoints },
    consents: input.options.consents,
    apiVersions: apiVersionProfiles[input.options.strategy],
    expectedOutcome: expectOutcome({ strategy: input.options.strategy, resources, steps, blockers, now: input.now }),
    inventory: resources.map((resource, index) => withNote(resource, contributions[index])),
    steps,
    blockers,
    warnings: contributions.flatMap((contribution) => contribution.warnings ?? []),
    remains: contributions.flatMap((contribution) => contribution.remains ?? []),
    permissions: permissionsOf(steps),
  });
}

function contribute<K extends Kind>(resource: Of<K>, context: PlanningContext): Contribution {
  const dependency = registry[resource.kind as K];
  return dependency.contribute(resource, context);
}

function withNote(resource: Resource, contribution: Contribution | undefined): InventoryEntry {
  return contribution?.note === undefined ? resource : { ...resource, note: contribution.note };
}

function permissionsOf(steps: readonly Step[]): Permissions {
  const needed = [...new Set(steps.flatMap((step) => step.permissions))].toSorted();
  return { needed, missing: [], checked: false, role: "Contributor" };
}
