// What ran when, as numbers: the stretches in which a run was at work, and its steps in lanes by action. It draws nothing.

import type { RecordedEvent } from "../../model/event.ts";
import type { RunDocument } from "../run-document.ts";
import type { StepReport } from "../step-report.ts";

/** All times are milliseconds since 1970, by the clock of the machine that ran. */
export type Span = { readonly from: number; readonly to: number };

export type Bar = Span & {
  readonly step: StepReport;
  /** When nothing it waits for was left to wait for. */
  readonly ready: number;
  readonly accepted?: number;
  /** Not verified and not failed: it went on when the run was last heard of. */
  readonly open: boolean;
  /** It wrote nothing: it looked, from when it could begin at the earliest, until it had seen what it waits for. */
  readonly reads: boolean;
  /** The row of its lane, from 0. */
  readonly row: number;
};

export type Lane = {
  readonly action: string;
  readonly bars: readonly Bar[];
  readonly rows: number;
  /** So many ran at once at most. */
  readonly peak: number;
};

export type Timeline = {
  /** In which the run was at work; between two of them it was stopped. */
  readonly spans: readonly Span[];
  readonly lanes: readonly Lane[];
  /** Requests that were sent again, each from when it was refused until it was sent. */
  readonly waits: readonly (Span & { readonly because: string })[];
};

/** Undefined of a run of which no step has begun. */
export function timelineOf(run: RunDocument, events: Iterable<RecordedEvent>): Timeline | undefined {
  const spans = spansOf(events);
  const last = spans.at(-1)?.to;
  if (last === undefined) return undefined;
  const ends = new Map(
    run.steps.flatMap((step) => (hasEnded(step) ? [[step.id, Date.parse(step.at ?? "")] as const] : [])),
  );
  const first = spans[0]?.from ?? last;
  const bars = run.steps.flatMap((step) => barOf(step, { first, last, ends }));
  if (bars.length === 0) return undefined;
  const lanes = [...Map.groupBy(bars, ({ step }) => step.action)].map(([action, same]) => laneOf(action, same));
  const waits = (run.waits ?? []).map(({ at, delaySeconds, because }) => {
    const from = Date.parse(at);
    return { from, to: from + delaySeconds * 1000, because };
  });
  return { spans, lanes: lanes.toSorted((one, other) => begin(one) - begin(other)), waits };
}

/** A run that goes on begins a new stretch. */
function spansOf(events: Iterable<RecordedEvent>): readonly Span[] {
  const spans: { readonly from: number; to: number }[] = [];
  for (const { type, at } of events) {
    const time = Date.parse(at);
    const current = spans.at(-1);
    if (current === undefined || type === "run-resumed") spans.push({ from: time, to: time });
    else current.to = Math.max(current.to, time);
  }
  return spans;
}

function hasEnded({ state }: StepReport): boolean {
  return state === "verified" || state === "failed";
}

type Unplaced = Omit<Bar, "row">;

type Times = { readonly first: number; readonly last: number; readonly ends: ReadonlyMap<string, number> };

function barOf(step: StepReport, { first, last, ends }: Times): readonly Unplaced[] {
  const ended = ends.get(step.id);
  const could = ends.get(step.waitedFor ?? "");
  if (step.startedAt === undefined) {
    if (ended === undefined) return [];
    const from = Math.min(ended, could ?? first);
    return [{ step, from, to: ended, ready: from, open: false, reads: true }];
  }
  const from = Date.parse(step.startedAt);
  const to = Math.max(from, ended ?? last);
  const accepted = step.acceptedAt === undefined ? {} : { accepted: Date.parse(step.acceptedAt) };
  const ready = Math.min(from, could ?? from);
  return [{ step, from, to, ready, open: ended === undefined, reads: false, ...accepted }];
}

function begin({ bars }: Lane): number {
  return bars[0]?.from ?? 0;
}

/** Each bar in the first row that is free when it could begin. */
function laneOf(action: string, bars: readonly Unplaced[]): Lane {
  const rowEnds: number[] = [];
  const inOrder = bars.toSorted((one, other) => one.from - other.from || one.ready - other.ready);
  const placed = inOrder.map((bar): Bar => {
    const free = rowEnds.length > mostRows ? -1 : rowEnds.findIndex((end) => end <= bar.ready);
    const row = free === -1 ? rowEnds.length : free;
    rowEnds[row] = bar.to;
    return { ...bar, row };
  });
  return { action, bars: placed, rows: rowEnds.length, peak: peakOf(bars) };
}

/** A lane with more rows is drawn as how many ran at once. */
export const mostRows = 24;

function peakOf(bars: readonly Span[]): number {
  const changes = bars.flatMap(({ from, to }) => [
    { at: from, by: 1 },
    { at: to, by: -1 },
  ]);
  let now = 0;
  let peak = 0;
  for (const { by } of changes.toSorted((one, other) => one.at - other.at || one.by - other.by))
    peak = Math.max(peak, (now += by));
  return Math.max(1, peak);
}

/** How many of the bars were running on average in each of so many equal parts of the span. */
export function densityOf(bars: readonly Span[], { from, to }: Span, parts: number): readonly number[] {
  const length = (to - from) / parts;
  const density: number[] = Array.from({ length: parts }, () => 0);
  if (length <= 0) return density;
  for (const bar of bars) {
    const first = Math.max(0, Math.floor((bar.from - from) / length));
    const last = Math.min(parts - 1, Math.floor((bar.to - from) / length));
    for (let part = first; part <= last; part++) {
      const start = from + part * length;
      const overlap = Math.min(bar.to, start + length) - Math.max(bar.from, start);
      density[part] = (density[part] ?? 0) + Math.max(0, overlap) / length;
    }
  }
  return density;
}
