// Where a run stands: a fold of its events, and with a reading of the clock the picture that every display draws. It writes
// nothing, and reads no clock itself.

import type { RecordedEvent } from "../../model/event.ts";
import type { Plan } from "../../model/plan.ts";
import type { Action, Step } from "../../model/step.ts";
import { planNames } from "../plan-names.ts";
import type { RunTiming } from "./display.ts";
import { expectedEnd, isLate, stepTimes, type Expectation, type Outlook } from "./expected-end.ts";
import { endedOf, Stand, waitOf, type Counts, type Running, type Wait } from "./stand.ts";
import { phaseOf, phases, type Phase } from "./work.ts";

/** Steps of one action, counted. */
export type Tally = Counts & { readonly action: Action };

export type UnderWay = {
  readonly label: string;
  /** Milliseconds since its first write. */
  readonly elapsed: number;
  readonly isLate: boolean;
  readonly wait?: Wait;
};

export type Picture = {
  readonly now: number;
  readonly speed: number;
  /** Of the steps under way, or of the next one; none before the first and after the last. */
  readonly phases: readonly Phase[];
  readonly hasBegun: boolean;
  readonly total: Counts;
  readonly tallies: readonly Tally[];
  /** The few that are told of first, and how many there are. */
  readonly underWay: readonly UnderWay[];
  readonly underWayCount: number;
  /** What requests wait for, of no step alone. */
  readonly wait?: Wait;
  readonly end?: Expectation;
  /** ISO time before which trying again makes no sense, of the step that failed for the longest. */
  readonly notBefore?: string;
};

export type Board = {
  readonly take: (event: RecordedEvent) => void;
  /** Told of a wait that no event tells of. */
  readonly wait: (wait: Wait) => void;
  /** `now`: epoch milliseconds by the clock of the run. */
  readonly picture: (now: number) => Picture;
  /** The step as people are told of it: what is done to what. */
  readonly label: (id: string) => string;
  /** How many steps have ended, in whatever way, and how many there are. */
  readonly ended: () => { readonly ended: number; readonly total: number };
};

/** How many of the steps under way are named. */
const named = 3;

/** Opens the board of a run of this plan, in which nothing has happened. */
export function openBoard(plan: Plan, timing: Omit<RunTiming, "clock">): Board {
  const stand = new Stand(plan.steps);
  const names = planNames(plan);
  const times = stepTimes(plan.steps);
  const steps = new Map(plan.steps.map((step) => [step.id, step]));
  let wait: Wait | undefined;
  const label = (id: string): string => {
    const step = steps.get(id);
    return step === undefined ? id : `${step.action} ${names.ofStep(step)}`;
  };
  const takeWait = (next: Wait): void => {
    if (wait === undefined || next.until >= wait.until) wait = next;
  };
  return {
    take: (event) => (event.type === "request-retried" ? takeWait(waitOf(event)) : stand.take(event)),
    wait: takeWait,
    label,
    ended: () => ({ ended: endedOf(stand.total), total: stand.total.total }),
    picture: (now) => {
      const { running, starts } = stand;
      const outlook = { ...timing, now, times, starts, begun: running, pace: stand.pace() };
      const open = plan.steps.filter(({ id }) => stand.isOpen(id));
      const end = expectedEnd(open, outlook);
      return {
        now,
        speed: timing.speed,
        phases: phasesOf(running, stand.hasBegun ? open[0] : undefined),
        hasBegun: stand.hasBegun,
        total: { ...stand.total },
        tallies: stand.tallies(),
        underWay: underWayOf(running, outlook, label),
        underWayCount: running.size,
        ...(wait === undefined || wait.until <= now ? {} : { wait }),
        ...(end === undefined ? {} : { end }),
        ...(stand.notBefore === undefined ? {} : { notBefore: stand.notBefore }),
      };
    },
  };
}

function phasesOf(running: ReadonlyMap<string, Running>, next: Step | undefined): readonly Phase[] {
  if (running.size === 0) return next === undefined ? [] : [phaseOf(next.action)];
  const here = new Set([...running.values()].map(({ step }) => phaseOf(step.action)));
  return phases.filter((phase) => here.has(phase));
}

/** Those first that take longer than usual, then those under way for the longest. */
function underWayOf(
  running: ReadonlyMap<string, Running>,
  outlook: Outlook,
  label: (id: string) => string,
): readonly UnderWay[] {
  return [...running.values()]
    .map((one) => ({ one, late: isLate(one.step, one, outlook) }))
    .toSorted((a, b) => Number(b.late) - Number(a.late) || a.one.since - b.one.since)
    .slice(0, named)
    .map(({ one: { step, since, wait }, late }) => ({
      label: label(step.id),
      elapsed: outlook.now - since,
      isLate: late,
      ...(wait === undefined || wait.until <= outlook.now ? {} : { wait }),
    }));
}
