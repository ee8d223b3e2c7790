// How long a run has worked: what lay between two processes that carried it out, a night or a fortnight, is no work of it.

import type { RunDocument } from "./run-document.ts";
import { duration } from "./words.ts";

/** A process ended with the run unfinished, and later another went on. */
export type Stop = NonNullable<RunDocument["stops"]>[number];

/** Milliseconds from one ISO time to another, without what lies in the stops. */
export function workedMilliseconds(from: string, to: string, stops: readonly Stop[] = []): number {
  const [begin, end] = [Date.parse(from), Date.parse(to)];
  const stopped = stops.map((stop) => Math.min(end, Date.parse(stop.to)) - Math.max(begin, Date.parse(stop.from)));
  return stopped.reduce((left, milliseconds) => left - Math.max(0, milliseconds), end - begin);
}

/** The work of the whole run and how often it was stopped and continued, as words; none where nothing has happened. */
export function workText({ startedAt, lastEventAt, stops = [] }: RunDocument): readonly string[] {
  if (startedAt === undefined || lastEventAt === undefined) return [];
  const times = stops.length === 1 ? "once" : `${stops.length} times`;
  return [
    `${duration(workedMilliseconds(startedAt, lastEventAt, stops))} of work`,
    ...(stops.length === 0 ? [] : [`stopped and continued ${times}`]),
  ];
}
