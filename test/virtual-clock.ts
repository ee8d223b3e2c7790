// A clock that never waits: when nothing is under way it jumps to the next sleepers. For tests of runs that take hours.

import TinyQueue from "tinyqueue";
import type { After, Clock } from "../src/model/ports.ts";

type Sleeper = { readonly at: number; readonly order: number; readonly wake: () => void; awake: boolean };

export type VirtualClock = Clock & {
  readonly after: After;
  /** Marks work that the clock must not overtake, such as a request in flight. */
  readonly during: <R>(work: () => Promise<R>) => Promise<R>;
};

export function virtualClock(start: number = Date.parse("2026-11-21T08:00:00Z")): VirtualClock {
  let now = start;
  let order = 0;
  let busy = 0;
  let scheduled = false;
  const sleepers = sleeperQueue();
  const advance = (): void => {
    scheduled = false;
    if (busy > 0) return;
    const next = sleepers.next();
    if (next === undefined) return;
    now = Math.max(now, next.at);
    // Those whose time has come wake together, as on a real clock: one must not find the others still asleep.
    for (let due: Sleeper | undefined = next; due !== undefined; due = sleepers.dueBy(now)) due.wake();
    schedule();
  };
  const schedule = (): void => {
    if (scheduled || sleepers.isEmpty()) return;
    scheduled = true;
    setImmediate(advance);
  };
  return {
    now: () => now,
    after: (milliseconds, act) => {
      const sleeper: Sleeper = { at: now + milliseconds, order: order++, wake: act, awake: false };
      sleepers.add(sleeper);
      schedule();
      return () => void (sleeper.awake = true);
    },
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) return resolve();
        const wake = (): void => {
          signal?.removeEventListener("abort", wake);
          sleeper.awake = true;
          resolve();
        };
        const sleeper: Sleeper = { at: now + milliseconds, order: order++, wake, awake: false };
        signal?.addEventListener("abort", wake, { once: true });
        sleepers.add(sleeper);
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

type SleeperQueue = {
  readonly add: (sleeper: Sleeper) => void;
  /** Takes out the sleeper whose time comes first. */
  readonly next: () => Sleeper | undefined;
  /** Takes out the next sleeper if its time has come. */
  readonly dueBy: (time: number) => Sleeper | undefined;
  readonly isEmpty: () => boolean;
};

/** Sleepers that were woken by a signal stay in the heap until they come to its top, and count for nothing. */
function sleeperQueue(): SleeperQueue {
  const heap = new TinyQueue<Sleeper>([], (one, other) => one.at - other.at || one.order - other.order);
  const first = (): Sleeper | undefined => {
    while (heap.peek()?.awake === true) heap.pop();
    return heap.peek();
  };
  return {
    add: (sleeper) => heap.push(sleeper),
    next: () => (first() === undefined ? undefined : heap.pop()),
    dueBy: (time) => ((first()?.at ?? Infinity) <= time ? heap.pop() : undefined),
    isEmpty: () => first() === undefined,
  };
}
