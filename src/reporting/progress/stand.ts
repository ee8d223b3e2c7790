// Where each step of a run stands, and the sums of that: kept up to date event by event, at the same cost however many steps
// there are. It reads no clock.

import type { RecordedEvent } from "../../model/event.ts";
import type { Action, Step } from "../../model/step.ts";
import { openPace, type Begun, type Pace, type Starts } from "./expected-end.ts";
import { SilentSteps } from "./silent-steps.ts";

export type Counts = {
  readonly total: number;
  readonly verified: number;
  readonly failed: number;
  readonly skipped: number;
  readonly underWay: number;
};

/** `until`: epoch milliseconds by the clock of the run. */
export type Wait = { readonly until: number; readonly because: string };

/** `isMeasured`: its time from write to effect tells how fast Azure is. */
export type Running = Begun & { readonly step: Step; readonly wait?: Wait; readonly isMeasured: boolean };

type State = "open" | Exclude<keyof Counts, "total">;
type Sums = { -readonly [Key in keyof Counts]: Counts[Key] };
type StepEvent = Extract<RecordedEvent, { readonly step: string }>;

export class Stand {
  readonly #steps: ReadonlyMap<string, Step>;
  /** By the id of a step, those that undo it. */
  readonly #undoing: ReadonlyMap<string | undefined, readonly Step[]>;
  readonly #states = new Map<string, State>();
  readonly #running = new Map<string, Running>();
  readonly #total: Sums;
  readonly #tallies: ReadonlyMap<Action, Sums>;
  readonly #silent: SilentSteps;
  readonly #starts = new Map<Action, Starts>();
  readonly #pace: Pace = openPace();
  #hasBegun = false;
  #notBefore: string | undefined;

  constructor(steps: readonly Step[]) {
    this.#steps = new Map(steps.map((step) => [step.id, step]));
    this.#undoing = Map.groupBy(steps, ({ undoes }) => undoes);
    this.#silent = new SilentSteps(steps);
    this.#total = noneOf(steps);
    const byAction = Map.groupBy(steps, ({ action }) => action);
    this.#tallies = new Map([...byAction].map(([action, same]) => [action, noneOf(same)]));
  }

  /** The steps under way, by id, in the order in which they began. */
  get running(): ReadonlyMap<string, Running> {
    return this.#running;
  }

  /** How many steps of each action have begun in this process, and since when. */
  get starts(): ReadonlyMap<Action, Starts> {
    return this.#starts;
  }

  get total(): Counts {
    return this.#total;
  }

  /** Whether any step has in this process. */
  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** ISO time before which trying again makes no sense, the latest of those that failures name. */
  get notBefore(): string | undefined {
    return this.#notBefore;
  }

  /** In the order of the plan. */
  tallies(): readonly (Counts & { readonly action: Action })[] {
    return [...this.#tallies].map(([action, counts]) => ({ action, ...counts }));
  }

  pace(): number {
    return this.#pace.pace();
  }

  /** Whether the step has not ended yet. */
  isOpen(id: string): boolean {
    const state = this.#stateOf(id);
    return state === "open" || state === "underWay";
  }

  take(event: RecordedEvent): void {
    if (event.type === "run-resumed") this.#reopen();
    if (event.type === "run-started" || event.type === "run-resumed") this.#beginSilent(event.at);
    if (!("step" in event)) return;
    const step = this.#steps.get(event.step);
    if (step !== undefined) this.#takeOf(step, event);
  }

  #takeOf(step: Step, event: StepEvent): void {
    const before = this.#running.get(step.id);
    this.#hasBegun = true;
    if (event.type === "step-verified" && before?.isMeasured === true)
      this.#pace.took(step, (Date.parse(event.at) - before.since) / 1000);
    if (event.type === "step-failed" && event.until !== undefined && event.until > (this.#notBefore ?? ""))
      this.#notBefore = event.until;
    const state = stateAfter(event);
    this.#move(step, state);
    if (state === "underWay") this.#begin(runningOf(step, before, event), before === undefined);
    // What is done again must be undone again.
    if (event.type === "step-intended" || event.type === "step-verified")
      for (const other of this.#undoing.get(step.id) ?? []) this.#move(other, "open");
    this.#beginSilent(event.at, step);
  }

  /** `after`: the only step that has moved. */
  #beginSilent(at: string, after?: Step): void {
    const since = Date.parse(at);
    for (const step of this.#silent.ready(after)) {
      if (this.#stateOf(step.id) !== "open") continue;
      this.#move(step, "underWay");
      this.#running.set(step.id, { step, since, from: since, isMeasured: false });
    }
  }

  #begin(running: Running, isFirst: boolean): void {
    const { id, action } = running.step;
    this.#running.set(id, running);
    if (!isFirst) return;
    const { begun, since } = this.#starts.get(action) ?? { begun: 0, since: running.since };
    this.#starts.set(action, { begun: begun + 1, since });
  }

  /** What an earlier process left unfinished, and what failed then, is tried again. */
  #reopen(): void {
    for (const [id, step] of this.#steps) {
      if (this.#stateOf(id) === "underWay") this.#silent.doubt(step);
      if (this.#stateOf(id) !== "verified") this.#move(step, "open");
    }
    this.#starts.clear();
    this.#notBefore = undefined;
    this.#hasBegun = false;
  }

  #move(step: Step, to: State): void {
    const from = this.#stateOf(step.id);
    this.#states.set(step.id, to);
    for (const counts of [this.#total, this.#tallies.get(step.action)]) {
      if (counts === undefined) continue;
      if (from !== "open") counts[from] -= 1;
      if (to !== "open") counts[to] += 1;
    }
    if (to !== "underWay") this.#running.delete(step.id);
    this.#silent.moved(step, { isVerified: to === "verified", hasEnded: to !== "open" && to !== "underWay" });
  }

  #stateOf(id: string): State {
    return this.#states.get(id) ?? "open";
  }
}

function noneOf({ length }: readonly Step[]): Sums {
  return { total: length, verified: 0, failed: 0, skipped: 0, underWay: 0 };
}

/** How many have ended, in whatever way. */
export function endedOf({ verified, failed, skipped }: Counts): number {
  return verified + failed + skipped;
}

function stateAfter({ type }: StepEvent): State {
  switch (type) {
    case "step-intended":
    case "step-accepted":
    case "step-retried":
      return "underWay";
    case "step-verified":
      return "verified";
    case "step-failed":
      return "failed";
    case "step-skipped":
      return "skipped";
    default:
      return type satisfies never;
  }
}

function runningOf(step: Step, before: Running | undefined, event: StepEvent): Running {
  const at = Date.parse(event.at);
  const since = before?.since ?? at;
  if (event.type === "step-retried") {
    const wait = waitOf(event);
    return { step, since, from: wait.until, wait, isMeasured: false };
  }
  // Written again, its effect is to be expected from now on.
  const isWritten = event.type === "step-intended" || before === undefined || before.wait !== undefined;
  const from = isWritten ? at : before.from;
  return { step, since, from, isMeasured: before?.isMeasured ?? true };
}

/** The wait that the event tells of. */
export function waitOf(event: { readonly at: string; readonly delaySeconds: number; readonly because: string }): Wait {
  return { until: Date.parse(event.at) + event.delaySeconds * 1000, because: event.because };
}
