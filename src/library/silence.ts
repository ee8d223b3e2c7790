// What is around a run that a program began: nothing is shown, and only the program stops it, by its signal, the time it
// allows, or a listener that throws.

import type { Surroundings } from "../cli/carry-out.ts";
import { openStop, type Stop } from "../cli/stop.ts";
import type { RecordedEvent } from "../model/event.ts";

type Given = {
  readonly maxDurationSeconds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: RecordedEvent) => void) | undefined;
};

export type Silence = {
  readonly surroundings: Surroundings;
  readonly listener: (event: RecordedEvent) => void;
  /** What would have been shown, a line each, but for the events. */
  readonly said: readonly string[];
  /** Throws what the program's own listener has thrown. */
  readonly throwIfListenerThrew: () => void;
};

export function silence({ maxDurationSeconds, signal, onEvent }: Given): Silence {
  const said: string[] = [];
  const say = (line: string): void => void said.push(line);
  const nothing = (): void => undefined;
  const broken = new AbortController();
  const signals = signal === undefined ? [broken.signal] : [broken.signal, signal];
  const maximum = maxDurationSeconds === undefined ? undefined : maxDurationSeconds * 1000;
  let thrown: { readonly error: unknown } | undefined;
  return {
    surroundings: {
      openProgress: async () => ({ show: nothing, say, waiting: nothing, end: nothing }),
      openStop: (tell) => stoppedBy(AbortSignal.any(signals), openStop(maximum, tell)),
    },
    // A run is not cut off half-way for it: it is stopped as by its signal.
    listener: (event) => {
      if (thrown !== undefined) return;
      try {
        onEvent?.(event);
      } catch (error) {
        thrown = { error };
        broken.abort();
      }
    },
    said,
    throwIfListenerThrew: () => {
      if (thrown !== undefined) throw thrown.error;
    },
  };
}

function stoppedBy(signal: AbortSignal, stop: Stop): Stop {
  const end = (): void => stop.stop("stopped by its caller: finishing what was sent and saving");
  if (signal.aborted) end();
  else signal.addEventListener("abort", end, { once: true });
  return {
    ...stop,
    dispose: () => {
      signal.removeEventListener("abort", end);
      stop.dispose();
    },
  };
}
