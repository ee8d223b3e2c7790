// How many requests Azure Resource Manager takes: a bucket of tokens for each subscription and type of request, as
// documented until an answer tells how full it is. A refusal holds back what it names, and nothing else.

import { AsyncLocalStorage } from "node:async_hooks";
import type { PipelineRequest, PipelineResponse } from "@azure/core-rest-pipeline";
import { AzureError } from "../model/azure-error.ts";
import type { Clock } from "../model/ports.ts";
import { actionOf, verbOf, type Verb } from "./request-action.ts";
import { createRequestSlots } from "./request-slots.ts";
import { notSent, TokenBucket, type BucketSize } from "./token-bucket.ts";
import { throttledAction } from "./throttling.ts";

type Sent = Pick<PipelineRequest, "method" | "url">;

export type RequestBudget = {
  /** Resolves when the request may be sent. Throws AzureError, of a request that was not sent, when the run stops before. */
  readonly admit: (request: Sent, signal?: AbortSignal) => Promise<Admitted>;
  /**
   * Resolves when the next write may leave and has a connection, so that nothing need be announced long before it is sent.
   * Throws as `admit` does, and what `looking` throws.
   */
  readonly turn: (
    write: Pick<Write, "verb" | "subscriptionId">,
    of: TurnOptions,
    signal?: AbortSignal,
  ) => Promise<Turn>;
};

export type TurnOptions = {
  /** Of those that wait, the one with the highest goes first. */
  readonly urgency: number;
  /** What must be looked at when the turn has come. The requests of such a turn wait for nothing that takes long. */
  readonly looking?: (() => Promise<void>) | undefined;
};

type Write = { readonly verb: Verb; readonly subscriptionId: string };

/**
 * A token and a slot that were taken beforehand, for the first request of its type that `work` sends; given back if there
 * is none. To be used once, at once.
 */
export type Turn = { readonly use: <R>(work: () => Promise<R>) => Promise<R> };

/** A request that may be sent now; told how it went. */
export type Admitted = {
  /** A 429 goes back to whoever sends, who looks again before sending again. */
  readonly handsBack: boolean;
  /**
   * Called once, with the answer or without one. `heldSeconds`: Azure refused it with 429, and what the answer names is
   * held back for so long, before any that waits may leave.
   */
  readonly ended: (response: PipelineResponse | undefined, heldSeconds?: number) => void;
};

/**
 * Documented: request limits of Resource Manager, per subscription and principal. Before anything is heard of a counter,
 * one write leaves alone, and as many reads as a vault has lists: a second and a half of refilling.
 */
const documented: Readonly<Record<Verb, BucketSize>> = {
  read: { capacity: 250, perSecond: 25, unheard: 40 },
  write: { capacity: 200, perSecond: 10, unheard: 1 },
  delete: { capacity: 200, perSecond: 10, unheard: 1 },
};

/** Recorded: some requests to the resource provider are counted by this one in place of the others. */
const providerCounter = "resource-requests";

/** Recorded: so are those to a provider outside subscriptions. */
const providerCounters = [`subscription-${providerCounter}`, `tenant-${providerCounter}`] as const;

/** What is under way already is not to wait behind what has not begun. */
const underWay = Number.POSITIVE_INFINITY;

/** What one piece of work has in its hand; SDK clients have no way to carry it to the request they make of it. */
type InHand = {
  readonly bucket: TokenBucket;
  readonly isLookedAt: boolean;
  /** Of `bucket`. */
  hasToken: boolean;
  /** Gives the slot back; undefined once it is nobody's, or a request's. */
  release: (() => void) | undefined;
};

function givingBack(bucket: TokenBucket, error: unknown): never {
  bucket.giveBack();
  throw error;
}

/** Takes the slot out of the hand. */
function slotOf(inHand: InHand | undefined): (() => void) | undefined {
  const release = inHand?.release;
  if (inHand !== undefined) inHand.release = undefined;
  return release;
}

/** What is left in the hand when the work is done. */
function letGo(inHand: InHand): void {
  slotOf(inHand)?.();
  if (inHand.hasToken) inHand.bucket.giveBack();
}

