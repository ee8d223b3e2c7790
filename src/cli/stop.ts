// What stops a run: somebody who asks for it, the time that was allowed, or a vault that is no longer held. The run then drains
// and saves. It must not listen to the process: whoever runs in it decides about that.

import { longestTimeout } from "./clocks.ts";

export type Stop = {
  readonly signal: AbortSignal;
  readonly reason: () => "interrupted" | "out-of-time";
  /** Stops the run as an interruption does, saying why. */
  readonly stop: (line: string) => void;
  readonly dispose: () => void;
};

/** `maximum` in milliseconds of real time; undefined for no limit. */
export function openStop(maximum: number | undefined, say: (line: string) => void): Stop {
  const controller = new AbortController();
  let reason: "interrupted" | "out-of-time" = "interrupted";
  const end = (): void => {
    reason = "out-of-time";
    say("the allowed time is over: finishing what was sent and saving");
    controller.abort();
  };
  const timer = maximum === undefined ? undefined : setTimeout(end, Math.min(maximum, longestTimeout));
  timer?.unref();
  return {
    signal: controller.signal,
    reason: () => reason,
    stop: (line) => {
      say(line);
      controller.abort();
    },
    dispose: () => clearTimeout(timer),
  };
}
