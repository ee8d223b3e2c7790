// Asking about the operation a write has set off. "Succeeded" is not a proof, and a vanished operation is not a failure.

import { AzureError } from "../model/azure-error.ts";
import type { OperationCheck, OperationHandle } from "../model/ports.ts";
import type { Step } from "../model/step.ts";
import { Unproved, type Engine } from "./engine.ts";
import { isSignedOut } from "./error-rules.ts";
import {
  comeBackSeconds,
  defaultPollSeconds,
  longestPollSeconds,
  operationDeadlineOf,
  shortestPollSeconds,
} from "./timing.ts";

/** What the service asks for, within reason: it has asked for nothing, and it could ask for a day. */
export function pollSeconds(asked: number | undefined): number {
  return Math.min(Math.max(asked ?? defaultPollSeconds, shortestPollSeconds), longestPollSeconds);
}

/**
 * One question. One that fails on the way (5xx, sockets, throttling) says nothing about the operation (recorded: about
 * 200 of them). Throws AzureError only where nobody is signed in.
 */
export async function checkOnce(
  { writer }: Pick<Engine, "writer">,
  operation: OperationHandle,
): Promise<OperationCheck> {
  try {
    return await writer.check(operation);
  } catch (error) {
    if (!(error instanceof AzureError) || isSignedOut(error)) throw error;
    if (error.status === 0 || error.status === 429 || error.status >= 500)
      return {
        state: "running",
        ...(error.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: error.retryAfterSeconds }),
      };
    // The address refuses to tell (expired, it wanted its signature, or it answers with the operation's own error): the target itself can be asked.
    return { state: "gone", said: `${error.code}: ${error.message}` };
  }
}

/** The operation's own code and words. */
export function failureOf({ code, message }: Extract<OperationCheck, { readonly state: "failed" }>): AzureError {
  return new AzureError({ status: 200, code, message });
}

/** The code of a step that stopped waiting while its operation went on. */
export const operationDidNotEnd = "OperationDidNotEnd";

/** It outlasted its deadline. */
export function endless(action: Step["action"], { address }: OperationHandle): Unproved {
  return new Unproved({
    disposition: "waiting",
    code: operationDidNotEnd,
    retryAfterSeconds: comeBackSeconds,
    message: `the operation ${address} has not ended within ${operationDeadlineOf(action) / 3600} hours`,
    remedy: "run the same command again: it asks about this operation before it writes anything",
  });
}
