// How long an operation takes in this world: what the world says, else what its seed draws, else the median.
// It must not know what the operation does.
import type { TimedOperation } from "./latencies.ts";
import { latencies } from "./latencies.ts";
import { quantileOf, secondsAt } from "./quantiles.ts";
import type { State } from "./state.ts";

/** Milliseconds. Each call is a drawing of its own. */
export function takes(state: State, operation: TimedOperation): number {
  const { seed } = state.document;
  const given = state.latencies[operation];
  if (seed === undefined || given !== undefined) {
    const time = lasts(state, operation);
    const [, ...later] = typeof given === "object" ? given : [];
    if (later.length > 0) state.latencies = { ...state.latencies, [operation]: later };
    return time;
  }
  state.drawnTimes += 1;
  return milliseconds(secondsAt(latencies[operation], quantileOf(seed, operation, state.drawnTimes)));
}

/** Milliseconds, never drawn: for what is asked again and again, such as how long something is still seen. */
export function lasts(state: State, operation: TimedOperation): number {
  const latency = latencies[operation];
  const given = state.latencies[operation];
  const next = typeof given === "object" ? given[0] : given;
  return milliseconds(next ?? latency.withoutSeed ?? latency.median);
}

function milliseconds(seconds: number): number {
  return Math.round(seconds * 1_000);
}
