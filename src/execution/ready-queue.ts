// The steps that nothing before them holds up any more, those first that have the longest way before them. It must not run
// them, nor know what they wait for.

import TinyQueue from "tinyqueue";
import type { Step } from "../model/step.ts";
import { remainingSeconds } from "./expected-times.ts";

type Ranked = { readonly step: Step; readonly remaining: number; readonly place: number };

/** Of two steps with the same exclusive key only one is out at a time. */
export class ReadyQueue {
  readonly #ranks: ReadonlyMap<string, Ranked>;
  readonly #free = queueOf();
  /** Steps whose key is held by one that is out, by that key. */
  readonly #waiting = new Map<string, TinyQueue<Ranked>>();
  readonly #held = new Set<string>();

  /** `steps`: all there will be, in the order of the plan, which decides between equals. */
  constructor(steps: readonly Step[]) {
    const remaining = remainingSeconds(steps);
    const ranked = steps.map((step, place): Ranked => ({ step, remaining: remaining.get(step.id) ?? 0, place }));
    this.#ranks = new Map(ranked.map((entry) => [entry.step.id, entry]));
  }

  /** Adds a step that may start as far as other steps are concerned. */
  add(step: Step): void {
    const ranked = this.#ranks.get(step.id);
    if (ranked === undefined) throw new Error(`the step '${step.id}' is not one of this schedule`);
    this.#free.push(ranked);
  }

  /** The next step, which then holds its key until it is released; undefined when none can start. */
  take(): Step | undefined {
    for (let next = this.#free.pop(); next !== undefined; next = this.#free.pop()) {
      const key = next.step.exclusive;
      if (key === undefined) return next.step;
      if (!this.#held.has(key)) {
        this.#held.add(key);
        return next.step;
      }
      this.#waitersFor(key).push(next);
    }
    return undefined;
  }

  /** Gives back the key of a step that was taken. */
  release({ exclusive }: Step): void {
    if (exclusive === undefined) return;
    this.#held.delete(exclusive);
    const next = this.#waiting.get(exclusive)?.pop();
    if (next !== undefined) this.#free.push(next);
  }

  #waitersFor(key: string): TinyQueue<Ranked> {
    const waiters = this.#waiting.get(key) ?? queueOf();
    this.#waiting.set(key, waiters);
    return waiters;
  }
}

function queueOf(): TinyQueue<Ranked> {
  return new TinyQueue<Ranked>([], (one, other) => other.remaining - one.remaining || one.place - other.place);
}
