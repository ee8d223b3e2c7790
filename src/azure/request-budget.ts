// How many requests Azure Resource Manager takes: a bucket of tokens for each subscription and type of request, as
// documented until an answer tells how full it is. A refusal holds back what it names, and nothing else.

import type { PipelineRequest, PipelineResponse } from "@azure/core-rest-pipeline";
import { AzureError } from "../model/azure-error.ts";
import type { Clock } from "../model/ports.ts";
import { actionOf, verbOf, type Verb } from "./request-action.ts";
import { throttledAction } from "./throttling.ts";

type Sent = Pick<PipelineRequest, "method" | "url">;

export type RequestBudget = {
  /** Resolves when the request may be sent. Throws AzureError, of a request that was not sent, when the run stops before. */
  readonly admit: (request: Sent, signal?: AbortSignal) => Promise<Admitted>;
};

/** A request that may be sent now; told how it went. */
export type Admitted = {
  /** Called once, with the answer or without one. */
  readonly ended: (response: PipelineResponse | undefined) => void;
  /** Azure refused it with 429: what the answer names is held back for so many seconds. */
  readonly refused: (response: PipelineResponse, seconds: number) => void;
};

type Size = { readonly capacity: number; readonly perSecond: number };

/** Documented: request limits of Resource Manager, per subscription and principal. */
const documented: Readonly<Record<Verb, Size>> = {
  read: { capacity: 250, perSecond: 25 },
  write: { capacity: 200, perSecond: 10 },
  delete: { capacity: 200, perSecond: 10 },
};

/** Recorded: some requests to the resource provider are counted by this one in place of the others. */
const providerCounter = "resource-requests";

/** One for all that send as the same caller. `clock`: by which the buckets refill, and on which requests wait. */
export function createRequestBudget(clock: Clock): RequestBudget {
  const buckets = new Map<string, Bucket>();
  const held = new Map<string, number>();
  /** Actions whose answers carried the provider's counter. */
  const ofProvider = new Set<string>();
  const bucketFor = (request: Sent, action: string): Bucket => {
    const verb = verbOf(request.method);
    const key = `${subscriptionOf(request)} ${verb} ${ofProvider.has(action) ? providerCounter : ""}`;
    const bucket = buckets.get(key) ?? new Bucket(documented[verb], clock.now());
    buckets.set(key, bucket);
    return bucket;
  };
  const ended = (request: Sent, action: string, response: PipelineResponse | undefined): void => {
    const counter = response === undefined ? undefined : counterIn(response, verbOf(request.method));
    if (counter === undefined) return;
    if (counter.ofProvider) ofProvider.add(action);
    bucketFor(request, action).learn(counter.remaining, clock.now());
  };
  return {
    admit: async (request, signal) => {
      const action = actionOf(request.method, request.url);
      const heldKey = (of: string): string => `${subscriptionOf(request)} ${of}`;
      await waitUntil(clock, () => held.get(heldKey(action)) ?? 0, signal);
      const bucket = bucketFor(request, action);
      await bucket.admit(clock, signal);
      return {
        ended: (response) => {
          bucket.ended();
          ended(request, action, response);
        },
        refused: (response, seconds) => {
          const until = clock.now() + seconds * 1000;
          const named = throttledAction(response.bodyAsText ?? "");
          if (named === undefined) bucketFor(request, action).hold(until);
          else held.set(heldKey(named), until);
        },
      };
    },
  };
}

/** Tokens that refill with time. Requests that are under way are taken to be not yet in what an answer says is left. */
class Bucket {
  #capacity: number;
  readonly #perSecond: number;
  #tokens: number;
  #at: number;
  #underWay = 0;
  #heldUntil = 0;
  /** Ends when the last that waits has its token: they are admitted in the order they came. */
  #last: Promise<void> = Promise.resolve();

  constructor({ capacity, perSecond }: Size, now: number) {
    this.#capacity = capacity;
    this.#perSecond = perSecond;
    this.#tokens = capacity;
    this.#at = now;
  }

  admit(clock: Clock, signal: AbortSignal | undefined): Promise<void> {
    const admitted = this.#last.then(async () => {
      await waitUntil(clock, () => this.#nextTokenAt(clock.now()), signal);
      this.#tokens -= 1;
      this.#underWay += 1;
    });
    this.#last = admitted.catch(() => undefined);
    return admitted;
  }

  ended(): void {
    this.#underWay -= 1;
  }

  learn(remaining: number, now: number): void {
    this.#capacity = Math.max(this.#capacity, remaining + 1);
    this.#tokens = remaining - this.#underWay;
    this.#at = now;
  }

  hold(until: number): void {
    this.#tokens = Math.min(this.#tokens, 0);
    this.#heldUntil = Math.max(this.#heldUntil, until);
  }

  #nextTokenAt(now: number): number {
    const refilled = this.#tokens + (Math.max(0, now - this.#at) / 1000) * this.#perSecond;
    this.#tokens = Math.min(this.#capacity, refilled);
    this.#at = now;
    const missing = 1 - this.#tokens;
    // A rounding error of a millionth must not make anybody wait for nothing.
    const refill = missing <= 1e-6 ? now : now + Math.ceil((missing / this.#perSecond) * 1000);
    return Math.max(refill, this.#heldUntil);
  }
}

/** Sleeps until the time given, which may move meanwhile. */
async function waitUntil(clock: Clock, time: () => number, signal: AbortSignal | undefined): Promise<void> {
  for (let wait = time() - clock.now(); wait > 0; wait = time() - clock.now()) {
    if (signal?.aborted === true) throw notSent();
    await clock.sleep(wait, signal);
  }
}

function notSent(): AzureError {
  return new AzureError({ status: 429, code: "NotSent", message: "the run stopped before this request was sent" });
}

type Counter = { readonly remaining: number; readonly ofProvider: boolean };

/** What the answer says is left, in the counter that counts such requests. */
function counterIn({ headers }: PipelineResponse, verb: Verb): Counter | undefined {
  for (const name of [providerCounter, `${verb}s`]) {
    const remaining = Number(headers.get(`x-ms-ratelimit-remaining-subscription-${name}`) ?? Number.NaN);
    if (Number.isFinite(remaining)) return { remaining, ofProvider: name === providerCounter };
  }
  return undefined;
}

function subscriptionOf({ url }: Sent): string {
  return /\/subscriptions\/([^/?]+)/i.exec(url)?.[1]?.toLowerCase() ?? "";
}
