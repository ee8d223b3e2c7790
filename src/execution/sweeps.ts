// Which of many steps have taken effect: one listing of their kind at a time tells for all that wait. Only of those that do
// not show up in time is the operation asked about alone. Reads only.

import { AzureError } from "../model/azure-error.ts";
import type { OperationCheck, OperationHandle } from "../model/ports.ts";
import type { Kind } from "../model/resource.ts";
import type { Step } from "../model/step.ts";
import { Stopped, Unproved, type Engine } from "./engine.ts";
import { isSignedOut } from "./error-rules.ts";
import { expectedSecondsOf, fastestSecondsOf, usualSecondsOf } from "./expected-times.ts";
import type { Listing } from "./listings.ts";
import { isReadAlone, judge, listingFor } from "./look.ts";
import { checkOnce, endless, failureOf, pollSeconds } from "./operations.ts";
import { paceOf } from "./patience.ts";
import type { Slack } from "./slack.ts";
import {
  askAgainSeconds,
  comeBackSeconds,
  firstLookSeconds,
  isPatient,
  jobDeadlineSeconds,
  laggardSeconds,
  lookDelaySeconds,
  operationDeadlineOf,
  proofDeadlineSeconds,
  sweepIntervalSeconds,
} from "./timing.ts";

type Effect = {
  readonly step: Step;
  /** What the write has set off, as far as it is known; absent: its effect is due. */
  readonly operation?: OperationHandle | undefined;
  /** The effect reads as done before it holds: the operation has to have ended as well. */
  readonly holdsAtEnd?: boolean;
  /** The write was sent so long ago that its effect, or the end of its operation, may be there. */
  readonly isOverdue?: boolean;
};

export type Sweeps = {
  /**
   * Resolves with the evidence when a listing made after this call shows the effect, and it holds. Throws AzureError with the
   * operation's own code when it failed; Unproved when the effect contradicts the plan, does not show in time, or cannot
   * be read (a failing read never says that the write should be sent again); Stopped.
   */
  readonly evidenceOf: (effect: Effect) => Promise<string>;
};

type SweepPorts = Pick<Engine, "plan" | "reader" | "writer" | "clock" | "signal" | "listings"> & {
  readonly slack: Slack;
};

/** One sweep for each kind; one for each target that must be read alone. */
export function createSweeps(ports: SweepPorts): Sweeps {
  const begun = ports.clock.now();
  const sweeps = new Map<string, Sweep>();
  return {
    evidenceOf: (effect) => {
      const { step } = effect;
      const key = isReadAlone(step) ? `${step.kind} ${step.target}` : step.kind;
      const sweep = sweeps.get(key) ?? new Sweep(ports, begun);
      sweeps.set(key, sweep);
      return sweep.evidenceOf(effect);
    },
  };
}

type Waiting = {
  readonly step: Step;
  readonly expected: number;
  readonly resolve: (evidence: string) => void;
  readonly reject: (error: unknown) => void;
  readonly operation: OperationHandle | undefined;
  /** Epoch milliseconds, all of them. `since`: when its write was accepted, or its operation found to have ended. */
  since: number;
  lookAt: number;
  askAt: number;
  deadline: number;
  hasEnded: boolean;
  readonly holdsAtEnd: boolean;
  isAsking: boolean;
};

class Sweep {
  readonly #ports: SweepPorts;
  readonly #begun: number;
  readonly #waiting = new Set<Waiting>();
  #lastAt = Number.NEGATIVE_INFINITY;
  #entries = 0;
  #isRunning = false;
  #sleepsUntil = Number.POSITIVE_INFINITY;
  #sleep = new AbortController();

  constructor(ports: SweepPorts, begun: number) {
    this.#ports = ports;
    this.#begun = begun;
  }

