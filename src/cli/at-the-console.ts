// What is around a run that somebody began at a terminal or in a pipeline: its progress on stderr, and the signals that stop it.

import { openProgress } from "../reporting/progress.ts";
import type { Surroundings } from "./carry-out.ts";
import { stopSignal } from "./stop-signal.ts";
import { progressSink } from "./streams.ts";

/** `maximum` in milliseconds of real time; undefined for no limit. */
export function atTheConsole(maximum?: number): Surroundings {
  return {
    openProgress: (plan, timing, past) => openProgress(plan, progressSink(), timing, past),
    openStop: (say) => stopSignal(maximum, say),
  };
}
