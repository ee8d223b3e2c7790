// The life of one step: intended, written, accepted, waited for, verified; or failed, with what to do. Looks before it writes twice.

import pRetry from "p-retry";
import { AzureError } from "../model/azure-error.ts";
import type { Failure } from "../model/event.ts";
import { usualSecondsOf } from "../model/expected-times.ts";
import type { OperationHandle } from "../model/ports.ts";
import type { Action, Step } from "../model/step.ts";
import type { WriteRequest } from "../model/write-request.ts";
import type { Effect } from "./awaited-effect.ts";
import { dated, recheckVault } from "./closing.ts";
import { pause, Stopped, Unproved, type Engine } from "./engine.ts";
import { isRefusedCancel, isSignedOut, treat, type Treatment } from "./error-rules.ts";
import { atGuard } from "./guard-refusal.ts";
import { proveAbsence } from "./proof-of-absence.ts";
import { proveRecovery } from "./proof-of-recovery.ts";
import type { StepState } from "./replay.ts";
import type { Settled } from "./scheduler.ts";
import { blamingStrangers, spareStrangers, takesAlong } from "./strangers.ts";
import {
  delayAt,
  inheritedDelaysSeconds,
  lockLagRetries,
  longestPollSeconds,
  maximumRetries,
  refusedInDoubtDelaysSeconds,
  retryDelaysSeconds,
  settlingSeconds,
  unansweredDelaysSeconds,
} from "./timing.ts";
import { look } from "./look.ts";

/** What an earlier attempt, of this run or of the one it resumes, may have left behind in Azure. */
type Doubt = {
  /** A write may be taking effect: look before writing. */
  open: boolean;
  /** A write of this run, or of one before it, got no answer that is known: a refusal may be due to that write of ours. */
  unanswered: boolean;
  /** The unanswered write was just sent: its effect may take a while to show. */
  fresh?: boolean;
  /** An earlier run was to write, or wrote: what allowed it then may hold no more. */
  inherited?: boolean;
  /** What fails from here on is an answer to the write; before, it is one to a look, which says nothing about any write. */
  aboutWrite?: boolean;
  /** The refusal of a write that may have been refused because somebody, perhaps this run, has done it already. */
  refusal?: AzureError;
  operation?: string | undefined;
};

/**
 * Runs a step to its end and records it. Resolves "failed" for what Azure refused; rejects with Stopped when the run
 * stops, with AzureError 401 when nobody is signed in any more, and with anything that is not an answer of Azure.
 */
export async function runStep(engine: Engine, step: Step, before: StepState): Promise<Settled> {
  try {
    const evidence = await perform(engine, step, before);
    engine.record({ type: "step-verified", step: step.id, evidence });
    return "done";
  } catch (error) {
    if (isSignedOut(error) || error instanceof Stopped) throw error;
    const failure = error instanceof Unproved ? error.failure : await refusalOf(engine, step, error);
    engine.record({ type: "step-failed", step: step.id, ...(await dated(engine, step, failure)) });
    return "failed";
  }
}

async function refusalOf(engine: Engine, step: Step, error: unknown): Promise<Failure> {
  return atGuard(step, error, await blamingStrangers(engine, step, treat(error, isRecovery(engine))));
}

async function perform(engine: Engine, step: Step, before: StepState): Promise<string> {
  const doubt: Doubt = doubtFrom(engine, step, before);
  if (!doubt.open) await pause(engine, settlingSecondsBefore(engine, step));
  let retries = 0;
  return pRetry(async () => attempt(engine, step, doubt), {
    retries: maximumRetries,
    minTimeout: 0,
    // The delay is slept here, on the run's clock; p-retry only counts.
    shouldRetry: async ({ error }) => {
      if (!(error instanceof AzureError) || isSignedOut(error)) return false;
      const treatment = treat(error, isRecovery(engine));
      if (doubt.aboutWrite === true) learn(doubt, treatment, isRecovery(engine));
      const isLag = retries < lockLagRetries && isOpenedScope(engine, step, error);
      if (treatment.next === "stop" && !isLag) return looksBeforeFailing(engine, doubt, error, treatment.failure);
      if (engine.signal.aborted) throw new Stopped();
      const wait = Math.max(delayAt(retryDelaysSeconds, retries), error.retryAfterSeconds ?? 0);
      if (wait > longestPollSeconds) return false;
      await announceRetry(engine, step, treatment.failure, ++retries, wait);
      return true;
    },
  });
}

