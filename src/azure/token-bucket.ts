// One counter of Azure as we know it: tokens that refill with time, and who waits for them. It must not know any request.

import TinyQueue from "tinyqueue";
import { AzureError } from "../model/azure-error.ts";
import type { Clock } from "../model/ports.ts";

export type BucketSize = {
  readonly capacity: number;
  readonly perSecond: number;
  /** How many leave before the first answer tells what others have used already. */
  readonly unheard: number;
};

/** Shares of the documented refill: what is kept of ours after a refusal, regained with an answer, and never given up. */
const kept = 0.7;
const regained = 0.005;
const least = 0.02;

type Waiting = {
  readonly urgency: number;
  readonly order: number;
  /** Set when it waits no longer: its run was stopped. */
  gone: boolean;
  readonly grant: () => void;
};

/** Tokens that refill with time. Requests that are under way are taken to be not yet in what an answer says is left. */
export class TokenBucket {
  readonly #clock: Clock;
  /** What refills when nobody else takes of it. */
  readonly #perSecond: number;
  /** What refills for us: less while others take of it too, as refusals show. */
  #ours: number;
  readonly #unheard: number;
  #capacity: number;
  #tokens: number;
  #at: number;
  #underWay = 0;
  #isKnown = false;
  #heldUntil = 0;
  readonly #waiting = new TinyQueue<Waiting>(
    [],
    (one, other) => other.urgency - one.urgency || one.order - other.order,
  );
  #arrived = 0;
  /** How many of them have not gone. */
  #present = 0;
  #isServing = false;
  #sleep = new AbortController();

  constructor({ capacity, perSecond, unheard }: BucketSize, clock: Clock) {
    this.#clock = clock;
    this.#capacity = capacity;
    this.#perSecond = perSecond;
    this.#ours = perSecond;
    this.#unheard = unheard;
    this.#tokens = capacity;
    this.#at = clock.now();
  }

  /** Resolves with a token taken: the most urgent first, among equals the first to come. Throws AzureError once stopped. */
  take(urgency: number, signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted === true) return Promise.reject(notSent());
    return new Promise((resolve, reject) => {
      const entry: Waiting = {
        urgency,
        order: (this.#arrived += 1),
        gone: false,
        grant: () => {
          signal?.removeEventListener("abort", stop);
          resolve();
        },
      };
      const stop = (): void => {
        entry.gone = true;
        this.#present -= 1;
        // A clock that nobody waits for would keep the process.
        if (this.#present === 0) this.#sleep.abort();
        reject(notSent());
      };
      signal?.addEventListener("abort", stop, { once: true });
      this.#waiting.push(entry);
      this.#present += 1;
      void this.#serve();
    });
  }

  /** A token that was taken and not used. */
  giveBack(): void {
    this.#underWay -= 1;
    this.#tokens = Math.min(this.#capacity, this.#tokens + 1);
    void this.#serve();
  }

  /** The request that a token was taken for has its answer, or will have none. To be told what it says first. */
  ended(): void {
    this.#underWay -= 1;
    this.#isKnown = true;
    void this.#serve();
  }

  /** What Azure says is left, in the answer to a request that is still counted as under way. */
  learn(remaining: number): void {
    this.#capacity = Math.max(this.#capacity, remaining + 1);
    this.#tokens = remaining - Math.max(0, this.#underWay - 1);
    this.#at = this.#clock.now();
    this.#isKnown = true;
    // Nobody else takes much of what is so full.
    const isFull = remaining > this.#perSecond;
    this.#ours = isFull ? this.#perSecond : Math.min(this.#perSecond, this.#ours + regained * this.#perSecond);
  }

  /** Refused: nothing more until then (epoch milliseconds), and then less than refilled before. */
  hold(until: number): void {
    // Those that were under way when the first of them was refused say nothing new.
    if (this.#clock.now() >= this.#heldUntil) this.#ours = Math.max(this.#ours * kept, least * this.#perSecond);
    this.#tokens = Math.min(this.#tokens, 0);
    this.#heldUntil = Math.max(this.#heldUntil, until);
  }

  async #serve(): Promise<void> {
    if (this.#isServing) return;
    this.#isServing = true;
    for (let next = this.#waiting.peek(); next !== undefined; next = this.#waiting.peek()) {
      if (!next.gone && !this.#isKnown && this.#underWay >= this.#unheard) break;
      const wait = next.gone ? 0 : this.#nextTokenAt() - this.#clock.now();
      if (wait > 0) {
        this.#sleep = new AbortController();
        await this.#clock.sleep(wait, this.#sleep.signal);
        continue;
      }
      this.#waiting.pop();
      if (next.gone) continue;
      this.#present -= 1;
      this.#tokens -= 1;
      this.#underWay += 1;
      next.grant();
    }
    this.#isServing = false;
  }

  #nextTokenAt(): number {
    const now = this.#clock.now();
    const refilled = this.#tokens + (Math.max(0, now - this.#at) / 1000) * this.#ours;
    this.#tokens = Math.min(this.#capacity, refilled);
    this.#at = now;
    const missing = 1 - this.#tokens;
    // A rounding error of a millionth must not make anybody wait for nothing.
    const refill = missing <= 1e-6 ? now : now + Math.ceil((missing / this.#ours) * 1000);
    return Math.max(refill, this.#heldUntil);
  }
}

/** The error of a request that a stop has overtaken: it had no effect. */
export function notSent(): AzureError {
  return new AzureError({ status: 429, code: "NotSent", message: "the run stopped before this request was sent" });
}
