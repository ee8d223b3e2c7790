// Whether a run has sent its vault to be deleted, and nothing has been heard since that says it stands.

import type { RunEvent } from "../model/event.ts";
import type { Plan } from "../model/plan.ts";

/** Failures after which the deletion may still be at work: it was accepted, and its end was not seen. */
const unseenEnds: ReadonlySet<string> = new Set(["OperationDidNotEnd", "NotVerified"]);

/**
 * True while the deletion of the vault is under way or done. Told from the events themselves: in the fold of a resumed
 * run a refusal becomes a doubt, and a refused deletion says nothing about the vault of today.
 */
export function isVaultDeletionUnderWay(plan: Pick<Plan, "steps">, events: readonly RunEvent[]): boolean {
  const deletion = plan.steps.find((step) => step.action === "delete-vault");
  const last = events.findLast((event) => "step" in event && event.step === deletion?.id && isTelling(event));
  return last !== undefined && (last.type !== "step-failed" || unseenEnds.has(last.code));
}

function isTelling(event: RunEvent): boolean {
  return event.type !== "step-retried" && event.type !== "step-skipped";
}
