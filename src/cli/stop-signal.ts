// What stops a run from outside: Ctrl-C, a build server's SIGTERM, the time that was allowed, or a vault that is no longer held.
// The first stop drains and saves.

import { longestTimeout } from "./clocks.ts";
import { UserError } from "./user-error.ts";

export type StopSignal = {
  readonly signal: AbortSignal;
  readonly reason: () => "interrupted" | "out-of-time";
  /** Stops the run as an interruption does, saying why. */
  readonly stop: (line: string) => void;
  readonly dispose: () => void;
};

/** `maximum` in milliseconds of real time; undefined for no limit. A second interruption ends the process at once. */
export function stopSignal(maximum: number | undefined, say: (line: string) => void): StopSignal {
  const controller = new AbortController();
  let reason: "interrupted" | "out-of-time" = "interrupted";
  const interrupt = (): void => {
    if (controller.signal.aborted) {
      say("ended at once: what is not put back yet stays away; status names it, and the same command goes on");
      process.exit(130);
    }
    say("interrupted: finishing what was sent, putting back what must not stay away, and saving; again to end at once");
    controller.abort();
  };
  const timer =
    maximum === undefined
      ? undefined
      : setTimeout(() => {
          reason = "out-of-time";
          say("the allowed time is over: finishing what was sent and saving");
          controller.abort();
        }, maximum);
  timer?.unref();
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  return {
    signal: controller.signal,
    reason: () => reason,
    stop: (line) => {
      say(line);
      controller.abort();
    },
    dispose: () => {
      clearTimeout(timer);
      process.off("SIGINT", interrupt);
      process.off("SIGTERM", interrupt);
    },
  };
}

const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds of `90s`, `50m` or `2h`. Throws UserError. */
export function parseDuration(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const match = /^(\d+)([smh])$/.exec(text);
  const unit = units[match?.[2] ?? ""];
  if (match?.[1] === undefined || unit === undefined || Number(match[1]) === 0)
    throw new UserError(`--max-duration ${text} is not a duration: give one like 90s, 50m or 2h`);
  return Math.min(Number(match[1]) * unit, longestTimeout);
}
