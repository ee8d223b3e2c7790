// Waiting for an operation to end and for its effect to show. "Succeeded" is not a proof, and a vanished operation is not a failure.

import { registry } from "../dependencies/registry.ts";
import type { Proof } from "../dependencies/dependency.ts";
import { AzureError } from "../model/azure-error.ts";
import type { OperationCheck, OperationHandle } from "../model/ports.ts";
import type { Kind, Of } from "../model/resource.ts";
import type { Step } from "../model/step.ts";
import { pause, Unproved, type Engine } from "./engine.ts";
import { isSignedOut } from "./error-rules.ts";
import {
  comeBackSeconds,
  defaultPollSeconds,
  delayAt,
  jobDeadlineSeconds,
  jobDelaysSeconds,
  longestPollSeconds,
  operationDeadlineOf,
  proofDeadlineSeconds,
  proofDelaysSeconds,
  shortestPollSeconds,
} from "./timing.ts";

/**
 * Asks about the operation until it has ended. `askFirst` skips the first wait (a resumed run has waited long enough).
 * Throws AzureError with the operation's own code when it failed, Unproved when it does not end in time.
 */
export async function awaitOperation(
  engine: Engine,
  { action }: Pick<Step, "action">,
  operation: OperationHandle,
  askFirst: boolean,
): Promise<void> {
  const deadlineSeconds = operationDeadlineOf(action);
  const deadline = engine.clock.now() + deadlineSeconds * 1000;
  let delay = askFirst ? 0 : pollDelay(operation.retryAfterSeconds);
  for (;;) {
    await pause(engine, delay);
    const check = await checkOnce(engine, operation);
    if (check.state === "succeeded" || check.state === "gone") return;
    if (check.state === "failed") throw new AzureError({ status: 200, code: check.code, message: check.message });
    if (engine.clock.now() > deadline) throw endless(operation, deadlineSeconds);
    delay = pollDelay(check.retryAfterSeconds);
  }
}

/** What the service asks for, within reason: it has asked for nothing, and it could ask for a day. */
function pollDelay(asked: number | undefined): number {
  return Math.min(Math.max(asked ?? defaultPollSeconds, shortestPollSeconds), longestPollSeconds);
}

/** A poll that fails on the way (5xx, sockets, throttling) says nothing about the operation (recorded: about 200 of them). */
async function checkOnce(engine: Engine, operation: OperationHandle): Promise<OperationCheck> {
  try {
    return await engine.writer.check(operation);
  } catch (error) {
    if (!(error instanceof AzureError) || isSignedOut(error)) throw error;
    if (error.status === 0 || error.status === 429 || error.status >= 500)
      return {
        state: "running",
        ...(error.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: error.retryAfterSeconds }),
      };
    // The address refuses to answer (expired, or it wanted its signature): the target itself can be asked.
    return { state: "gone" };
  }
}

function endless(operation: OperationHandle, deadlineSeconds: number): Unproved {
  return new Unproved({
    disposition: "waiting",
    code: "OperationDidNotEnd",
    retryAfterSeconds: comeBackSeconds,
    message: `the operation ${operation.address} has not ended within ${deadlineSeconds / 3600} hours`,
    remedy: "run the same command again: it asks about this operation before it writes anything",
  });
}

/** One look at the target. Throws AzureError. */
export async function look<K extends Kind>(engine: Engine, step: Step): Promise<Proof> {
  const dependency = registry[step.kind as K];
  const found: readonly Of<K>[] =
    dependency.look === undefined
      ? await engine.listings.fresh(step.kind as K)
      : await dependency.look(engine.reader, step.target);
  return dependency.prove(step, found, engine.plan.strategy);
}

/**
 * Looks until the effect shows. Returns the evidence; throws Unproved when it contradicts the plan, does not show in
 * time, or cannot be read: a failing read never says that the write should be sent again.
 */
export async function prove(engine: Engine, step: Step): Promise<string> {
  const isJob = step.action === "settle-job";
  const delays = isJob ? jobDelaysSeconds : proofDelaysSeconds;
  const deadline = engine.clock.now() + (isJob ? jobDeadlineSeconds : proofDeadlineSeconds) * 1000;
  for (let attempt = 0; ; attempt++) {
    const proof = await lookSafely(engine, step);
    if (proof.verdict === "proved") return proof.evidence;
    if (proof.verdict === "contradicted")
      throw new Unproved({
        disposition: "blocked",
        code: "ContradictsPlan",
        message: proof.found,
        remedy: proof.remedy,
      });
    if (engine.clock.now() > deadline) throw unseen(proof.found, isJob);
    await pause(engine, delayAt(delays, attempt));
  }
}

async function lookSafely(engine: Engine, step: Step): Promise<Proof> {
  try {
    return await look(engine, step);
  } catch (error) {
    if (!(error instanceof AzureError) || isSignedOut(error)) throw error;
    return { verdict: "not-yet", found: `the target could not be read: ${error.code}: ${error.message}` };
  }
}

function unseen(found: string, isJob: boolean): Unproved {
  return isJob
    ? new Unproved({
        disposition: "waiting",
        code: "JobStillRunning",
        retryAfterSeconds: comeBackSeconds,
        message: found,
        remedy: "run the same command again when the job has ended",
      })
    : new Unproved({
        disposition: "failed",
        code: "NotVerified",
        message: `Azure accepted the change, but after ${proofDeadlineSeconds / 60} minutes ${found}`,
        remedy: "run the same command again: it looks before it writes",
      });
}
