// How a run ended, for people and as one JSON document. Draws from the plan and the recorded events alone.

import type { Disposition, RecordedEvent } from "../model/event.ts";
import type { Plan } from "../model/plan.ts";
import type { Recovery } from "../model/recovery.ts";
import type { Step } from "../model/step.ts";
import { byHand, undoingLedger } from "../model/undoing.ts";
import { namedRemains, remainsBySort, type NamedRemainder } from "./remains.ts";
import { afterwardsText, byHandText } from "./recovery-text.ts";
import { terminalText, type TerminalText } from "./terminal-text.ts";
import { wayBackOf, wayBackText, type WayBack } from "./way-back.ts";

type Ended = Extract<RecordedEvent, { readonly type: "run-ended" }>;
type Failed = Extract<RecordedEvent, { readonly type: "step-failed" }>;

export type RunDocument = {
  readonly formatVersion: 1;
  readonly run: string;
  readonly plan: string;
  readonly vault: Plan["vault"];
  /** What this run brings back; absent of a teardown. */
  readonly recovery?: Recovery;
  readonly ended: boolean;
  readonly exitCode?: number;
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
};

type StepReport = {
  readonly id: string;
  readonly action: string;
  readonly name: string;
  readonly target: string;
  readonly state: "pending" | "intended" | "accepted" | "verified" | "failed" | "skipped";
  readonly at?: string;
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

/** What is known of a run, kept up to date event by event: it holds one event a step and the last one. */
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
  const latest = new Map<string, RecordedEvent>();
  let last: RecordedEvent | undefined;
  let azure = "";
  const owed = (): readonly string[] => byHand(ledger.due());
  return {
    take: (event) => {
      last = event;
      if (event.type === "run-started") azure = event.azure;
      ledger.take(event);
      if ("step" in event && event.type !== "step-retried") latest.set(event.step, event);
    },
    owed,
    // The end of the run, unless it was continued afterwards.
    document: () => {
      const end = last?.type === "run-ended" ? last : undefined;
      const isVerified = ({ id }: Step): boolean => latest.get(id)?.type === "step-verified";
      const recover = wayBackOf({ run, plan, azure, options, isVerified, outcome: end?.outcome });
      return documentOf({ run, plan, recover }, latest, end ?? owed());
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
  latest: ReadonlyMap<string, RecordedEvent>,
  end: Ended | readonly string[],
): RunDocument {
  const steps = plan.steps.map((step) => ({
    id: step.id,
    action: step.action,
    name: step.name,
    target: step.target,
    ...stateOf(latest.get(step.id)),
  }));
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

function stateOf(event: RecordedEvent | undefined): Pick<StepReport, "state"> & Partial<StepReport> {
  if (event === undefined) return { state: "pending" };
  switch (event.type) {
    case "step-intended":
      return { state: "intended", at: event.at };
    case "step-accepted":
      return { state: "accepted", at: event.at };
    case "step-verified":
      return { state: "verified", at: event.at, evidence: event.evidence };
    case "step-failed":
      return { state: "failed", at: event.at, ...failureOf(event) };
    case "step-skipped":
      return { state: "skipped", at: event.at, because: event.because };
    case "step-retried":
    case "run-started":
    case "run-resumed":
    case "run-ended":
      return { state: "pending" };
    default:
      return event satisfies never;
  }
}

function failureOf(event: Failed): Partial<StepReport> {
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

export function runText(document: RunDocument): TerminalText {
  const { name } = document.vault;
  const lines = [
    headline(document, name),
    ...evidenceText(document),
    ...remainsText(document),
    ...countsText(document),
  ];
  for (const step of document.steps.filter((candidate) => candidate.state === "failed"))
    lines.push(...failureText(step));
  if (document.reason !== undefined) lines.push(`reason    ${document.reason}`);
  for (const left of document.notPutBack ?? []) lines.push(`open      not put back: ${left}`);
  if (document.resumable === true)
    lines.push(`continue  the same command goes on where this run stopped${after(document)}`);
  if (document.outcome?.kind === "recovered") lines.push(...labelled("after", afterwardsText(document)));
  if (document.recovery !== undefined) lines.push(...labelled("by hand", byHandText(document.recovery.byHand)));
  if (document.recover !== undefined) lines.push(...wayBackText(document.recover));
  lines.push(`run       ${document.run}`);
  return terminalText(lines);
}

function labelled(label: string, lines: readonly string[]): readonly string[] {
  return lines.map((line) => `${label.padEnd(10)}${line}`);
}

function headline(document: RunDocument, name: string): string {
  const { outcome, recovery } = document;
  const command = recovery === undefined ? "apply" : "recover";
  if (!document.ended) return `unfinished: the run on ${name} has not ended; ${command} continues it`;
  if (outcome === undefined)
    return recovery === undefined
      ? `not done: ${name} ${notDone(document.exitCode, "stands")}`
      : `not done: the recovery of ${name} ${notDone(document.exitCode, "is unfinished")}`;
  if (outcome.kind === "recovered") return `back: ${name} stands, and what was to return is listed again`;
  if (outcome.kind === "soft-deleted")
    return `gone: ${name} is soft-deleted${outcome.until === undefined ? "" : `; Azure purges it at ${outcome.until}`}`;
  return outcome.kind === "purged" ? `gone: ${name} is purged, for good` : `gone: Azure no longer has ${name}`;
}

function notDone(exitCode: number | undefined, how: string): string {
  if (exitCode === 1) return `${how}: the run had to stop and is saved`;
  if (exitCode === 3) return "is blocked: a person must act first";
  if (exitCode === 4) return "cannot be finished now, but later";
  if (exitCode === 130) return `${how}: the run was interrupted and saved`;
  return `${how}: some steps failed, the rest that could be done was done`;
}

function evidenceText({ outcome }: RunDocument): readonly string[] {
  if (outcome === undefined) return [];
  // Journals of earlier versions do not know the second list.
  const notShown: readonly string[] | undefined = outcome.notShown;
  return [
    ...outcome.evidence.map((line) => `proved    ${line}`),
    ...(notShown ?? []).map((line) => `not shown ${line}`),
  ];
}

function remainsText({ remains = [] }: RunDocument): readonly string[] {
  return remainsBySort(remains).map((line) => `remains   ${line}`);
}

function countsText({ counts }: RunDocument): readonly string[] {
  if (counts === undefined) return [];
  const { verified, failed, skipped, open } = counts;
  return [`steps     ${verified} verified, ${failed} failed, ${skipped} skipped, ${open} open`];
}

function failureText(step: StepReport): readonly string[] {
  return [
    `${(step.disposition ?? "failed").padEnd(10)}${step.id} ${step.name}: ${step.code ?? ""}: ${step.message ?? ""}`,
    `          to do: ${step.remedy ?? ""}`,
    ...(step.correlationId === undefined ? [] : [`          correlation id ${step.correlationId}`]),
  ];
}

function after(document: RunDocument): string {
  return document.resumeAfter === undefined ? "" : `, after ${document.resumeAfter}`;
}
