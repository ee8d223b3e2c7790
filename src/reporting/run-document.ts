// What is known of a run as one document: the data behind every format in which a run is told. Drawn from plan and events alone.

import type { RecordedEvent } from "../model/event.ts";
import type { Plan } from "../model/plan.ts";
import type { Recovery } from "../model/recovery.ts";
import type { Amount, Time, Whole } from "../model/shape.ts";
import type { Step } from "../model/step.ts";
import { byHand, undoingLedger } from "../model/undoing.ts";
import { namedRemains, type NamedRemainder } from "./remains.ts";
import { stepStories, type StepReport } from "./step-report.ts";
import { wayBackOf, type WayBack } from "./way-back.ts";

type Ended = Extract<RecordedEvent, { readonly type: "run-ended" }>;

/** How a run stands: of one that has ended how it ended, of another what is known of it so far. */
export type RunDocument = {
  readonly formatVersion: 1;
  readonly run: string;
  readonly plan: string;
  readonly vault: Plan["vault"];
  /** What this run brings back; absent of a teardown. */
  readonly recovery?: Recovery;
  readonly ended: boolean;
  readonly exitCode?: Whole;
  readonly resumable?: boolean;
  readonly resumeAfter?: string;
  readonly reason?: string;
  /** What the run has taken away and not put back, each with the command that does it by hand. */
  readonly notPutBack?: readonly string[];
  readonly counts?: Ended["counts"];
  readonly outcome?: Ended["outcome"];
  /** What the vault leaves behind, from the plan; told once the vault is gone. */
  readonly remains?: readonly NamedRemainder[];
  /** How what the run soft-deleted comes back; absent where nothing was. */
  readonly recover?: WayBack;
  readonly steps: readonly StepReport[];
  /** By this machine's clock: when the first event was, and the last one. */
  readonly startedAt?: Time;
  readonly lastEventAt?: Time;
  /** Between two processes that carried it out: nothing ran then. */
  readonly stops?: readonly { readonly from: Time; readonly to: Time }[];
  /** Requests that Azure throttled or did not answer, and that were sent again: in the order in which they were. */
  readonly waits?: readonly RequestWait[];
};

type RequestWait = { readonly at: Time; readonly delaySeconds: Amount; readonly because: string };

/**
 * How a run stands, or how it ended, as JSON. Of a command that carried out several plans one after the other: the last run,
 * which has those `before` it.
 */
export type RunsDocument = RunDocument & { readonly before?: readonly RunDocument[] };

/** What is known of a run, kept up to date event by event: it holds a few facts a step and a wait, and the last event. */
export type RunStory = {
  readonly take: (event: RecordedEvent) => void;
  /** What the run still owes now: one line a step, with the command that does it by hand. */
  readonly owed: () => readonly string[];
  readonly document: () => RunDocument;
};

/**
 * Begins the story of a run of this plan, in which nothing has happened. `options`: those a later command needs to find
 * the run, as the state folder.
 */
export function runStory(run: string, plan: Plan, options: readonly string[] = []): RunStory {
  const ledger = undoingLedger(plan.steps);
  const steps = stepStories(plan);
  const waits: RequestWait[] = [];
  const stops: { readonly from: Time; readonly to: Time }[] = [];
  let first: RecordedEvent | undefined;
  let last: RecordedEvent | undefined;
  let azure = "";
  const owed = (): readonly string[] => byHand(ledger.due());
  return {
    take: (event) => {
      first ??= event;
      if (event.type === "run-resumed" && last !== undefined) stops.push({ from: last.at, to: event.at });
      last = event;
      if (event.type === "run-started") azure = event.azure;
      ledger.take(event);
      steps.take(event);
      if (event.type !== "request-retried") return;
      waits.push({ at: event.at, delaySeconds: event.delaySeconds, because: event.because });
    },
    owed,
    // The end of the run, unless it was continued afterwards.
    document: () => {
      const end = last?.type === "run-ended" ? last : undefined;
      const reports = steps.reports();
      const verified = new Set(reports.filter(({ state }) => state === "verified").map(({ id }) => id));
      const isVerified = ({ id }: Step): boolean => verified.has(id);
      const recover = wayBackOf({ run, plan, azure, options, isVerified, outcome: end?.outcome });
      return {
        ...documentOf({ run, plan, recover }, reports, end ?? owed()),
        ...(first === undefined || last === undefined ? {} : { startedAt: first.at, lastEventAt: last.at }),
        ...(stops.length === 0 ? {} : { stops: [...stops] }),
        ...(waits.length === 0 ? {} : { waits: [...waits] }),
      };
    },
  };
}

/** How a run stands after these events. Reads them once. */
export function runDocument(
  run: string,
  plan: Plan,
  events: Iterable<RecordedEvent>,
  options: readonly string[] = [],
): RunDocument {
  const story = runStory(run, plan, options);
  for (const event of events) story.take(event);
  return story.document();
}

/** `end`: how the run ended, or what it owes when it has not. */
function documentOf(
  { run, plan, recover }: { readonly run: string; readonly plan: Plan; readonly recover: WayBack | undefined },
  steps: readonly StepReport[],
  end: Ended | readonly string[],
): RunDocument {
  const about = {
    formatVersion: 1,
    run,
    plan: plan.id,
    vault: plan.vault,
    ...(plan.recovery === undefined ? {} : { recovery: plan.recovery }),
  } as const;
  const wayBack = recover === undefined ? {} : { recover };
  if (!("type" in end))
    return { ...about, ended: false, ...(end.length === 0 ? {} : { notPutBack: end }), ...wayBack, steps };
  const { exitCode, resumable, counts, outcome, resumeAfter, reason, notPutBack } = end;
  return {
    ...about,
    ended: true,
    exitCode,
    resumable,
    ...(resumeAfter === undefined ? {} : { resumeAfter }),
    ...(reason === undefined ? {} : { reason }),
    ...(notPutBack === undefined ? {} : { notPutBack }),
    counts,
    ...(outcome === undefined ? {} : { outcome, remains: namedRemains(plan) }),
    ...wayBack,
    steps,
  };
}
