// How a run's end becomes the process's exit code: the stable contract of the command line.

import type { Disposition } from "../model/event.ts";
import type { RunState } from "./replay.ts";

export type Stop = "interrupted" | "out-of-time" | "signed-out";

const ofStop: { readonly [S in Stop]: number } = { interrupted: 130, "out-of-time": 4, "signed-out": 1 };

/** `stop`: why steps were left open; undefined when every step came to an end. */
export function exitCodeOf(state: RunState, stop: Stop | undefined): number {
  if (stop !== undefined) return ofStop[stop];
  const dispositions = new Set<Disposition>();
  for (const step of state.steps.values()) if (step.state === "failed") dispositions.add(step.failure.disposition);
  if (dispositions.has("failed")) return 5;
  if (dispositions.has("blocked")) return 3;
  if (dispositions.has("waiting")) return 4;
  return 0;
}

/** ISO time after which running again makes sense; undefined when no step waits for a known time. */
export function resumeAfterOf(state: RunState): string | undefined {
  const times = [...state.steps.values()].flatMap((step) =>
    step.state === "failed" && step.failure.until !== undefined ? [step.failure.until] : [],
  );
  return times.toSorted().at(-1);
}
