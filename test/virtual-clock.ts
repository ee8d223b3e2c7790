// A clock that never waits: when nothing is under way it jumps to the next sleeper. For tests of runs that take hours.

import type { Clock } from "../src/model/ports.ts";

type Sleeper = { readonly at: number; readonly order: number; readonly wake: () => void };

export type VirtualClock = Clock & {
  /** Marks work that the clock must not overtake, such as a request in flight. */
  readonly during: <R>(work: () => Promise<R>) => Promise<R>;
};

export function virtualClock(start: number = Date.parse("2026-11-21T08:00:00Z")): VirtualClock {
  let now = start;
  let order = 0;
  let busy = 0;
  let scheduled = false;
  let sleepers: Sleeper[] = [];
  const advance = (): void => {
    scheduled = false;
    if (busy > 0) return schedule();
    const next = sleepers.toSorted((a, b) => a.at - b.at || a.order - b.order)[0];
    if (next === undefined) return;
    sleepers = sleepers.filter((sleeper) => sleeper !== next);
    now = Math.max(now, next.at);
    next.wake();
    schedule();
  };
  const schedule = (): void => {
    if (scheduled || sleepers.length === 0) return;
    scheduled = true;
    setImmediate(advance);
  };
  return {
    now: () => now,
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) return resolve();
        const wake = (): void => {
          signal?.removeEventListener("abort", wake);
          sleepers = sleepers.filter((sleeper) => sleeper.wake !== wake);
          resolve();
        };
        signal?.addEventListener("abort", wake, { once: true });
        sleepers.push({ at: now + milliseconds, order: order++, wake });
        schedule();
      }),
    during: async (work) => {
      busy += 1;
      try {
        return await work();
      } finally {
        busy -= 1;
        schedule();
      }
    },
  };
}
