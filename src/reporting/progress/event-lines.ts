// The events of a run as lines that stay: which of them are told, and how. It draws nothing that changes.

import type { RecordedEvent } from "../../model/event.ts";
import { counted, duration } from "../words.ts";
import type { Board } from "./board.ts";

/** Gives the line of an event, in which nothing is escaped yet; undefined of an event that is not told. */
export type EventLines = (event: RecordedEvent) => string | undefined;

type Type = RecordedEvent["type"];

/** On a terminal the picture tells what is under way, what waits, and until when. */
const drawn: ReadonlySet<Type> = new Set(["step-intended", "step-accepted", "step-retried", "request-retried"]);

/** What goes as it should is counted where there are many steps. */
const counts: ReadonlySet<Type> = new Set(["step-intended", "step-accepted", "step-verified"]);

/** With more steps than this nobody reads three lines of each. */
export const manySteps = 200;

/** Of one sort of mishap so many are told one by one where there are many steps: the report of the run has them all. */
const longestSort = 20;

/**
 * The lines of a run of so many steps. Of few steps every event is told. Of more than `manySteps` only what goes wrong or
 * is tried again, and of one sort of that no more than `longestSort`; the others are in the counts that displays write.
 */
export function eventLines(board: Pick<Board, "label" | "ended">, isDrawn: boolean): EventLines {
  const isMany = board.ended().total > manySteps;
  const told = new Map<string, number>();
  return (event) => {
    if (isDrawn && drawn.has(event.type)) return undefined;
    if (isMany && counts.has(event.type)) return undefined;
    const line = lineOf(event, board.label);
    if (!isMany || line === undefined) return line;
    const sort = `${event.type} ${"code" in event ? event.code : ""}`;
    const times = (told.get(sort) ?? 0) + 1;
    told.set(sort, times);
    if (times > longestSort) return undefined;
    return times === longestSort ? `${line} (further ones of this sort are only counted)` : line;
  };
}

function lineOf(event: RecordedEvent, label: (id: string) => string): string | undefined {
  switch (event.type) {
    case "run-started":
      return `run ${event.run} begins: ${counted(event.steps, "step")}`;
    case "run-resumed":
      return `run ${event.run} continues: ${event.verified} verified, ${event.inDoubt} to look at first`;
    case "step-intended":
      return `${label(event.step)}: writing`;
    case "step-accepted":
      return `${label(event.step)}: accepted (${event.status}), waiting for it`;
    case "step-retried":
      return `${label(event.step)}: again in ${duration(event.delaySeconds * 1000)}: ${event.because}`;
    case "request-retried":
      return waitText(event.delaySeconds, event.because);
    case "step-verified":
      return `${label(event.step)}: verified: ${event.evidence}`;
    case "step-failed":
      return `${label(event.step)}: ${event.disposition}: ${event.code}: ${event.message}`;
    case "step-skipped":
      return `${label(event.step)}: skipped, because ${label(event.because)} failed`;
    case "run-ended":
      return undefined;
    default:
      return event satisfies never;
  }
}

/** A wait that no step is named with. */
export function waitText(seconds: number, because: string): string {
  return `waiting ${duration(seconds * 1000)}: ${because}`;
}
