// What a continued run must do again, because steps that undo others were done meanwhile: a lock is back, and writes under it are open.

import type { Step } from "../model/step.ts";
import type { RunState, StepState } from "./replay.ts";

export type Begin = { readonly state: RunState; readonly done: ReadonlySet<string> };

/**
 * While writes under a lock are still open, its removal counts for nothing: an earlier run, or a person, has put it back.
 * It is looked for again, removed again, and put back again; and whatever is removed is put back, though it was before.
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
    if (undoes === undefined || !after.some(isOpenWrite)) continue;
    left.delete(id);
    left.delete(undoes);
    if (states.get(undoes)?.state === "verified") states.set(undoes, { state: "in-doubt" });
    if (states.get(id)?.state === "verified") states.set(id, { state: "pending" });
  }
  return { state: { ...state, steps: states }, done: left };
}
