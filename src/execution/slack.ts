// How much time a step has before it holds the run up: what other steps under way are expected to take longer. It only
// decides how soon an effect is looked for.

import { expectedSecondsOf } from "../model/expected-times.ts";
import type { Clock } from "../model/ports.ts";
import type { Step } from "../model/step.ts";

export type Slack = {
  /** Told of every step whose write was accepted just now. */
  readonly begun: (step: Step) => void;
  /**
   * From the end of the way that begins with the step, were its effect there in `inSeconds`, to the end of the longest
   * way begun so far. Seconds, never below 0.
   */
  readonly seconds: (step: Step, inSeconds: number) => number;
  /** What is still to come after the step, on the longest way that begins with it. Seconds. */
  readonly toCome: (step: Step) => number;
};

/** `remaining`: by step id, the seconds of the longest way from its start. */
export function slackOf(clock: Pick<Clock, "now">, remaining: ReadonlyMap<string, number>): Slack {
  let horizon = Number.NEGATIVE_INFINITY;
  const endOf = (step: Step, startsInSeconds: number): number => {
    const end = clock.now() / 1000 + startsInSeconds + (remaining.get(step.id) ?? 0);
    horizon = Math.max(horizon, end);
    return end;
  };
  return {
    begun: (step) => void endOf(step, 0),
    seconds: (step, inSeconds) => {
      const end = endOf(step, inSeconds - expectedSecondsOf(step));
      return horizon - end;
    },
    toCome: (step) => (remaining.get(step.id) ?? 0) - expectedSecondsOf(step),
  };
}
