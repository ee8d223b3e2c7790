// What became of each step of a run, told from its events: one report a step, whatever format shows it.

import type { Disposition, RecordedEvent } from "../model/event.ts";
import type { Plan } from "../model/plan.ts";
import type { Amount, Time } from "../model/shape.ts";
import type { Step } from "../model/step.ts";

export type StepReport = {
  readonly id: string;
  readonly action: string;
  readonly name: string;
  readonly target: string;
  readonly state: "pending" | "intended" | "accepted" | "verified" | "failed" | "skipped";
  /** Of its latest event. */
  readonly at?: Time;
  /** Of its first intent. */
  readonly startedAt?: Time;
  /** When Azure first took its write. */
  readonly acceptedAt?: Time;
  /** How often, after which waits and why it was tried again. */
  readonly retries?: readonly StepRetry[];
  /** The step it waited for longest: of those that must go first, the one that ended last. */
  readonly waitedFor?: string;
  readonly evidence?: string;
  /** Of a failed step: could be tried again, a person must act, or time must pass. */
  readonly disposition?: Disposition;
  readonly until?: string;
  readonly code?: string;
  readonly message?: string;
  readonly remedy?: string;
  readonly correlationId?: string;
  readonly because?: string;
};

type StepRetry = { readonly at: Time; readonly delaySeconds: Amount; readonly because: string };

type StepEvent = Exclude<Extract<RecordedEvent, { readonly step: string }>, { readonly type: "step-retried" }>;

type Story = { latest?: StepEvent; startedAt?: Time; acceptedAt?: Time; retries?: StepRetry[] };

/** What is known of the steps of a plan, kept up to date event by event. */
export type StepStories = {
  readonly take: (event: RecordedEvent) => void;
  /** One report a step, in the order of the plan. */
  readonly reports: () => readonly StepReport[];
};

/** Opens the stories of the plan's steps, of which none has begun. Events of steps of no plan are ignored. */
export function stepStories({ steps }: Pick<Plan, "steps">): StepStories {
  const stories = new Map<string, Story>();
  const undoing = Map.groupBy(steps, ({ undoes }) => undoes);
  return {
    take: (event) => {
      if (event.type === "run-resumed") for (const story of stories.values()) reopen(story);
      if (!("step" in event)) return;
      const story = stories.get(event.step) ?? {};
      stories.set(event.step, story);
      takeInto(story, event);
      // What is done again must be undone again: that it once was proves nothing any more.
      if (event.type === "step-intended" || event.type === "step-verified")
        for (const { id } of undoing.get(event.step) ?? []) stories.delete(id);
    },
    reports: () => steps.map((step) => reportOf(step, stories)),
  };
}

/** A failure or a skip belongs to the attempt that recorded it: a run that goes on tries those steps again, and counts them as open. */
function reopen(story: Story): void {
  const { latest } = story;
  if (latest?.type === "step-skipped") delete story.latest;
  if (latest?.type === "step-failed")
    story.latest = { type: "step-intended", seq: latest.seq, at: latest.at, step: latest.step };
}

function takeInto(story: Story, event: Extract<RecordedEvent, { readonly step: string }>): void {
  if (event.type === "step-retried") {
    const { at, delaySeconds, because } = event;
    (story.retries ??= []).push({ at, delaySeconds, because });
    return;
  }
  story.latest = event;
  if (event.type === "step-intended") story.startedAt ??= event.at;
  if (event.type === "step-accepted") story.acceptedAt ??= event.at;
}

function reportOf(step: Step, stories: ReadonlyMap<string, Story>): StepReport {
  const { latest, startedAt, acceptedAt, retries } = stories.get(step.id) ?? {};
  const waitedFor = lastToEnd(step, stories);
  return {
    id: step.id,
    action: step.action,
    name: step.name,
    target: step.target,
    ...(latest === undefined ? { state: "pending" } : stateOf(latest)),
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(acceptedAt === undefined ? {} : { acceptedAt }),
    ...(retries === undefined ? {} : { retries }),
    ...(waitedFor === undefined ? {} : { waitedFor }),
  };
}

function lastToEnd({ after }: Step, stories: ReadonlyMap<string, Story>): string | undefined {
  const ends = after.flatMap((id) => {
    const latest = stories.get(id)?.latest;
    return latest === undefined ? [] : [{ id, at: latest.at }];
  });
  return ends.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))[0]?.id;
}

function stateOf(event: StepEvent): Pick<StepReport, "state"> & Partial<StepReport> {
  const { at } = event;
  switch (event.type) {
    case "step-intended":
      return { state: "intended", at };
    case "step-accepted":
      return { state: "accepted", at };
    case "step-verified":
      return { state: "verified", at, evidence: event.evidence };
    case "step-failed":
      return { state: "failed", at, ...failureOf(event) };
    case "step-skipped":
      return { state: "skipped", at, because: event.because };
    default:
      return event satisfies never;
  }
}

function failureOf(event: Extract<StepEvent, { readonly type: "step-failed" }>): Partial<StepReport> {
  const { disposition, code, message, remedy, correlationId, until } = event;
  return {
    disposition,
    code,
    message,
    remedy,
    ...(until === undefined ? {} : { until }),
    ...(correlationId === undefined ? {} : { correlationId }),
  };
}
