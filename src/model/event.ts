// One stream: what the engine says is what the journal stores and what every renderer draws. Never carries a signed URL.

import type { ExpectedOutcome } from "./plan.ts";
import type { Amount, Time, Whole } from "./shape.ts";

/** failed: could be tried again; blocked: a person must act; waiting: time must pass. */
export type Disposition = "failed" | "blocked" | "waiting";

export type Failure = {
  readonly disposition: Disposition;
  readonly code: string;
  readonly message: string;
  /** What to do about it. */
  readonly remedy: string;
  readonly correlationId?: string;
  /** ISO time after which trying again makes sense. */
  readonly until?: string;
  /** The same as seconds from when it happened, until it is recorded. */
  readonly retryAfterSeconds?: Amount;
};

export type Outcome = ExpectedOutcome & {
  /** What was read to know it, in words. */
  readonly evidence: readonly string[];
  /** What could not be read, and why. */
  readonly notShown: readonly string[];
};

export type RunCounts = {
  readonly verified: Whole;
  readonly failed: Whole;
  readonly skipped: Whole;
  readonly open: Whole;
};

export type RunEvent =
  | {
      readonly type: "run-started";
      readonly formatVersion: Whole;
      readonly run: string;
      readonly plan: string;
      readonly vault: string;
      /** Which Azure: a cloud's name, or an emulator's. */
      readonly azure: string;
      readonly tool: string;
      readonly steps: Whole;
    }
  | { readonly type: "run-resumed"; readonly run: string; readonly verified: Whole; readonly inDoubt: Whole }
  | { readonly type: "step-intended"; readonly step: string }
  | {
      readonly type: "step-accepted";
      readonly step: string;
      readonly status: Whole;
      /** The operation's address without its signature. */
      readonly operation?: string;
      readonly correlationId?: string;
      /** ISO time by the clock of the service, which need not agree with that of this machine. */
      readonly acceptedAt?: Time;
    }
  | {
      readonly type: "step-retried";
      readonly step: string;
      readonly attempt: Whole;
      readonly delaySeconds: Amount;
      readonly because: string;
    }
  /** A request that Azure throttled, or did not answer, and that is sent again: of no step alone, for steps share requests. */
  | { readonly type: "request-retried"; readonly delaySeconds: Amount; readonly because: string }
  | { readonly type: "step-verified"; readonly step: string; readonly evidence: string }
  | ({ readonly type: "step-failed"; readonly step: string } & Failure)
  | { readonly type: "step-skipped"; readonly step: string; readonly because: string }
  | {
      readonly type: "run-ended";
      readonly exitCode: Whole;
      /** True when the same command continues this run. */
      readonly resumable: boolean;
      readonly counts: RunCounts;
      readonly outcome?: Outcome;
      readonly resumeAfter?: string;
      readonly reason?: string;
      /** What this run has taken away and could not put back: the step, and the command that does it by hand. */
      readonly notPutBack?: readonly string[];
    };

/** An event as it stands in the journal and in NDJSON: numbered from 1 and dated by this machine's clock. */
export type RecordedEvent = { readonly seq: Whole; readonly at: Time } & RunEvent;

export const journalFormatVersion = 1;
