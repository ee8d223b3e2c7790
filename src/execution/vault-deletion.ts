// Whether a run has sent its vault to be deleted, and nothing has been heard since that says it stands.

import type { RunEvent } from "../model/event.ts";
import type { Plan } from "../model/plan.ts";
import { operationDidNotEnd } from "./operations.ts";

const unseenEnds: ReadonlySet<string> = new Set([operationDidNotEnd, "NotVerified"]);

/** Whether the write of a step that failed so may still be at work: it was accepted, and its end was not seen. */
export function isUnseenEnd(code: string): boolean {
  return unseenEnds.has(code);
}

export type VaultDeletionWatch = {
  readonly take: (event: RunEvent) => void;
  readonly isUnderWay: () => boolean;
  /** ISO time at which Azure first accepted it, by Azure's clock; undefined where that was not heard. */
  readonly acceptedAt: () => string | undefined;
};

/**
 * Told of a run's events, says whether the deletion of the vault is under way or done. Told from the events themselves: in
 * the fold of a resumed run a refusal becomes a doubt, and a refused deletion says nothing about the vault of today.
 */
export function vaultDeletionWatch(plan: Pick<Plan, "steps">): VaultDeletionWatch {
  const deletion = plan.steps.find((step) => step.action === "delete-vault");
  let isUnderWay = false;
  let acceptedAt: string | undefined;
  return {
    take: (event) => {
      if (!("step" in event) || event.step !== deletion?.id || !isTelling(event)) return;
      if (event.type === "step-accepted") acceptedAt ??= event.acceptedAt;
      isUnderWay = event.type !== "step-failed" || isUnseenEnd(event.code);
    },
    isUnderWay: () => isUnderWay,
    acceptedAt: () => acceptedAt,
  };
}

/** Whether it is after these events. */
export function isVaultDeletionUnderWay(plan: Pick<Plan, "steps">, events: Iterable<RunEvent>): boolean {
  const watch = vaultDeletionWatch(plan);
  for (const event of events) watch.take(event);
  return watch.isUnderWay();
}

function isTelling(event: RunEvent): boolean {
  return event.type !== "step-retried" && event.type !== "step-skipped";
}
