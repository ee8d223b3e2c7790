// Steps that undo others, as a lock that is put back: when they are due, and what a continued run must do again because of them.

import type { RunEvent } from "../model/event.ts";
import type { Step } from "../model/step.ts";
import type { RunState, StepState } from "./replay.ts";

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

export type Begin = { readonly state: RunState; readonly done: ReadonlySet<string> };

/**
 * While writes under a lock are still open, its removal counts for nothing: an earlier run, or a person, has put it back.
 * It is looked for again, removed again, and put back again.
 */
export function reopened(steps: readonly Step[], { state, done }: Begin): Begin {
  const states = new Map<string, StepState>(state.steps);
  const left = new Set(done);
  const byId = new Map(steps.map((step) => [step.id, step]));
  const isOpenWrite = (id: string): boolean => {
    const step = byId.get(id);
    return step?.request !== undefined && step.undoes === undefined && !done.has(id);
  };
  for (const { id, undoes, after } of steps) {
    if (undoes === undefined || !after.some((before) => before !== undoes && isOpenWrite(before))) continue;
    left.delete(id);
    left.delete(undoes);
    if (states.get(undoes)?.state === "verified") states.set(undoes, { state: "in-doubt" });
    if (states.get(id)?.state === "verified") states.set(id, { state: "pending" });
  }
  return { state: { ...state, steps: states }, done: left };
}

/** What a person must do where the run could not: one line a step. */
export function notUndone(steps: readonly Step[], events: readonly RunEvent[]): readonly string[] {
  return dueSteps(steps, events).map((step) => `${step.id} ${step.name}: ${step.byHand ?? step.reason}`);
}
