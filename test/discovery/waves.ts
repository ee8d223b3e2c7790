// Counts how many requests wait for the answers of others: holds all back until nobody sends any more, then lets them go at once.

import type { Handle } from "../rehearsal.ts";

export type Waves = {
  readonly between: (handle: Handle) => Handle;
  /** How many requests went out together, wave by wave. */
  readonly sizes: () => readonly number[];
};

/** Turns of the event loop without a new request after which nobody sends any more: none of them waits for a timer. */
const quietTurns = 50;

export function countingWaves(): Waves {
  const sizes: number[] = [];
  let held: (() => void)[] = [];
  let [quiet, underWay, watching] = [0, 0, false];
  const watch = (): void => {
    quiet = underWay > 0 ? 0 : quiet + 1;
    if (quiet < quietTurns) return void setImmediate(watch);
    watching = false;
    const wave = held;
    held = [];
    sizes.push(wave.length);
    for (const release of wave) release();
  };
  return {
    between: (handle) => async (request) => {
      await new Promise<void>((resolve) => {
        held.push(resolve);
        quiet = 0;
        if (!watching) setImmediate(watch);
        watching = true;
      });
      underWay += 1;
      return handle(request).finally(() => (underWay -= 1));
    },
    sizes: () => sizes,
  };
}
