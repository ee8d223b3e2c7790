// The shortest time in which a plan can be carried out, whoever carries it out. It must not know how the engine works.

import { latencies } from "../../src/emulator/latencies.ts";
import type { Step } from "../../src/model/step.ts";
import { counterFor, counters, type Counter, type Rate } from "./request-counters.ts";

export type BoundedStep = Pick<Step, "id" | "action" | "kind" | "after" | "exclusive" | "request">;

export type Bounded = {
  /** In an order in which none comes before what it waits for, as in every plan. */
  readonly steps: readonly BoundedStep[];
  /** By id, the seconds Azure was at work on the step; 0 where there is none. */
  readonly seconds: ReadonlyMap<string, number>;
  readonly rates: Readonly<Record<Counter, Rate>>;
};

export type LowerBound = {
  readonly seconds: number;
  readonly decidedBy: "longest path" | Counter;
  /** Seconds each bound asks for by itself. */
  readonly each: Readonly<Record<"longest path" | Counter, number>>;
};

/**
 * The longest of three times, each of which no run can undercut, in seconds:
 *
 * - The longest path: a step starts when everything it waits for has ended, and lasts at least as long as Azure is at work
 *   on it. Steps with one exclusive key cannot overlap, for Azure refuses a second change of protection in a container; so
 *   what waits for several of them waits at least until they fit in one after another, in the best order there is. A
 *   server is not let go until its databases have been seen to be gone, which takes the time the emulator assumes.
 * - For each counter of requests: the k-th request it counts cannot be accepted before the counter has let k - 1 others
 *   through, beginning full at the earliest start of any of them; and the run goes on for at least as long as the longest
 *   way from that request to the end. The best order sends first what has the longest way before it, and the bound takes it.
 *
 * Requests themselves, the questions about operations, and the proofs take no time here, so a real run takes longer. Where
 * times are drawn, those are meant which this run drew.
 */
export function lowerBound(bounded: Bounded): LowerBound {
  const starts = earliestStarts(bounded);
  const ways = waysToTheEnd(bounded);
  const ends = bounded.steps.map(({ id }) => (starts.get(id) ?? 0) + (bounded.seconds.get(id) ?? 0));
  const path = ends.reduce((latest, end) => Math.max(latest, end), 0);
  const rated = counters.map((counter) => [counter, atRate(bounded, counter, starts, ways)] as const);
  const each = { "longest path": path, ...(Object.fromEntries(rated) as Record<Counter, number>) };
  const decidedBy = counters.reduce<LowerBound["decidedBy"]>(
    (longest, counter) => (each[counter] > each[longest] ? counter : longest),
    "longest path",
  );
  return { seconds: each[decidedBy], decidedBy, each };
}

/** By id, before which second a step cannot start. */
function earliestStarts({ steps, seconds }: Bounded): ReadonlyMap<string, number> {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const starts = new Map<string, number>();
  for (const step of steps) {
    const before = step.after.flatMap((id) => byId.get(id) ?? []);
    const groups = [...Map.groupBy(before, (one) => one.exclusive ?? one.id).values()];
    const ends = groups.map((group) => {
      const lag = Math.max(...group.map((one) => lagBetween(one, step)));
      return lag + endOfTurns(withSameKeyBefore(group, byId), starts, seconds);
    });
    starts.set(
      step.id,
      ends.reduce((latest, end) => Math.max(latest, end), 0),
    );
  }
  return starts;
}

/** Seconds for which a server is still refused after its database is gone. */
function lagBetween(before: BoundedStep, step: BoundedStep): number {
  const isRefused = before.action === "delete-item" && step.kind === "workload-container";
  return isRefused ? latencies.propagation.median : 0;
}

/** The steps with all that have to be done before them under the same key: those have to fit in as well. */
function withSameKeyBefore(
  group: readonly BoundedStep[],
  byId: ReadonlyMap<string, BoundedStep>,
): readonly BoundedStep[] {
  const found = new Set(group);
  // a set goes on to what is added while it is walked through
  for (const step of found) {
    if (step.exclusive === undefined) continue;
    for (const id of step.after) {
      const before = byId.get(id);
      if (before?.exclusive === step.exclusive) found.add(before);
    }
  }
  return [...found];
}

/** When the last of several that take turns has ended, if each starts as early as it can: no other order ends earlier. */
function endOfTurns(
  group: readonly BoundedStep[],
  starts: ReadonlyMap<string, number>,
  seconds: ReadonlyMap<string, number>,
): number {
  const start = ({ id }: BoundedStep): number => starts.get(id) ?? 0;
  return group
    .toSorted((one, other) => start(one) - start(other))
    .reduce((end, step) => Math.max(end, start(step)) + (seconds.get(step.id) ?? 0), 0);
}

/** By id, the seconds from a step's start to the end of the longest path that begins with it. */
function waysToTheEnd({ steps, seconds }: Bounded): ReadonlyMap<string, number> {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const afterIt = new Map<string, number>();
  const ways = new Map<string, number>();
  for (const step of steps.toReversed()) {
    const way = (seconds.get(step.id) ?? 0) + (afterIt.get(step.id) ?? 0);
    ways.set(step.id, way);
    for (const id of step.after) {
      const before = byId.get(id);
      if (before === undefined) continue;
      afterIt.set(id, Math.max(afterIt.get(id) ?? 0, lagBetween(before, step) + way));
    }
  }
  return ways;
}

function atRate(
  { steps, rates }: Bounded,
  counter: Counter,
  starts: ReadonlyMap<string, number>,
  ways: ReadonlyMap<string, number>,
): number {
  const counted = steps.filter(({ request }) => counterFor(request) === counter);
  const first = counted.reduce((earliest, { id }) => Math.min(earliest, starts.get(id) ?? 0), Infinity);
  const { capacity, perSecond } = rates[counter];
  return counted
    .map(({ id }) => ways.get(id) ?? 0)
    .toSorted((one, other) => other - one)
    .reduce((longest, way, place) => {
      const wait = Math.max(0, (place + 1 - capacity) / perSecond);
      return Math.max(longest, first + wait + way);
    }, 0);
}
