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
  defaultPollSeconds,
  delayAt,
  jobDeadlineSeconds,
  jobDelaysSeconds,
  operationDeadlineSeconds,
  proofDeadlineSeconds,
  proofDelaysSeconds,
} from "./timing.ts";

/**
 * Asks about the operation until it has ended. `askFirst` skips the first wait (a resumed run has waited long enough).
 * Throws AzureError with the operation's own code when it failed, Unproved when it does not end in time.
 */
export async function awaitOperation(engine: Engine, operation: OperationHandle, askFirst: boolean): Promise<void> {
  const deadline = engine.clock.now() + operationDeadlineSeconds * 1000;
  let delay = askFirst ? 0 : (operation.retryAfterSeconds ?? defaultPollSeconds);
  for (;;) {
    if (delay > 0) await pause(engine, delay);
    const check = await checkOnce(engine, operation);
    if (check.state === "succeeded" || check.state === "gone") return;
    if (check.state === "failed") throw new AzureError({ status: 200, code: check.code, message: check.message });
    if (engine.clock.now() > deadline) throw endless(operation);
    delay = check.retryAfterSeconds ?? defaultPollSeconds;
  }
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

function endless(operation: OperationHandle): Unproved {
  return new Unproved({
    disposition: "waiting",
    code: "OperationDidNotEnd",
    message: `the operation ${operation.address} has not ended within ${operationDeadlineSeconds / 3600} hours`,
    remedy: "run the same command again: it asks about this operation before it writes anything",
  });
}

/** One look at the target. Throws AzureError. */
export async function look<K extends Kind>(engine: Engine, step: Step): Promise<Proof> {
  const dependency = registry[step.kind as K];
  const found: readonly Of<K>[] = await engine.listings.fresh(step.kind as K);
  return dependency.prove(step, found, engine.plan.strategy);
}

/** Looks until the effect shows. Returns the evidence; throws Unproved when it contradicts the plan or does not show in time. */
export async function prove(engine: Engine, step: Step): Promise<string> {
  const isJob = step.action === "settle-job";
  const delays = isJob ? jobDelaysSeconds : proofDelaysSeconds;
  const deadline = engine.clock.now() + (isJob ? jobDeadlineSeconds : proofDeadlineSeconds) * 1000;
  for (let attempt = 0; ; attempt++) {
    const proof = await look(engine, step);
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

function unseen(found: string, isJob: boolean): Unproved {
  return isJob
    ? new Unproved({
        disposition: "waiting",
        code: "JobStillRunning",
        message: found,
        remedy: "run the same command again when the job has ended",
      })
    : new Unproved({
        disposition: "failed",
        code: "NotVerified",
        message: `Azure accepted the change, but ${found} after ${proofDeadlineSeconds / 60} minutes`,
        remedy: "run the same command again: it looks before it writes",
      });
}
