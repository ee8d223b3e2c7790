// How a run ended, for people at a terminal. Draws from the run's document alone.

import { afterwardsText, byHandText } from "./recovery-text.ts";
import { remainsBySort } from "./remains.ts";
import type { RunDocument } from "./run-document.ts";
import { terminalText, type TerminalText } from "./terminal-text.ts";
import type { StepReport } from "./step-report.ts";
import { wayBackText } from "./way-back.ts";

export function runText(document: RunDocument): TerminalText {
  const lines = [runHeadline(document), ...evidenceText(document), ...remainsText(document), ...countsText(document)];
  for (const step of document.steps.filter((candidate) => candidate.state === "failed"))
    lines.push(...failureText(step));
  if (document.reason !== undefined) lines.push(`reason    ${document.reason}`);
  for (const left of document.notPutBack ?? []) lines.push(`open      not put back: ${left}`);
  if (document.resumable === true) lines.push(`continue  ${continueText(document)}`);
  if (document.outcome?.kind === "recovered") lines.push(...labelled("after", afterwardsText(document)));
  if (document.recovery !== undefined) lines.push(...labelled("by hand", byHandText(document.recovery.byHand)));
  if (document.recover !== undefined) lines.push(...wayBackText(document.recover));
  lines.push(`run       ${document.run}`);
  return terminalText(lines);
}

function labelled(label: string, lines: readonly string[]): readonly string[] {
  return lines.map((line) => `${label.padEnd(10)}${line}`);
}

/** How the run stands, in one sentence. */
export function runHeadline(document: RunDocument): string {
  const { outcome, recovery, vault } = document;
  const { name } = vault;
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

/** A line with a label, where the run has ended. */
export function countsText({ counts }: RunDocument): readonly string[] {
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

/** How a run that can be continued is. */
export function continueText({ resumeAfter }: RunDocument): string {
  return `the same command goes on where this run stopped${resumeAfter === undefined ? "" : `, after ${resumeAfter}`}`;
}
