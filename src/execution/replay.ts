// The only definition of progress: a fold over the journal's events. A dangling intent is "in doubt": look at Azure before acting.

import type { Failure, RunEvent } from "../model/event.ts";
import type { Step } from "../model/step.ts";
import { operationDidNotEnd } from "./operations.ts";

export type StepState =
  | { readonly state: "pending" }
  /** A write was announced; whether it was sent, or took effect, only Azure knows. */
  | { readonly state: "in-doubt" }
  | { readonly state: "accepted"; readonly operation?: string }
  | { readonly state: "verified"; readonly evidence: string }
  /** `operation`: what the write had set off, where it was still running. */
  | { readonly state: "failed"; readonly failure: Failure; readonly operation?: string }
  | { readonly state: "skipped"; readonly because: string };

export type RunState = { readonly steps: ReadonlyMap<string, StepState>; readonly started: boolean };

const pending: StepState = { state: "pending" };

export type Replay = {
  readonly take: (event: RunEvent) => void;
  /** Where every step stands after the events that were taken; changes with the next. */
  readonly state: () => RunState;
};

/** Opens a replay at which nothing has happened. Unknown step ids are ignored: they belong to no step. */
export function openReplay(steps: readonly Pick<Step, "id" | "undoes">[]): Replay {
  const states = new Map<string, StepState>(steps.map((step) => [step.id, pending]));
  const undoing = Map.groupBy(steps, (step) => step.undoes);
  let started = false;
  return {
    state: () => ({ steps: states, started }),
    take: (event) => {
      if (event.type === "run-started") started = true;
      // A failure or a skip belongs to the attempt that recorded it: a resumed run tries those steps again.
      if (event.type === "run-resumed") reopen(states);
      if (!("step" in event) || !states.has(event.step)) return;
      states.set(event.step, next(states.get(event.step) ?? pending, event));
      // What is done again must be undone again.
      if (event.type === "step-intended" || event.type === "step-verified")
        for (const { id } of undoing.get(event.step) ?? []) states.set(id, pending);
    },
  };
}

/** Where every step of the plan stands after these events. */
export function replay(steps: readonly Pick<Step, "id" | "undoes">[], events: Iterable<RunEvent>): RunState {
  const replayed = openReplay(steps);
  for (const event of events) replayed.take(event);
  return replayed.state();
}

function next(state: StepState, event: RunEvent): StepState {
  switch (event.type) {
    case "step-intended":
      return { state: "in-doubt" };
    case "step-accepted":
      return event.operation === undefined ? { state: "accepted" } : { state: "accepted", operation: event.operation };
    case "step-verified":
      return { state: "verified", evidence: event.evidence };
    case "step-failed":
      return { state: "failed", failure: event, ...stillRunning(state, event) };
    case "step-skipped":
      return { state: "skipped", because: event.because };
    case "step-retried":
    case "request-retried":
    case "run-started":
    case "run-resumed":
    case "run-ended":
      return state;
    default:
      return event satisfies never;
  }
}

function reopen(states: Map<string, StepState>): void {
  for (const [step, state] of states) {
    if (state.state === "skipped") states.set(step, pending);
    if (state.state === "failed") states.set(step, reopened(state));
  }
}

function stillRunning(before: StepState, { code }: Failure): { readonly operation?: string } {
  if (code !== operationDidNotEnd || before.state !== "accepted" || before.operation === undefined) return {};
  return { operation: before.operation };
}

function reopened({ operation }: Extract<StepState, { readonly state: "failed" }>): StepState {
  return operation === undefined ? { state: "in-doubt" } : { state: "accepted", operation };
}
