// How many requests are on their way at the same time: as many as connections that are worth having. It knows no counters.

import { notSent } from "./token-bucket.ts";

/** With answers of a second, more than Azure's counters refill; connections beyond it only wait at the other end. */
const atOnce = 64;

export type RequestSlots = {
  /**
   * Resolves when one more may be on its way, in the order of the calls or before all others that wait; what it resolves
   * to is called when that one has ended. Throws AzureError, of a request that was not sent, once stopped.
   */
  readonly take: (signal?: AbortSignal, isNext?: boolean) => Promise<() => void>;
};

/** `limit`: how many may be on their way at the same time. */
export function createRequestSlots(limit: number = atOnce): RequestSlots {
  let taken = 0;
  const waiting: (() => void)[] = [];
  const release = (): void => {
    const [next] = waiting;
    if (next === undefined) taken -= 1;
    else next();
  };
  const granted = (signal: AbortSignal | undefined, isNext: boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      const leave = (): void => {
        waiting.splice(waiting.indexOf(grant), 1);
        signal?.removeEventListener("abort", stop);
      };
      const grant = (): void => (leave(), resolve());
      const stop = (): void => (leave(), reject(notSent()));
      if (isNext) waiting.unshift(grant);
      else waiting.push(grant);
      signal?.addEventListener("abort", stop);
    });
  return {
    take: async (signal, isNext = false) => {
      if (signal?.aborted === true) throw notSent();
      if (taken < limit) taken += 1;
      else await granted(signal, isNext);
      return release;
    },
  };
}
