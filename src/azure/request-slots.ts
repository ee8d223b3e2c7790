// How many requests are on their way at the same time: as many as connections that are worth having. It knows no counters.

/** With answers of a second, more than Azure's counters refill; connections beyond it only wait at the other end. */
const atOnce = 64;

export type RequestSlots = {
  /** Resolves when one more may be on its way, in the order of the calls; what it resolves to is called when that one has ended. */
  readonly take: () => Promise<() => void>;
};

export function createRequestSlots(limit: number = atOnce): RequestSlots {
  let taken = 0;
  const waiting: (() => void)[] = [];
  const release = (): void => {
    const next = waiting.shift();
    if (next === undefined) taken -= 1;
    else next();
  };
  return {
    take: async () => {
      if (taken < limit) taken += 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      return release;
    },
  };
}
