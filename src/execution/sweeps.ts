// Which of many steps have taken effect: one listing of their kind at a time tells for all that wait. Only of those that do
// not show up in time is the operation asked about alone. Reads only.

import { AzureError } from "../model/azure-error.ts";
import type { OperationHandle } from "../model/ports.ts";
import type { Kind } from "../model/resource.ts";
import {
  awaited,
  contradiction,
  endedAt,
  nextLookAt,
  nextQuestionAt,
  unseen,
  type Awaited,
  type Effect,
  type Timekeeping,
} from "./awaited-effect.ts";
import { Stopped, type Engine } from "./engine.ts";
import { isSignedOut } from "./error-rules.ts";
import type { Listing } from "./listings.ts";
import { isReadAlone, judge, listingFor } from "./look.ts";
import { checkOnce, endless, failureOf } from "./operations.ts";
import { isPatient, shortestWaitMilliseconds, sweepIntervalSeconds } from "./timing.ts";

export type Sweeps = {
  /**
   * Resolves with the evidence when a listing made after this call shows the effect, and it holds. Throws AzureError with the
   * operation's own code when it failed; Unproved when the effect contradicts the plan, does not show in time, or cannot
   * be read (a failing read never says that the write should be sent again); Stopped.
   */
  readonly evidenceOf: (effect: Effect) => Promise<string>;
};

type SweepPorts = Pick<Engine, "plan" | "reader" | "writer" | "signal" | "listings"> & Timekeeping;

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

class Sweep {
  readonly #ports: SweepPorts;
  readonly #begun: number;
  readonly #waiting = new Set<Awaited>();
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
      const waiting = awaited(effect, this.#ports, { resolve, reject });
      this.#waiting.add(waiting);
      if (waiting.lookAt < this.#sleepsUntil) this.#sleep.abort("sooner");
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
    const second = 1000 * this.#ports.patience.pace();
    const runSeconds = (this.#ports.clock.now() - this.#begun) / second;
    const interval = sweepIntervalSeconds({ shortest, runSeconds, entries: this.#entries, patient });
    return Math.max(due, this.#lastAt + Math.max(interval * second, shortestWaitMilliseconds));
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

  #judge(waiting: Awaited, listing: Listing<Kind> | AzureError): void {
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

  #take(waiting: Awaited, evidence: string): void {
    if (waiting.holdsAtEnd && !waiting.hasEnded) {
      waiting.askAt = this.#ports.clock.now();
      return this.#goOn(waiting, `${evidence}, but its operation has not ended`);
    }
    this.#waiting.delete(waiting);
    waiting.resolve(evidence);
  }

  #goOn(waiting: Awaited, found: string): void {
    const { step, operation } = waiting;
    const now = this.#ports.clock.now();
    if (now > waiting.deadline)
      return this.#fail(
        waiting,
        operation === undefined || waiting.hasEnded ? unseen(waiting, found) : endless(step.action, operation),
      );
    if (operation !== undefined && now >= waiting.askAt && !waiting.isAsking) void this.#ask(waiting, operation);
    // Others may have been looked for before this one was due.
    waiting.lookAt = Math.max(waiting.lookAt, nextLookAt(waiting, this.#ports));
  }

  /** Asks about the operation of a step that has not shown up in time. */
  async #ask(waiting: Awaited, operation: OperationHandle): Promise<void> {
    waiting.isAsking = true;
    try {
      const check = await checkOnce(this.#ports, operation);
      const now = this.#ports.clock.now();
      if (check.state === "failed") return this.#fail(waiting, failureOf(check));
      if (check.state === "running") waiting.askAt = nextQuestionAt(waiting, check, now);
      else {
        Object.assign(waiting, endedAt(now), check.state === "gone" ? { said: check.said } : {});
        if (now < this.#sleepsUntil) this.#sleep.abort("sooner");
      }
    } catch (error) {
      this.#fail(waiting, this.#ports.signal.aborted ? new Stopped() : error);
    } finally {
      waiting.isAsking = false;
    }
  }

  #fail(waiting: Awaited, error: unknown): void {
    this.#waiting.delete(waiting);
    waiting.reject(error);
  }
}
