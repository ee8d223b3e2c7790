// A picture of a run in words: the few lines that a terminal shows, cut to its size, and the one line for everywhere else.
// Drawn from the picture alone, so that the same picture is the same text.

import { terminalLine } from "../terminal-text.ts";
import { counted, duration } from "../words.ts";
import type { Picture, Tally, UnderWay } from "./board.ts";
import type { Expectation } from "./expected-end.ts";
import { endedOf, type Counts, type Wait } from "./stand.ts";
import { countedAs } from "./work.ts";

/** No more than this, however much is under way. */
const mostLines = 8;

/** On fewer rows than these one line must do: the rest belongs to what was said. */
const fewRows = 12;

/** How many lines of a terminal of so many rows a picture may take. */
export function linesFor(rows: number): number {
  return rows < fewRows ? 1 : Math.min(mostLines, Math.floor(rows / 3));
}

/** The picture in no more lines than these, each made safe, none cut yet. */
export function pictureLines(picture: Picture, most: number): readonly string[] {
  if (most === 1) return [terminalLine(pictureLine(picture))];
  const below = [...underWayLines(picture), ...waitLines(picture)].slice(0, Math.max(1, most - 2));
  const tallies = tallyLines(picture.tallies, most - 1 - below.length);
  return [headline(picture), ...[...tallies, ...below].map((line) => `  ${line}`)].map((line) => terminalLine(line));
}

/** The picture in one line, what matters most first. */
export function pictureLine(picture: Picture): string {
  return [headline(picture), ...waitLines(picture), underWayLines(picture).join(", ")]
    .filter((part) => part !== "")
    .join("; ");
}

/** How far and until when come first: a narrow terminal cuts off what is under way. */
function headline(picture: Picture): string {
  const { phases, total, notBefore, end } = picture;
  const parts = [
    `${endedOf(total)} of ${counted(total.total, "step")}${mishaps(total)}`,
    notBefore === undefined ? undefined : `not to be finished before ${minute(notBefore)}`,
    end === undefined ? undefined : endText(end, picture.speed),
  ];
  const known = parts.filter((part) => part !== undefined).join("; ");
  return `${known}: ${phases.length === 0 ? idle(picture) : phases.join(", ")}`;
}

function idle({ hasBegun }: Picture): string {
  return hasBegun ? "ending" : "looking";
}

function ofAll(counts: Counts): string {
  return `${endedOf(counts)} of ${counts.total}`;
}

function mishaps({ failed, skipped }: Counts): string {
  return `${failed === 0 ? "" : `, ${failed} failed`}${skipped === 0 ? "" : `, ${skipped} skipped`}`;
}

/** A rehearsal says how fast it is: all times are told as its clock has them, as they would be on Azure. */
function endText({ seconds, isLate }: Expectation, speed: number): string {
  const time = speed === 1 ? "" : ` (at ${speed}x)`;
  if (!isLate) return `about ${roughly(seconds)} left${time}`;
  return seconds < shortest ? `longer than usual${time}` : `longer than usual, then about ${roughly(seconds)}${time}`;
}

/** An estimate of less than this many seconds says nothing. */
const shortest = 5;

/** As exact as an estimate is. */
function roughly(seconds: number): string {
  if (seconds <= 60) return `${Math.max(shortest, Math.ceil(seconds / shortest) * shortest)} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function minute(iso: string): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? iso : `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

function waitLines({ wait, now }: Picture): readonly string[] {
  return wait === undefined ? [] : [`requests go on ${again(wait, now)}`];
}

function again({ until, because }: Wait, now: number): string {
  return `again in ${duration(until - now)}: ${because}`;
}

function underWayLines({ underWay, underWayCount, now }: Picture): readonly string[] {
  const lines = underWay.map((step) => underWayText(step, now));
  const more = underWayCount - lines.length;
  return more <= 0 ? lines : [...lines.slice(0, -1), `${lines.at(-1) ?? ""}, and ${more} more`];
}

function underWayText({ label, elapsed, isLate, wait }: UnderWay, now: number): string {
  if (wait !== undefined) return `${label} ${again(wait, now)}`;
  return `${label} for ${duration(elapsed)}${isLate ? ", longer than usual" : ""}`;
}

/** What is under way comes before what is still to come, and both before what has ended; what does not fit is counted. */
function tallyLines(tallies: readonly Tally[], most: number): readonly string[] {
  const ranked = tallies.toSorted((a, b) => rank(a) - rank(b));
  const isCut = tallies.length > most;
  const shown = new Set(ranked.slice(0, isCut ? most - 1 : most));
  const rest = ranked.filter((tally) => !shown.has(tally));
  const inOrder = tallies.filter((tally) => shown.has(tally));
  const width = Math.max(0, ...inOrder.map(({ action }) => countedAs(action).length));
  const lines = inOrder.map((tally) => tallyText(tally, width));
  return isCut ? [...lines, foldedText(rest)] : lines;
}

function rank(tally: Tally): number {
  if (tally.underWay > 0) return 0;
  if (endedOf(tally) < tally.total) return 1;
  return tally.failed > 0 ? 2 : 3;
}

function tallyText(tally: Tally, width: number): string {
  const underWay = tally.underWay === 0 ? "" : `, ${tally.underWay} under way`;
  return `${countedAs(tally.action).padEnd(width)}  ${ofAll(tally)}${underWay}${mishaps(tally)}`;
}

function foldedText(tallies: readonly Tally[]): string {
  const ended = tallies.filter((tally) => endedOf(tally) === tally.total).length;
  const toCome = tallies.length - ended;
  const parts = [ended === 0 ? "" : `${ended} ended`, toCome === 0 ? "" : `${toCome} to come`].filter((part) => part);
  return `and ${counted(tallies.length, "more kind")} of steps: ${parts.join(", ")}`;
}