/** What the answer to a write says about its effect. What refuses a recovery may be somebody else's: it looks each time. */
function learn(doubt: Doubt, { next }: Treatment, recovering: boolean): void {
  doubt.fresh = next === "look";
  doubt.unanswered ||= doubt.fresh;
  doubt.open = doubt.fresh || (next === "again" && (doubt.unanswered || recovering));
}

/**
 * A refusal for no known reason may say that there is nothing left to do: the step looks once more, and writes nothing
 * again. False where that was done, or the reason is known.
 */
function looksBeforeFailing(engine: Engine, doubt: Doubt, error: AzureError, failure: Failure): boolean {
  if (doubt.aboutWrite !== true || failure.disposition !== "failed" || doubt.refusal !== undefined) return false;
  if (engine.signal.aborted) throw new Stopped();
  doubt.refusal = error;
  doubt.open = true;
  return true;
}

/** A lock refuses a step that waited for a lock to go: the removal may not have reached every part of Azure yet. */
function isOpenedScope(engine: Engine, { after }: Step, error: AzureError): boolean {
  if (error.code.toLowerCase() !== "scopelocked") return false;
  return after.some((id) => {
    const before = engine.stepOf(id);
    return before?.holds !== undefined && before.undoes === undefined;
  });
}

function doubtFrom(engine: Engine, { after }: Step, before: StepState): Doubt {
  if (before.state === "in-doubt") return { open: true, unanswered: true, inherited: true };
  if (before.state === "accepted")
    return { open: true, unanswered: false, inherited: true, operation: before.operation };
  // An undelete writes the whole item: sent to one that is protected again meanwhile, it would stop that protection.
  const open = isRecovery(engine);
  // A job that was waited for may be that of an earlier run's write, which has done what this step is to do.
  return { open, unanswered: after.some((id) => engine.stepOf(id)?.action === "settle-job") };
}

function isRecovery({ plan }: Engine): boolean {
  return plan.recovery !== undefined;
}

async function announceRetry(
  engine: Engine,
  step: Step,
  failure: Failure,
  attemptNumber: number,
  delaySeconds: number,
): Promise<void> {
  const because = `${failure.code}: ${failure.message}`;
  engine.record({ type: "step-retried", step: step.id, attempt: attemptNumber, delaySeconds, because });
  await pause(engine, delaySeconds);
}

async function attempt(engine: Engine, step: Step, doubt: Doubt): Promise<string> {
  if (engine.signal.aborted) throw new Stopped();
  if (step.action === "recheck") return recheckVault(engine);
  if (step.action === "prove-absence") return proveAbsence(engine);
  if (step.action === "prove-recovery") return proveRecovery(engine);
  if (step.request === undefined) return engine.sweeps.evidenceOf({ step });
  try {
    return await writeAndProve(engine, step, step.request, doubt);
  } catch (error) {
    if (!(error instanceof AzureError) || !isRefusedCancel(error, step)) throw error;
    const because = `${error.code}: ${error.message}; the job is waited for instead`;
    engine.record({ type: "step-retried", step: step.id, attempt: 1, delaySeconds: 0, because });
    return engine.sweeps.evidenceOf({ step });
  }
}

