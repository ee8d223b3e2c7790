// Reads a saved plan and refuses anything else: another version, a changed byte, or steps that do not follow from its inventory.

import { nameOf, vaultKindOf } from "../model/arm-id.ts";
import { planFormatVersion, type Plan } from "../model/plan.ts";
import { listingFailed } from "../model/blocker.ts";
import { ofKind } from "../model/resource.ts";
import { resourceOf } from "./inventory-entry.ts";
import { hashOf, standsFor } from "./plan-document.ts";
import { planShape } from "./plan-shape.ts";
import { planRecovery } from "./plan-recovery.ts";
import { planTeardown } from "./plan-teardown.ts";

/** Thrown when a text is not a plan of ours, or not the plan it says it is. The message is one line for people. */
export class PlanDocumentError extends Error {
  override readonly name = "PlanDocumentError";
}

/** Reads a saved plan. Throws PlanDocumentError for another version, a changed byte, or a text that is no plan. */
export function openPlan(text: string, source: string): Plan {
  const document = parse(text, source);
  const version = document["formatVersion"];
  if (version !== planFormatVersion)
    throw new PlanDocumentError(
      `${source} has plan format version ${JSON.stringify(version)}, expected ${planFormatVersion}: make the plan again with this version`,
    );
  const wrong = planShape.wrong(document);
  if (wrong !== undefined)
    throw new PlanDocumentError(
      `${source} is not a plan: ${wrong.path} ${wrong.what}; make one with plan --out <file>`,
    );
  const plan = document as unknown as Plan;
  const { id, ...rest } = plan;
  const expected = hashOf(rest);
  // By its text: a member that stands there twice would mean to others what it does not mean here.
  if (id !== expected || !standsFor(text, plan))
    throw new PlanDocumentError(
      `${source} was changed after it was made: expected id ${expected} for its content, received ${id}; make the plan again`,
    );
  if (!followsFromItsInventory(plan, text))
    throw new PlanDocumentError(
      `${source} holds steps that do not follow from its inventory under the rules of this version; make the plan again`,
    );
  return plan;
}

/**
 * A plan is a function of its inventory: whatever else someone wrote into one, and hashed anew, is not carried out and
 * not shown for consent. What the inventory itself claims is compared with the vault before a step is taken.
 */
function followsFromItsInventory(plan: Plan, text: string): boolean {
  try {
    const input = {
      inventory: { discoveredAt: plan.createdAt, resources: plan.inventory.map(resourceOf), gaps: [] },
      vault: plan.vault,
      // A list that failed has left no resource to derive its blocker from.
      blockers: plan.blockers.filter((blocker) => blocker.code === listingFailed),
      grants: plan.permissions.grants,
      tool: plan.tool,
      now: Date.parse(plan.createdAt),
    };
    const options = { strategy: plan.strategy, consents: plan.consents, ...plan.options };
    const again =
      plan.recovery === undefined
        ? planTeardown({ ...input, options })
        : planRecovery({ ...input, recovery: plan.recovery });
    if (vaultKindOf(plan.vault.id) !== plan.vault.kind) return false;
    const listed = ofKind(plan.inventory, "vault").every((vault) => vault.location === plan.vault.location);
    return listed && standsFor(text, again) && sameName(plan);
  } catch {
    return false;
  }
}

function sameName({ vault }: Plan): boolean {
  return vault.name.toLowerCase() === nameOf(vault.id).toLowerCase();
}

function parse(text: string, source: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new PlanDocumentError(`${source} is not a plan: it is not JSON; make one with plan --out <file>`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value) || !("steps" in value))
    throw new PlanDocumentError(`${source} is not a plan: it has no steps; make one with plan --out <file>`);
  return value as Record<string, unknown>;
}
