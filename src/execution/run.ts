// Carries a plan out, or goes on where an earlier run of it stopped. The plan is the whole input; the journal is the whole memory.

import { journalFormatVersion, type Outcome, type RunCounts, type RunEvent } from "../model/event.ts";
import { isWithin } from "../model/arm-id.ts";
import type { Plan } from "../model/plan.ts";
import type { Step } from "../model/step.ts";
import { byHand } from "../model/undoing.ts";
import { Stopped, type Engine, type RunPorts } from "./engine.ts";
import { isSignedOut } from "./error-rules.ts";
import { exitCodeOf, resumeAfterOf, type Stop } from "./exit-code.ts";
import { Ledger } from "./ledger.ts";
import type { RunState, StepState } from "./replay.ts";
import { schedule, type Settled } from "./scheduler.ts";
import { startEngine } from "./start-engine.ts";
import { runStep } from "./step-runner.ts";
import { putBack, putBackAfterDefect } from "./put-back.ts";
import { reopened } from "./undoing.ts";

export type RunOptions = {
  readonly run: string;
  /** Which Azure this run talks to: a cloud's name, or an emulator's. */
  readonly azure: string;
  /** How many steps may be under way at the same time; absent: as many as the limits of their kinds allow. */
  readonly concurrency?: number | undefined;
  /** Aborted to drain and save. */
  readonly signal: AbortSignal;
  /** Why the signal was aborted. */
  readonly stopReason: () => "interrupted" | "out-of-time";
  /** The vault was looked for when this process began with the run, and is not there any more. */
  readonly vaultIsGone?: boolean;
  /** The journal's last line was whole and cannot be read: it may have announced the write of any step that has not been. */
  readonly lostLine?: boolean;
  /** The events of the run that is continued, read once; empty for a new one. */
  readonly past: Iterable<RunEvent & { readonly at: string }>;
};

export type RunResult = Extract<RunEvent, { readonly type: "run-ended" }>;

/** Resolves with how the run ended. Rejects only for what is not an answer of Azure: a defect, or a disk that refuses. */
export async function runPlan(plan: Plan, ports: RunPorts, options: RunOptions): Promise<RunResult> {
  const ledger = new Ledger(plan);
  for (const event of options.past) ledger.take(event, event.at);
  const record = (event: RunEvent): void => {
    ports.record(event);
    ledger.take(event, ports.clock.now());
  };
  const run = new Run({ ...ports, record }, plan, options, ledger);
  try {
    announce(plan, options, ledger.state, record);
    if (options.vaultIsGone && plan.recovery === undefined) recordGoneWithVault(plan, ledger.state, record);
    await carryOut(plan, run, ledger, options, record);
    if (run.stopped) await run.putBack();
  } catch (defect) {
    await run.putBackAfterDefect();
    throw defect;
  }
  const ended = run.ended(byHand(ledger.due));
  record(ended);
  return ended;
}

async function carryOut(
  plan: Plan,
  run: Run,
  ledger: Ledger,
  { concurrency: limit, lostLine = false }: RunOptions,
  record: (event: RunEvent) => void,
): Promise<void> {
  const before = reopened(plan.steps, { state: ledger.state, done: alreadyDone(plan, ledger) });
  await schedule({
    steps: plan.steps,
    done: before.done,
    limit,
    remaining: run.remaining,
    run: (step) => run.step(step, beginning(before.state.steps.get(step.id), lostLine)),
    skip: (step, because) => record({ type: "step-skipped", step: step.id, because }),
    stopped: () => run.stopped,
  });
}

function beginning(state: StepState | undefined, lostLine: boolean): StepState {
  const isPending = state === undefined || state.state === "pending";
  return isPending && lostLine ? { state: "in-doubt" } : (state ?? { state: "pending" });
}

/**
 * What this run need not do. A recheck counts only while the deletion it allowed is under way or done: after a refusal
 * time has passed. Where the deletion turns out to have come to nothing, its step looks at the whole vault once more.
 * Proofs of absence and of recovery are read again: they cost few reads, and what they conclude is told at the end of every run.
 */
function alreadyDone(plan: Plan, ledger: Ledger): ReadonlySet<string> {
  const { state, isVaultDeletionUnderWay } = ledger;
  const counts = (step: Step): boolean =>
    state.steps.get(step.id)?.state === "verified" &&
    step.action !== "prove-absence" &&
    step.action !== "prove-recovery" &&
    (step.action !== "recheck" || isVaultDeletionUnderWay);
  return new Set(plan.steps.filter(counts).map((step) => step.id));
}

/** A vault that is gone took everything in it along; what lies outside it, or undoes something, is still to be done. */
function recordGoneWithVault(plan: Plan, before: RunState, record: (event: RunEvent) => void): void {
  const evidence = "GET of the vault answers 404: it is gone, and this with it";
  for (const step of plan.steps) {
    if (
      !isWithin(step.target, plan.vault.id) ||
      step.undoes !== undefined ||
      step.action === "prove-absence" ||
      before.steps.get(step.id)?.state === "verified"
    )
      continue;
    record({ type: "step-verified", step: step.id, evidence });
  }
}

