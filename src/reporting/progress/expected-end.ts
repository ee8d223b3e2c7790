// When a run is expected to end, from recorded times and from what is under way. An estimate, and never less than nothing.

import { expectedSecondsOf, remainingSeconds, usualSecondsOf } from "../../model/expected-times.ts";
import type { Action, Step } from "../../model/step.ts";

/** A step that has begun: epoch milliseconds of its first write, and of the time from which its effect can be expected. */
export type Begun = { readonly since: number; readonly from: number };

export type Expectation = {
  /** To the end of what is left, by the clock of the run. */
  readonly seconds: number;
  /** What holds the end up takes longer than usual: `seconds` count from when it is done. */
  readonly isLate: boolean;
};

/** Steps of one action that have begun so far: how many, and the epoch milliseconds of the first. */
export type Starts = { readonly begun: number; readonly since: number };

export type Outlook = {
  /** Epoch milliseconds by the clock of the run. */
  readonly now: number;
  readonly begun: ReadonlyMap<string, Begun>;
  readonly starts: ReadonlyMap<Action, Starts>;
  readonly times: StepTimes;
  /** By what recorded times are multiplied: 1 on Azure. */
  readonly pace: number;
  /** How many times as fast as real time the clock runs. */
  readonly speed: number;
  /** How many steps may be under way; absent: as many as can. */
  readonly concurrency?: number | undefined;
};

type Times = { readonly expected: number; readonly usual: number };

/** The recorded times of each step of a plan: looked up once, for they are asked for every second. */
export type StepTimes = (step: Step) => Times;

export function stepTimes(steps: readonly Step[]): StepTimes {
  const times = new Map(steps.map((step) => [step, timesOf(step)]));
  return (step) => times.get(step) ?? timesOf(step);
}

function timesOf(step: Step): Times {
  return { expected: expectedSecondsOf(step), usual: usualSecondsOf(step) };
}

/** Beyond nine in ten of the recorded ones, as one is only looked for now and then. */
const lateShare = 1.5;
const graceSeconds = 15;

/** What a rehearsal needs of real time however fast its clock runs. */
const realGraceSeconds = 0.25;

/** Whether the step takes longer than usual. */
export function isLate(step: Step, { from }: Begun, { now, times, pace, speed }: Outlook): boolean {
  return (now - from) / 1000 > lateShare * times(step).usual * pace + graceSeconds + realGraceSeconds * speed;
}

/**
 * What the steps still take: the longest way through them, or longer where only so many may be under way or where many
 * of one action can only begin one by one. Undefined where nothing is left. `open`: in the order of the plan.
 */
export function expectedEnd(open: readonly Step[], outlook: Outlook): Expectation | undefined {
  if (open.length === 0) return undefined;
  const secondsOf = (step: Step): number => secondsLeft(step, outlook);
  const remaining = remainingSeconds(open, secondsOf);
  let [longest, all, longestLate] = [0, 0, -1];
  const waiting = new Map<Action, { count: number; way: number }>();
  for (const step of open) {
    const way = remaining.get(step.id) ?? 0;
    const begun = outlook.begun.get(step.id);
    longest = Math.max(longest, way);
    all += secondsOf(step);
    if (begun === undefined) waiting.set(step.action, { count: (waiting.get(step.action)?.count ?? 0) + 1, way });
    else if (isLate(step, begun, outlook)) longestLate = Math.max(longestLate, way);
  }
  const beginnings = [...waiting].map(([action, { count, way }]) => secondsToBegin(action, count, outlook) + way);
  const seconds = Math.max(longest, all / (outlook.concurrency ?? Number.POSITIVE_INFINITY), ...beginnings);
  return { seconds, isLate: longestLate >= seconds };
}

function secondsLeft(step: Step, { begun, now, times, pace }: Outlook): number {
  const expected = times(step).expected * pace;
  const from = begun.get(step.id)?.from;
  return from === undefined ? expected : Math.max(0, expected - (now - from) / 1000);
}

/** With fewer steps than this nothing is told by how fast they begin: they wait for each other. */
const manyBeginnings = 100;

/** Azure takes only so many writes at a time: so many steps go on beginning as fast as those before them began. */
function secondsToBegin(action: Action, count: number, { starts, now }: Outlook): number {
  const before = starts.get(action);
  if (before === undefined || count < manyBeginnings || before.begun < manyBeginnings) return 0;
  return (count * (now - before.since)) / 1000 / before.begun;
}

/** No fewer than this tell anything of how fast this Azure is. */
const fewest = 3;

/** What is recorded as this fast is mostly the way of the request. */
const shortestSeconds = 10;

/** A quicker Azure than this is an emulator that runs faster than time. */
const fasterThanAny = 0.4;

export type Pace = {
  /** Told of a step that has taken effect at its first attempt. */
  readonly took: (step: Step, seconds: number) => void;
  /** By what to multiply recorded times: 1, unless all is far faster here than any recorded one was. */
  readonly pace: () => number;
};

/** Opens a measure that knows of no step yet. */
export function openPace(): Pace {
  let [count, took, expected] = [0, 0, 0];
  return {
    took: (step, seconds) => {
      if (expectedSecondsOf(step) < shortestSeconds) return;
      count += 1;
      took += seconds;
      expected += expectedSecondsOf(step);
    },
    pace: () => (count >= fewest && took < fasterThanAny * expected ? took / expected : 1),
  };
}
