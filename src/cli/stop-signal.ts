// What stops a run from outside its process: Ctrl-C, a build server's SIGTERM. The first drains and saves.

import { longestTimeout } from "./clocks.ts";
import { openStop, type Stop } from "./stop.ts";
import { UserError } from "./user-error.ts";

/** `maximum` in milliseconds of real time; undefined for no limit. A second interruption ends the process at once. */
export function stopSignal(maximum: number | undefined, say: (line: string) => void): Stop {
  const stop = openStop(maximum, say);
  const interrupt = (): void => {
    if (stop.signal.aborted) {
      say("ended at once: what is not put back yet stays away; status names it, and the same command goes on");
      process.exit(130);
    }
    stop.stop(
      "interrupted: finishing what was sent, putting back what must not stay away, and saving; again to end at once",
    );
  };
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  return {
    ...stop,
    dispose: () => {
      stop.dispose();
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
