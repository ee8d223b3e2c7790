// Opens the live display of a run: ora on a terminal, plain lines with a heartbeat elsewhere. It never asks, never decides.

import type { RecordedEvent } from "../model/event.ts";
import type { Plan } from "../model/plan.ts";
import { openBoard } from "./progress/board.ts";
import type { Progress, ProgressSink, RunTiming } from "./progress/display.ts";
import { plainProgress } from "./progress/plain.ts";

/** Opens the display for a run of this plan, of which `past` is known already. On a terminal it loads ora. */
export async function openProgress(
  plan: Plan,
  sink: ProgressSink,
  timing: RunTiming,
  past: Iterable<RecordedEvent> = [],
): Promise<Progress> {
  const board = openBoard(plan, timing);
  for (const event of past) board.take(event);
  if (sink.terminal === undefined) return plainProgress(board, sink, timing);
  const { spinnerProgress } = await import("./progress/spinner.ts");
  return spinnerProgress({ board, terminal: sink.terminal, timing }, sink);
}
