// The shape of every event of a run, as the journal stores it: a line of another shape is no event, and is not believed.

import { outcomeKinds } from "../model/plan.ts";
import type { Outcome, RecordedEvent, RunCounts } from "../model/event.ts";
import {
  amount,
  flag,
  listOf,
  objectOf,
  oneOf,
  optional,
  text,
  time,
  variantsOf,
  whole,
  type Check,
  type Members,
  type Variants,
} from "../model/shape.ts";

const numbered = { seq: whole, at: time } satisfies Members<Pick<RecordedEvent, "seq" | "at">>;

/** Journals of earlier versions do not know what was not shown. */
type StoredOutcome = Omit<Outcome, "notShown"> & Partial<Pick<Outcome, "notShown">>;

const outcome: Check<StoredOutcome> = objectOf<StoredOutcome>({
  kind: oneOf(outcomeKinds),
  until: optional(text),
  assumption: optional(text),
  evidence: listOf(text),
  notShown: optional(listOf(text)),
});

const events = {
  "run-started": {
    ...numbered,
    formatVersion: whole,
    run: text,
    plan: text,
    vault: text,
    azure: text,
    tool: text,
    steps: whole,
  },
  "run-resumed": { ...numbered, run: text, verified: whole, inDoubt: whole },
  "step-intended": { ...numbered, step: text },
  "step-accepted": {
    ...numbered,
    step: text,
    status: whole,
    operation: optional(text),
    correlationId: optional(text),
    acceptedAt: optional(time),
  },
  "step-retried": { ...numbered, step: text, attempt: whole, delaySeconds: amount, because: text },
  "request-retried": { ...numbered, delaySeconds: amount, because: text },
  "step-verified": { ...numbered, step: text, evidence: text },
  "step-failed": {
    ...numbered,
    step: text,
    disposition: oneOf(["failed", "blocked", "waiting"]),
    code: text,
    message: text,
    remedy: text,
    correlationId: optional(text),
    until: optional(text),
    retryAfterSeconds: optional(amount),
  },
  "step-skipped": { ...numbered, step: text, because: text },
  "run-ended": {
    ...numbered,
    exitCode: whole,
    resumable: flag,
    counts: objectOf<RunCounts>({ verified: whole, failed: whole, skipped: whole, open: whole }),
    outcome: optional(outcome),
    resumeAfter: optional(text),
    reason: optional(text),
    notPutBack: optional(listOf(text)),
  },
} satisfies Variants<RecordedEvent, "type">;

/** Every event with its number and time, told apart by its type: no member more, and none less but the optional ones. */
export const eventShape: Check<RecordedEvent> = variantsOf<RecordedEvent, "type">("type", events);
