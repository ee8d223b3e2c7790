// Real time, and the time of a rehearsal: as many times faster as its world says.

import { setMaxListeners } from "node:events";
import type { After, Clock } from "../model/ports.ts";

/** setTimeout holds no longer delay than this many milliseconds. */
export const longestTimeout: number = 2 ** 31 - 1;

/** The clock of this machine. */
export function realClock(): Clock {
  return { now: () => Date.now(), sleep: sleepReal };
}

/** A clock that begins at `start` (epoch milliseconds) and runs `speed` times as fast as real time. */
export function scaledClock(start: number, speed: number): Clock {
  const origin = performance.now();
  return {
    now: () => start + (performance.now() - origin) * speed,
    sleep: (milliseconds, signal) => sleepReal(milliseconds / speed, signal),
  };
}

/** Acts after milliseconds of a clock that runs `speed` times as fast as real time. */
export function scaledAfter(speed: number): After {
  return (milliseconds, act) => {
    const timer = setTimeout(act, Math.min(milliseconds / speed, longestTimeout));
    return () => clearTimeout(timer);
  };
}

/** Everything that is under way listens to the signal that stops it: Node 22 takes more than ten listeners for a leak, and warns. */
export function heardByMany(signal: AbortSignal): AbortSignal {
  setMaxListeners(0, signal);
  return signal;
}

function sleepReal(milliseconds: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted === true || milliseconds <= 0) return Promise.resolve();
  if (signal !== undefined) heardByMany(signal);
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", finish);
      resolve();
    };
    const timer = setTimeout(finish, Math.min(milliseconds, longestTimeout));
    signal?.addEventListener("abort", finish, { once: true });
  });
}
