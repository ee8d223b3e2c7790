// One step that waits for its effect: since when, when it is looked for next, and when it is asked about or given up. It must
// not look or ask. Recorded times are multiplied by the pace of this Azure.

import { expectedSecondsOf, fastestSecondsOf, usualSecondsOf } from "../model/expected-times.ts";
import type { Clock, OperationCheck, OperationHandle } from "../model/ports.ts";
import type { Step } from "../model/step.ts";
import { Unproved } from "./engine.ts";
import { pollSeconds } from "./operations.ts";
import type { Patience } from "./patience.ts";
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
  shortestWaitMilliseconds,
} from "./timing.ts";

export type Effect = {
  readonly step: Step;
  /** What the write has set off, as far as it is known; absent: its effect is due. */
  readonly operation?: OperationHandle | undefined;
  /** The effect reads as done before it holds: the operation has to have ended as well. */
  readonly holdsAtEnd?: boolean;
  /** The write was sent so long ago that its effect, or the end of its operation, may be there. */
  readonly isOverdue?: boolean;
};

export type Timekeeping = { readonly clock: Clock; readonly patience: Patience; readonly slack: Slack };

type Settle = {
  readonly resolve: (evidence: string) => void;
  readonly reject: (error: unknown) => void;
};

/** Epoch milliseconds, all of these. */
type Times = {
  /** When the write was accepted, or its operation found to have ended. */
  since: number;
  lookAt: number;
  askAt: number;
  deadline: number;
};

export type Awaited = Settle &
  Times & {
    readonly step: Step;
    /** Seconds, as recorded, from the write to its effect. */
    readonly expected: number;
    readonly operation: OperationHandle | undefined;
    readonly holdsAtEnd: boolean;
    hasEnded: boolean;
    isAsking: boolean;
    /** What its operation's address answered instead of how it stands. */
    said?: string | undefined;
  };

export function awaited(effect: Effect, keeping: Timekeeping, settle: Settle): Awaited {
  const { step, operation, holdsAtEnd = false } = effect;
  const now = keeping.clock.now();
  const common = { step, operation, holdsAtEnd, expected: expectedSecondsOf(step), isAsking: false, ...settle };
  if (operation === undefined) {
    const deadline = now + (isPatient(step.action) ? jobDeadlineSeconds : proofDeadlineSeconds) * 1000;
    return { ...common, ...endedAt(now), deadline };
  }
  const { look, ask } = effect.isOverdue === true ? { look: 0, ask: 0 } : firstSeconds(step, operation, keeping);
  return {
    ...common,
    since: now,
    lookAt: now + look * 1000,
    askAt: now + ask * 1000,
    deadline: now + operationDeadlineOf(step.action) * 1000,
    hasEnded: false,
  };
}

function firstSeconds(step: Step, operation: OperationHandle, { slack, patience }: Timekeeping) {
  const expected = expectedSecondsOf(step);
  const look = firstLookSeconds(expected, fastestSecondsOf(step), slack.seconds(step, expected));
  return {
    look: look * patience.pace(),
    ask: laggardSeconds(usualSecondsOf(step) * patience.pace(), pollSeconds(operation.retryAfterSeconds)),
  };
}

/** From now on only the lists may lag. */
export function endedAt(now: number): Times & { readonly hasEnded: true } {
  return {
    since: now,
    lookAt: now,
    askAt: Number.POSITIVE_INFINITY,
    deadline: now + proofDeadlineSeconds * 1000,
    hasEnded: true,
  };
}

/** Epoch milliseconds of the next look at a step that was just looked for in vain. */
export function nextLookAt({ step, since, expected, hasEnded }: Awaited, keeping: Timekeeping): number {
  const { clock, slack, patience } = keeping;
  const second = 1000 * patience.pace();
  const waited = (clock.now() - since) / second;
  const delay = lookDelaySeconds(step.action, {
    waited,
    slack: slack.seconds(step, 0),
    toCome: slack.toCome(step),
    isEarly: !hasEnded && waited < expected,
    hasEnded,
  });
  return clock.now() + Math.max(delay * second, shortestWaitMilliseconds);
}

/** Epoch milliseconds of the next question about an operation that still ran at the last. */
export function nextQuestionAt(
  { since }: Awaited,
  check: Extract<OperationCheck, { readonly state: "running" }>,
  now: number,
): number {
  return now + askAgainSeconds((now - since) / 1000, pollSeconds(check.retryAfterSeconds)) * 1000;
}

export function contradiction({ found, remedy }: { readonly found: string; readonly remedy: string }): Unproved {
  return new Unproved({ disposition: "blocked", code: "ContradictsPlan", message: found, remedy });
}

export function unseen({ step: { action }, said }: Pick<Awaited, "step" | "said">, found: string): Unproved {
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
    message: `Azure accepted the change, but after ${proofDeadlineSeconds / 60} minutes ${found}${said === undefined ? "" : `; its operation answered ${said}`}`,
    remedy: "run the same command again: it looks before it writes",
  });
}