async function writeAndProve(engine: Engine, step: Step, request: WriteRequest, doubt: Doubt): Promise<string> {
  doubt.aboutWrite = false;
  if (doubt.open) {
    const evidence = await resolveDoubt(engine, step, doubt);
    if (evidence !== undefined) return evidence;
    if (doubt.refusal !== undefined) throw doubt.refusal;
  }
  if (step.action === "delete-vault" && doubt.inherited === true) {
    const evidence = await recheckAnew(engine, step);
    if (evidence !== undefined) return evidence;
  }
  doubt.inherited = false;
  const leaving = (): void => {
    engine.record({ type: "step-intended", step: step.id });
    doubt.open = true;
    doubt.aboutWrite = true;
  };
  const urgency = engine.remaining.get(step.id) ?? 0;
  const accepted = await engine.writer.send(request, { urgency, ...lookingAt(engine, step), leaving });
  engine.record({
    type: "step-accepted",
    step: step.id,
    status: accepted.status,
    ...(accepted.operation === undefined ? {} : { operation: accepted.operation.address }),
    ...(accepted.correlationId === undefined ? {} : { correlationId: accepted.correlationId }),
    ...(accepted.acceptedAt === undefined ? {} : { acceptedAt: accepted.acceptedAt }),
  });
  engine.patience.asked(accepted.operation?.retryAfterSeconds);
  return engine.sweeps.evidenceOf(effectOf(step, accepted.operation));
}

/** With a look a write comes back when Azure throttles it: a recovery, too, looks again before it sends anything twice. */
function lookingAt(engine: Engine, step: Step): { readonly looking?: () => Promise<void> } {
  if (takesAlong(engine, step)) return { looking: () => spareStrangers(engine, step) };
  return isRecovery(engine) ? { looking: () => Promise.resolve() } : {};
}

/**
 * An earlier run's recheck allows a deletion to be sent, not to be sent again: time has passed. Evidence when the vault is
 * gone by the end of it. Throws Unproved naming what stands in the way.
 */
async function recheckAnew(engine: Engine, step: Step): Promise<string | undefined> {
  try {
    await recheckVault(engine);
    return undefined;
  } catch (error) {
    if (!(error instanceof Unproved)) throw error;
    const proof = await look(engine, step);
    if (proof.verdict === "proved") return proof.evidence;
    throw error;
  }
}

/** What a container held counts for the service a while longer: unregistered at once, it would be refused. */
function settlingSecondsBefore(engine: Engine, { kind, after }: Step): number {
  const followsData = after.some((id) => engine.stepOf(id)?.action === "delete-item");
  return followsData && kind === "workload-container" ? settlingSeconds * engine.patience.pace() : 0;
}

/** These read as done before they hold: a setting, a cancelled job, a cleaned test failover, a vault or container that returns. Their operation has to end as well (judgement). */
const heldByTheirEnd: ReadonlySet<Action> = new Set([
  "disable-immutability",
  "disable-soft-delete",
  "disable-hybrid-security",
  "settle-job",
  "clean-test-failover",
  "undelete-vault",
  "register-container",
]);

function effectOf(step: Step, operation: OperationHandle | undefined): Effect {
  return { step, operation, holdsAtEnd: heldByTheirEnd.has(step.action) };
}

/** Looks at the target of a stored operation and asks about it, then looks at the target. Evidence when the step is done; undefined when it must be written. */
async function resolveDoubt(engine: Engine, step: Step, doubt: Doubt): Promise<string | undefined> {
  const { operation } = doubt;
  doubt.operation = undefined;
  if (operation !== undefined) {
    doubt.aboutWrite = true;
    return engine.sweeps.evidenceOf({ ...effectOf(step, { address: operation }), isOverdue: true });
  }
  for (const delay of [...lookDelaysSeconds(engine, step, doubt), undefined]) {
    const proof = await look(engine, step);
    if (proof.verdict === "proved") return proof.evidence;
    if (delay !== undefined) await pause(engine, delay);
  }
  return undefined;
}

/** Between the looks that are to tell whether a write is needed, or was needed. */
function lookDelaysSeconds(engine: Engine, step: Step, doubt: Doubt): readonly number[] {
  const { refusal, unanswered, fresh, inherited } = doubt;
  if (refusal !== undefined && unanswered) return refusedInDoubtDelaysSeconds;
  if (refusal !== undefined || fresh === true) return unansweredDelaysSeconds;
  // Whether Azure takes a second undelete beside the first is not known: what an earlier run may have sent is waited for.
  return inherited === true && isRecovery(engine) ? inheritedDelaysSeconds(usualSecondsOf(step)) : [];
}
