// Boards fed with events at times of a test's own, and plans of many kinds. It must not test anything.

import type { RunEvent } from "../../../src/model/event.ts";
import type { Plan } from "../../../src/model/plan.ts";
import { openBoard, type Board, type Picture } from "../../../src/reporting/progress/board.ts";
import type { RunTiming } from "../../../src/reporting/progress/display.ts";
import { now } from "../../dependencies/builders.ts";
import { planOf, writing } from "../builders.ts";

/** An event, so many seconds after the run began. */
export type Happening = readonly [seconds: number, event: RunEvent];

export function boardOf(plan: Plan, happenings: readonly Happening[], timing: Partial<RunTiming> = {}): Board {
  const board = openBoard(plan, { speed: 1, ...timing });
  for (const [index, [seconds, event]] of happenings.entries())
    board.take({ seq: index + 1, at: new Date(now + seconds * 1000).toISOString(), ...event });
  return board;
}

/** The picture so many seconds after the run began. */
export function pictureOf(
  steps: Plan["steps"],
  happenings: readonly Happening[],
  seconds: number,
  timing?: Partial<RunTiming>,
): Picture {
  return boardOf(planOf({ steps: writing(steps) }), happenings, timing).picture(now + seconds * 1000);
}
