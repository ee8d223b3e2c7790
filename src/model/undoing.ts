// Steps that undo others, as a lock that is put back: told from a run's events which of them are still owed.

import type { RunEvent } from "./event.ts";
import type { Step } from "./step.ts";

/** What a run still owes, kept up to date event by event: it holds one mark a step, and no event. */
export type UndoingLedger = {
  readonly take: (event: RunEvent) => void;
  /** Every step that is due now, in the order of the plan. */
  readonly due: () => readonly Step[];
};

/**
 * Opens a ledger on which nothing is due. A step is due once what it undoes has begun since it itself was last verified:
 * only Azure can tell whether that took effect.
 */
export function undoingLedger(steps: readonly Step[]): UndoingLedger {
  const undoing = steps.filter((step) => step.undoes !== undefined);
  const ids = new Set(undoing.map(({ id }) => id));
  const byUndone = Map.groupBy(undoing, ({ undoes }) => undoes);
  const due = new Set<string>();
  return {
    take: (event) => {
      if (event.type !== "step-intended" && event.type !== "step-verified") return;
      if (event.type === "step-verified" && ids.has(event.step)) due.delete(event.step);
      for (const { id } of byUndone.get(event.step) ?? []) due.add(id);
    },
    due: () => undoing.filter(({ id }) => due.has(id)),
  };
}

/** Every step of the plan that is due, in the order in which they are to be done. Reads the events once. */
export function dueSteps(steps: readonly Step[], events: Iterable<RunEvent>): readonly Step[] {
  const ledger = undoingLedger(steps);
  for (const event of events) ledger.take(event);
  return ledger.due();
}

/** What a person must do where the run could not: one line a step. */
export function notUndone(steps: readonly Step[], events: Iterable<RunEvent>): readonly string[] {
  return byHand(dueSteps(steps, events));
}

/** One line for each step that is due: what it is, and the command that does it by hand. */
export function byHand(due: readonly Step[]): readonly string[] {
  return due.map((step) => `${step.id} ${step.name}: ${step.byHand ?? step.reason}`);
}