  evidenceOf(effect: Effect): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#ports.slack.begun(effect.step);
      const waiting = waitingFor(effect, this.#ports, { resolve, reject });
      this.#waiting.add(waiting);
      if (waiting.lookAt < this.#sleepsUntil) this.#sleep.abort();
      void this.#run();
    });
  }

  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      while (this.#waiting.size > 0) {
        await this.#sleepUntil(this.#nextAt());
        if (this.#ports.signal.aborted) throw new Stopped();
        if (this.#nextAt() <= this.#ports.clock.now()) await this.#sweep();
      }
    } catch (error) {
      for (const waiting of this.#waiting) this.#fail(waiting, error);
    } finally {
      this.#isRunning = false;
    }
  }

  /** When the next listing is to begin: as soon as one may show something, but not too soon after the last. */
  #nextAt(): number {
    let due = Number.POSITIVE_INFINITY;
    let shortest = Number.POSITIVE_INFINITY;
    let patient = true;
    for (const { step, lookAt, expected } of this.#waiting) {
      due = Math.min(due, lookAt);
      shortest = Math.min(shortest, expected);
      patient &&= isPatient(step.action);
    }
    const runSeconds = (this.#ports.clock.now() - this.#begun) / 1000;
    const interval = sweepIntervalSeconds({ shortest, runSeconds, entries: this.#entries, patient });
    return Math.max(due, this.#lastAt + interval * 1000);
  }

  async #sleepUntil(time: number): Promise<void> {
    const { clock, signal } = this.#ports;
    if (time <= clock.now() || signal.aborted) return;
    this.#sleep = new AbortController();
    this.#sleepsUntil = time;
    await clock.sleep(time - clock.now(), AbortSignal.any([signal, this.#sleep.signal]));
    this.#sleepsUntil = Number.POSITIVE_INFINITY;
  }

  async #sweep(): Promise<void> {
    this.#lastAt = this.#ports.clock.now();
    const asked = [...this.#waiting];
    const [first] = asked;
    if (first === undefined) return;
    let listing: Listing<Kind> | AzureError;
    try {
      listing = await listingFor(this.#ports, first.step);
      this.#entries = listing.all.length;
    } catch (error) {
      if (this.#ports.signal.aborted) throw new Stopped();
      if (!(error instanceof AzureError) || isSignedOut(error)) throw error;
      listing = error;
    }
    for (const waiting of asked) if (this.#waiting.has(waiting)) this.#judge(waiting, listing);
  }

  #judge(waiting: Waiting, listing: Listing<Kind> | AzureError): void {
    if (listing instanceof AzureError)
      return this.#goOn(waiting, `the target could not be read: ${listing.code}: ${listing.message}`);
    const proof = judge(this.#ports, waiting.step, listing);
    switch (proof.verdict) {
      case "proved":
        return this.#take(waiting, proof.evidence);
      case "contradicted":
        return this.#fail(waiting, contradiction(proof));
      case "not-yet":
        return this.#goOn(waiting, proof.found);
      default:
        return proof satisfies never;
    }
  }

  #take(waiting: Waiting, evidence: string): void {
    if (waiting.holdsAtEnd && !waiting.hasEnded) {
      waiting.askAt = this.#ports.clock.now();
      return this.#goOn(waiting, `${evidence}, but its operation has not ended`);
    }
    this.#waiting.delete(waiting);
    waiting.resolve(evidence);
  }

  #goOn(waiting: Waiting, found: string): void {
    const { step, operation } = waiting;
    const now = this.#ports.clock.now();
    if (now > waiting.deadline)
      return this.#fail(
        waiting,
        operation === undefined || waiting.hasEnded ? unseen(step, found) : endless(step.action, operation),
      );
    if (operation !== undefined && now >= waiting.askAt && !waiting.isAsking) void this.#ask(waiting, operation);
    const waited = (now - waiting.since) / 1000;
    const slack = this.#ports.slack.seconds(step, 0);
    const toCome = this.#ports.slack.toCome(step);
    const { hasEnded, expected } = waiting;
    const isEarly = !hasEnded && waited < expected;
    const delay = lookDelaySeconds(step.action, { waited, slack, toCome, isEarly, hasEnded });
    // Others may have been looked for before this one was due.
    waiting.lookAt = Math.max(waiting.lookAt, now + delay * 1000);
  }

  /** Asks about the operation of a step that has not shown up in time. */
  async #ask(waiting: Waiting, operation: OperationHandle): Promise<void> {
    waiting.isAsking = true;
    try {
      const check = await checkOnce(this.#ports, operation);
      const now = this.#ports.clock.now();
      if (check.state === "failed") return this.#fail(waiting, failureOf(check));
      if (check.state === "running") waiting.askAt = now + askAgain(waiting, check, now) * 1000;
      else {
        Object.assign(waiting, endedAt(now));
        if (now < this.#sleepsUntil) this.#sleep.abort();
      }
    } catch (error) {
      this.#fail(waiting, this.#ports.signal.aborted ? new Stopped() : error);
    } finally {
      waiting.isAsking = false;
    }
  }

  #fail(waiting: Waiting, error: unknown): void {
    this.#waiting.delete(waiting);
    waiting.reject(error);
  }
}

function waitingFor(
  { step, operation, isOverdue, holdsAtEnd = false }: Effect,
  { clock, slack }: SweepPorts,
  settle: Pick<Waiting, "resolve" | "reject">,
): Waiting {
  const now = clock.now();
  const pace = paceOf(operation?.retryAfterSeconds);
  const expected = expectedSecondsOf(step) * pace;
  const common = { step, expected, operation, holdsAtEnd, isAsking: false, ...settle };
  if (operation === undefined) {
    const deadline = now + (isPatient(step.action) ? jobDeadlineSeconds : proofDeadlineSeconds) * 1000;
    return { ...common, ...endedAt(now), deadline };
  }
  const firstLook = firstLookSeconds(expected, fastestSecondsOf(step) * pace, slack.seconds(step, expected));
  const wanted = pollSeconds(operation.retryAfterSeconds);
  const askSeconds = isOverdue === true ? 0 : laggardSeconds(usualSecondsOf(step) * pace, wanted);
  return {
    ...common,
    since: now,
    lookAt: now + (isOverdue === true ? 0 : firstLook * 1000),
    askAt: now + askSeconds * 1000,
    deadline: now + operationDeadlineOf(step.action) * 1000,
    hasEnded: false,
  };
}

/** Seconds until the next question about an operation that still ran at the last. */
function askAgain(
  { since }: Waiting,
  check: Extract<OperationCheck, { readonly state: "running" }>,
  now: number,
): number {
  return askAgainSeconds((now - since) / 1000, pollSeconds(check.retryAfterSeconds));
}

/** From now on only the lists may lag. */
function endedAt(now: number): Pick<Waiting, "since" | "lookAt" | "askAt" | "deadline" | "hasEnded"> {
  return {
    since: now,
    lookAt: now,
    askAt: Number.POSITIVE_INFINITY,
    deadline: now + proofDeadlineSeconds * 1000,
    hasEnded: true,
  };
}

function contradiction({ found, remedy }: { readonly found: string; readonly remedy: string }): Unproved {
  return new Unproved({ disposition: "blocked", code: "ContradictsPlan", message: found, remedy });
}

function unseen({ action }: Step, found: string): Unproved {
  if (isPatient(action))
    return new Unproved({
      disposition: "waiting",
      code: "JobStillRunning",
      retryAfterSeconds: comeBackSeconds,
      message: found,
      remedy: "run the same command again when the job has ended",
    });
  return new Unproved({
    disposition: "failed",
    code: "NotVerified",
    message: `Azure accepted the change, but after ${proofDeadlineSeconds / 60} minutes ${found}`,
    remedy: "run the same command again: it looks before it writes",
  });
}