/** One for all that send as the same caller. `clock`: by which the buckets refill, and on which requests wait. */
export function createRequestBudget(clock: Clock): RequestBudget {
  const counters = new Counters(clock);
  const slots = createRequestSlots();
  const turns = new AsyncLocalStorage<InHand>();
  /** For whoever has a token of the bucket, which is given back where there is no slot any more. */
  const slotFor = (bucket: TokenBucket, signal: AbortSignal | undefined, isNext = false): Promise<() => void> =>
    slots.take(signal, isNext).catch((error: unknown) => givingBack(bucket, error));
  return {
    turn: async ({ verb, subscriptionId }, { urgency, looking }, signal) => {
      const bucket = counters.bucketOf(subscriptionId, verb);
      await bucket.take(urgency, signal);
      const isLookedAt = looking !== undefined;
      // Before there is a slot: the look takes slots of its own, and where all had one none could look.
      await looking?.().catch((error: unknown) => givingBack(bucket, error));
      const release = await slotFor(bucket, signal, isLookedAt);
      const inHand: InHand = { bucket, isLookedAt, hasToken: true, release };
      return { use: (work) => turns.run(inHand, work).finally(() => letGo(inHand)) };
    },
    admit: async (request, signal) => {
      const counted = countedAs(request);
      const inHand = turns.getStore();
      const handsBack = inHand?.isLookedAt === true;
      if (handsBack) counters.throwIfHeld(counted);
      // Whoever waits for a counter keeps no connection from others meanwhile.
      if (counters.isHeld(counted)) slotOf(inHand)?.();
      await counters.notHeld(counted, signal);
      const bucket = counters.bucketFor(counted);
      if (inHand?.bucket === bucket && inHand.hasToken) inHand.hasToken = false;
      else {
        slotOf(inHand)?.();
        await bucket.take(underWay, signal);
      }
      const release = slotOf(inHand) ?? (await slotFor(bucket, signal));
      return { handsBack, ended: endOf(counters, counted, bucket, release) };
    },
  };
}

function endOf(counters: Counters, counted: Counted, bucket: TokenBucket, release: () => void): Admitted["ended"] {
  return (response, heldSeconds) => {
    release();
    if (response !== undefined) counters.learn(counted, response);
    if (response !== undefined && heldSeconds !== undefined) counters.hold(counted, response, heldSeconds);
    bucket.ended();
  };
}

/** What of a request decides how Azure counts it. */
type Counted = { readonly subscription: string; readonly verb: Verb; readonly action: string };

function countedAs({ method, url }: Sent): Counted {
  return { subscription: subscriptionOf(url), verb: verbOf({ method, url }), action: actionOf(method, url) };
}

/** Which bucket counts a request, and what is held back. */
class Counters {
  readonly #clock: Clock;
  readonly #buckets = new Map<string, TokenBucket>();
  /** Epoch milliseconds until which an action is held back, by subscription and action. */
  readonly #held = new Map<string, number>();
  /** Actions whose answers carried the provider's counter. */
  readonly #ofProvider = new Set<string>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  bucketOf(subscription: string, verb: Verb, counter = ""): TokenBucket {
    const key = `${subscription.toLowerCase()} ${verb} ${counter}`;
    const bucket = this.#buckets.get(key) ?? new TokenBucket(documented[verb], this.#clock);
    this.#buckets.set(key, bucket);
    return bucket;
  }

  bucketFor({ subscription, verb, action }: Counted): TokenBucket {
    return this.bucketOf(subscription, verb, this.#ofProvider.has(action) ? providerCounter : "");
  }

  learn(counted: Counted, response: PipelineResponse): void {
    const counter = counterIn(response, counted.verb);
    if (counter === undefined) return;
    if (counter.ofProvider) this.#ofProvider.add(counted.action);
    this.bucketFor(counted).learn(counter.remaining);
  }

  hold(counted: Counted, response: PipelineResponse, seconds: number): void {
    const until = this.#clock.now() + seconds * 1000;
    const named = throttledAction(response.bodyAsText ?? "");
    if (named === undefined) this.bucketFor(counted).hold(until);
    else this.#held.set(`${counted.subscription} ${named}`, until);
  }

  isHeld(counted: Counted): boolean {
    return this.#heldUntil(counted) > this.#clock.now();
  }

  /** Throws the AzureError that Azure would answer with. */
  throwIfHeld(counted: Counted): void {
    if (!this.isHeld(counted)) return;
    throw new AzureError({
      status: 429,
      code: "TooManyRequests",
      message: `Azure has refused ${counted.action} for now: this request was not sent`,
      retryAfterSeconds: Math.ceil((this.#heldUntil(counted) - this.#clock.now()) / 1000),
    });
  }

  notHeld(counted: Counted, signal: AbortSignal | undefined): Promise<void> {
    return waitUntil(this.#clock, () => this.#heldUntil(counted), signal);
  }

  #heldUntil({ subscription, action }: Counted): number {
    return this.#held.get(`${subscription} ${action}`) ?? 0;
  }
}

/** Sleeps until the time given, which may move meanwhile. */
async function waitUntil(clock: Clock, time: () => number, signal: AbortSignal | undefined): Promise<void> {
  for (let wait = time() - clock.now(); wait > 0; wait = time() - clock.now()) {
    if (signal?.aborted === true) throw notSent();
    await clock.sleep(wait, signal);
  }
}

type Counter = { readonly remaining: number; readonly ofProvider: boolean };

/** What the answer says is left, in the counter that counts such requests. */
function counterIn({ headers }: PipelineResponse, verb: Verb): Counter | undefined {
  for (const name of [...providerCounters, `subscription-${verb}s`]) {
    const remaining = Number(headers.get(`x-ms-ratelimit-remaining-${name}`) ?? Number.NaN);
    if (Number.isFinite(remaining)) return { remaining, ofProvider: name.endsWith(`-${providerCounter}`) };
  }
  return undefined;
}

function subscriptionOf(url: string): string {
  return /\/subscriptions\/([^/?]+)/i.exec(url)?.[1]?.toLowerCase() ?? "";
}
