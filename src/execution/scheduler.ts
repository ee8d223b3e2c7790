// Runs a plan's graph: a step starts when all before it are done, within its kind's limit, the longest remaining path first.
// A step that undoes another starts when all before it have ended, however they ended; so does one that is tried despite them.

import type { Step } from "../model/step.ts";
import { ReadyQueue } from "./ready-queue.ts";

/** open: the run stopped before the step ended; nothing follows from it. */
export type Settled = "done" | "failed" | "open";

export type Schedule = {
  readonly steps: readonly Step[];
  /** Steps already done before this run. */
  readonly done: ReadonlySet<string>;
  /** How many steps may run at the same time; absent: as many as the limits of their kinds allow. */
  readonly limit?: number | undefined;
  /** By id, the seconds of the longest way from a step's start to the end: the longest goes first. */
  readonly remaining: ReadonlyMap<string, number>;
  /** Runs one step. A rejection is not an answer of Azure: nothing more is started and the schedule rejects. */
  readonly run: (step: Step) => Promise<Settled>;
  /** A step that can no longer run; `because` is the id of the failed step it waited for. */
  readonly skip: (step: Step, because: string) => void;
  /** True when nothing more may start: running steps are awaited, the rest stays open. */
  readonly stopped: () => boolean;
};

/** Resolves when every step is done, failed or skipped, or when `stopped` and the running ones have returned. */
export async function schedule(input: Schedule): Promise<void> {
  const graph = new Graph(input);
  const limit = input.limit ?? Number.POSITIVE_INFINITY;
  const defects: unknown[] = [];
  let running = 0;
  await new Promise<void>((resolve) => {
    const startWhatCan = (): void => {
      while (running < limit && defects.length === 0 && !input.stopped()) {
        const step = graph.take();
        if (step === undefined) break;
        running += 1;
        start(step);
      }
      if (running === 0) resolve();
    };
    const start = (step: Step): void => {
      void input
        .run(step)
        .then((settled) => graph.settle(step, settled))
        .catch((error: unknown) => void defects.push(error))
        .finally(() => {
          running -= 1;
          startWhatCan();
        });
    };
    startWhatCan();
  });
  if (defects.length > 0) throw defects[0];
}

/** The mutable side of a schedule: who waits for whom, and who is ready. */
class Graph {
  readonly #input: Schedule;
  readonly #byId: ReadonlyMap<string, Step>;
  readonly #dependants = new Map<string, Step[]>();
  readonly #open = new Map<string, number>();
  readonly #settled = new Set<string>();
  readonly #ready: ReadyQueue;

  constructor(input: Schedule) {
    this.#input = input;
    this.#ready = new ReadyQueue(input.steps, input.remaining);
    this.#byId = new Map(input.steps.map((step) => [step.id, step]));
    for (const step of input.steps) {
      if (input.done.has(step.id)) continue;
      const before = step.after.filter((id) => !input.done.has(id) && this.#byId.has(id));
      this.#open.set(step.id, before.length);
      for (const id of before) this.#waitersOf(id).push(step);
      if (before.length === 0) this.#ready.add(step);
    }
  }

  #waitersOf(id: string): Step[] {
    const waiters = this.#dependants.get(id) ?? [];
    this.#dependants.set(id, waiters);
    return waiters;
  }

  /** The next step that may start now. */
  take(): Step | undefined {
    return this.#ready.take();
  }

  settle(step: Step, settled: Settled): void {
    this.#ready.release(step);
    this.#settled.add(step.id);
    if (settled === "open") return;
    this.#passOn(step, settled === "done", step.id);
  }

  /** Tells those who wait for the step that it has ended. `because`: the step whose failure a skip is laid to. */
  #passOn(step: Step, isDone: boolean, because: string): void {
    for (const dependant of this.#dependants.get(step.id) ?? []) {
      if (this.#settled.has(dependant.id)) continue;
      if (isDone || dependant.undoes !== undefined || dependant.despite?.includes(step.id) === true) {
        this.#oneLess(dependant);
        continue;
      }
      this.#settled.add(dependant.id);
      this.#input.skip(dependant, because);
      this.#passOn(dependant, false, because);
    }
  }

  #oneLess(dependant: Step): void {
    const left = (this.#open.get(dependant.id) ?? 0) - 1;
    this.#open.set(dependant.id, left);
    if (left === 0) this.#ready.add(dependant);
  }
}