function announce(plan: Plan, options: RunOptions, past: RunState, record: (event: RunEvent) => void): void {
  if (!past.started) {
    record({
      type: "run-started",
      formatVersion: journalFormatVersion,
      run: options.run,
      plan: plan.id,
      vault: plan.vault.id,
      azure: options.azure,
      tool: plan.tool,
      steps: plan.steps.length,
    });
    return;
  }
  const states = [...past.steps.values()];
  const inDoubt = states.filter((state) => state.state === "in-doubt" || state.state === "accepted").length;
  const verified = states.filter((state) => state.state === "verified").length;
  record({ type: "run-resumed", run: options.run, verified, inDoubt });
}

/** Blocked: a person changes something in Azure first, so the next run begins with a new plan. */
const blockedExitCode = 3;

/** Waiting: the output says after when; where nothing else says so, at once. */
const waitingExitCode = 4;

/** The lifetime of one run: what stops it, and what it concludes. */
class Run {
  readonly #engine: Engine;
  readonly #options: RunOptions;
  readonly #ledger: Ledger;
  /** Aborted by what is no answer of Azure: nothing can be told any more, so nothing is waited for. */
  readonly #broken = new AbortController();
  #signedOut: string | undefined;
  #outcome: Outcome | undefined;

  constructor(ports: RunPorts, plan: Plan, options: RunOptions, ledger: Ledger) {
    this.#options = options;
    this.#ledger = ledger;
    this.#engine = startEngine({
      ...ports,
      plan,
      signal: AbortSignal.any([options.signal, this.#broken.signal]),
      isVerified: (id) => ledger.isVerified(id),
      vaultDeletedSince: () => ledger.vaultDeletedSince,
      conclude: (outcome) => (this.#outcome = outcome),
    });
  }

  get remaining(): ReadonlyMap<string, number> {
    return this.#engine.remaining;
  }

  get stopped(): boolean {
    return this.#options.signal.aborted || this.#signedOut !== undefined;
  }

  async step(step: Step, before: StepState): Promise<Settled> {
    if (step.undoes !== undefined && !this.#ledger.due.includes(step)) return this.#nothingToUndo(step, step.undoes);
    try {
      return await runStep(this.#engine, step, step.undoes === undefined ? before : { state: "in-doubt" });
    } catch (error) {
      if (error instanceof Stopped) return "open";
      if (!isSignedOut(error)) {
        this.#broken.abort();
        throw error;
      }
      this.#signedOut = error instanceof Error ? error.message : "401";
      return "open";
    }
  }

  #nothingToUndo(step: Step, undoes: string): Settled {
    const isUndone = this.#ledger.state.steps.get(step.id)?.state === "verified";
    if (!isUndone) this.#engine.record({ type: "step-skipped", step: step.id, because: undoes });
    return "failed";
  }

  async putBack(): Promise<void> {
    await putBack(this.#engine, this.#ledger);
  }

  async putBackAfterDefect(): Promise<void> {
    await putBackAfterDefect(this.#engine, this.#ledger);
  }

  #now(): string {
    return new Date(this.#engine.clock.now()).toISOString();
  }

  ended(notPutBack: readonly string[]): RunResult {
    const after = this.#ledger.state;
    const counts = countsOf(after);
    const stop = this.#signedOut !== undefined ? "signed-out" : this.stopped ? this.#options.stopReason() : undefined;
    const exitCode = exitCodeOf(after, counts.open > 0 ? stop : undefined);
    const resumeAfter = resumeAfterOf(after) ?? (exitCode === waitingExitCode ? this.#now() : undefined);
    return {
      type: "run-ended",
      exitCode,
      // A run that has left something undone is the only one that knows of it.
      resumable: exitCode !== 0 && (exitCode !== blockedExitCode || notPutBack.length > 0),
      counts,
      ...(notPutBack.length === 0 ? {} : { notPutBack }),
      ...(this.#outcome === undefined ? {} : { outcome: this.#outcome }),
      ...(resumeAfter === undefined ? {} : { resumeAfter }),
      ...this.#reason(counts.open > 0 ? stop : undefined),
    };
  }

  #reason(stop: Stop | undefined): { readonly reason?: string } {
    if (this.#signedOut !== undefined) return { reason: `Azure no longer accepts the credential: ${this.#signedOut}` };
    return stop === "out-of-time" ? { reason: "the time this run was given is over" } : {};
  }
}

function countsOf(state: RunState): RunCounts {
  const count = (...words: readonly StepState["state"][]): number =>
    [...state.steps.values()].filter((step) => words.includes(step.state)).length;
  return {
    verified: count("verified"),
    failed: count("failed"),
    skipped: count("skipped"),
    open: count("pending", "in-doubt", "accepted"),
  };
}
