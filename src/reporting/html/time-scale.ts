// From times to places on an axis. The stretches in which a run was stopped are as narrow as each other, however long they were.

import type { Span } from "./timeline.ts";

type Piece = Span & { readonly x: number; readonly width: number };

export type TimeScale = {
  readonly pieces: readonly Piece[];
  /** Between two pieces: where the run was stopped, and for how many milliseconds. */
  readonly gaps: readonly { readonly x: number; readonly width: number; readonly length: number }[];
  readonly xOf: (time: number) => number;
  readonly ticks: readonly { readonly x: number; readonly at: number }[];
};

const gapWidth = 44;

/** `width`: of the whole axis. */
export function timeScale(spans: readonly Span[], width: number): TimeScale {
  const active = spans.reduce((sum, { from, to }) => sum + lengthOf({ from, to }), 0);
  const room = Math.max(100, width - gapWidth * (spans.length - 1));
  const pieces: Piece[] = [];
  let x = 0;
  for (const span of spans) {
    const own = (lengthOf(span) / active) * room;
    pieces.push({ ...span, x, width: own });
    x += own + gapWidth;
  }
  const gaps = pieces.slice(1).flatMap((piece, index) => {
    const before = pieces[index];
    if (before === undefined) return [];
    return [{ x: before.x + before.width, width: gapWidth, length: piece.from - before.to }];
  });
  return { pieces, gaps, xOf: (time) => placeOf(time, pieces), ticks: ticksOf(pieces, active, room) };
}

/** A stretch of a single event is as long as a second. */
function lengthOf({ from, to }: Span): number {
  return Math.max(1000, to - from);
}

/** A time at which the run was stopped lies at the end of the stretch before. */
function placeOf(time: number, pieces: readonly Piece[]): number {
  const piece = pieces.findLast(({ from }) => time >= from) ?? pieces[0];
  if (piece === undefined) return 0;
  const share = (time - piece.from) / lengthOf(piece);
  return Math.round((piece.x + Math.min(1, Math.max(0, share)) * piece.width) * 100) / 100;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const distances: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map((many) => many * second),
  ...[1, 2, 5, 10, 15, 30].map((many) => many * minute),
  ...[1, 2, 3, 6, 12].map((many) => many * hour),
  ...[1, 2, 7, 14, 30].map((many) => many * day),
];

/** Labels are this far from each other, at least. */
const labelRoom = 84;

function ticksOf(pieces: readonly Piece[], active: number, room: number): TimeScale["ticks"] {
  const least = (active / room) * labelRoom;
  const distance = distances.find((one) => one >= least) ?? Math.ceil(least / day) * day;
  return pieces.flatMap(({ from, to, x, width }) => {
    const first = Math.ceil(from / distance) * distance;
    const many = to < first ? 0 : Math.floor((to - first) / distance) + 1;
    return Array.from({ length: many }, (_, index) => {
      const at = first + index * distance;
      return { at, x: Math.round((x + ((at - from) / lengthOf({ from, to })) * width) * 100) / 100 };
    });
  });
}
