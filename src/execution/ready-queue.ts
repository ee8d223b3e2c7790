// The steps that nothing before them holds up any more, those first that have the longest way before them. It must not run
// them, nor know what they wait for.

import TinyQueue from "tinyqueue";
import type { Action, Step } from "../model/step.ts";
import { limitOf } from "./limits.ts";

type Ranked = { readonly step: Step; readonly remaining: number; readonly place: number };

/** Of two steps with the same exclusive key only one is out at a time, and of one action no more than its limit. */
export class ReadyQueue {
  readonly #ranks: ReadonlyMap<string, Ranked>;
  readonly #free = queueOf();
  /** Steps whose key is held by one that is out, by that key. */
  readonly #waiting = new Map<string, TinyQueue<Ranked>>();
  readonly #held = new Set<string>();
  /** Steps of an action of which as many are out as may be. */
  readonly #beyondLimit = new Map<Action, TinyQueue<Ranked>>();
  readonly #out = new Map<Action, number>();

  /**
   * `steps`: all there will be, in the order of the plan, which decides between equals. `remaining`: by id, the seconds
   * of the way before each.
   */
  constructor(steps: readonly Step[], remaining: ReadonlyMap<string, number>) {
    const ranked = steps.map((step, place): Ranked => ({ step, remaining: remaining.get(step.id) ?? 0, place }));
    this.#ranks = new Map(ranked.map((entry) => [entry.step.id, entry]));
  }

  /** Adds a step that may start as far as other steps are concerned. */
  add(step: Step): void {
    const ranked = this.#ranks.get(step.id);
    if (ranked === undefined) throw new Error(`the step '${step.id}' is not one of this schedule`);
    this.#free.push(ranked);
  }

  /** The next step, which then holds its key and its place until it is released; undefined when none can start. */
  take(): Step | undefined {
    for (let next = this.#free.pop(); next !== undefined; next = this.#free.pop()) {
      const { exclusive, action } = next.step;
      if (exclusive !== undefined && this.#held.has(exclusive)) queueIn(this.#waiting, exclusive).push(next);
      else if (this.#countOf(action) >= limitOf(action)) queueIn(this.#beyondLimit, action).push(next);
      else {
        if (exclusive !== undefined) this.#held.add(exclusive);
        this.#out.set(action, this.#countOf(action) + 1);
        return next.step;
      }
    }
    return undefined;
  }

  /** Gives back the key and the place of a step that was taken. */
  release({ exclusive, action }: Step): void {
    this.#out.set(action, this.#countOf(action) - 1);
    this.#freeOne(this.#beyondLimit.get(action));
    if (exclusive === undefined) return;
    this.#held.delete(exclusive);
    this.#freeOne(this.#waiting.get(exclusive));
  }

  #countOf(action: Action): number {
    return this.#out.get(action) ?? 0;
  }

  #freeOne(waiting: TinyQueue<Ranked> | undefined): void {
    const next = waiting?.pop();
    if (next !== undefined) this.#free.push(next);
  }
}

function queueIn<K>(queues: Map<K, TinyQueue<Ranked>>, key: K): TinyQueue<Ranked> {
  const queue = queues.get(key) ?? queueOf();
  queues.set(key, queue);
  return queue;
}

function queueOf(): TinyQueue<Ranked> {
  return new TinyQueue<Ranked>([], (one, other) => other.remaining - one.remaining || one.place - other.place);
}
