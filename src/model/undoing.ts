// Steps that undo others, as a lock that is put back: told from a run's events which of them are still owed.

import type { RunEvent } from "./event.ts";
import type { Step } from "./step.ts";

/** Whether what the step undoes has begun since the step itself was last verified: only Azure can tell whether it took effect. */
export function isDue(step: Step, events: readonly RunEvent[]): boolean {
  const last = events.findLast(
    (event) =>
      (event.type === "step-verified" && event.step === step.id) ||
      ((event.type === "step-intended" || event.type === "step-verified") && event.step === step.undoes),
  );
  return last !== undefined && "step" in last && last.step === step.undoes;
}

/** Every step of the plan that is due, in the order in which they are to be done. */
export function dueSteps(steps: readonly Step[], events: readonly RunEvent[]): readonly Step[] {
  return steps.filter((step) => step.undoes !== undefined && isDue(step, events));
}

/** What a person must do where the run could not: one line a step. */
export function notUndone(steps: readonly Step[], events: readonly RunEvent[]): readonly string[] {
  return dueSteps(steps, events).map((step) => `${step.id} ${step.name}: ${step.byHand ?? step.reason}`);
}
