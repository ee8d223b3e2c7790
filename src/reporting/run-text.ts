// How a run ended, for people at a terminal. Draws from the run's document alone.

import { explainCommands } from "../explanations/explain-command.ts";
import { continueText, runCountsText, runHeadline } from "./outcome-words.ts";
import { afterwardsText, byHandText } from "./recovery-text.ts";
import { remainsBySort } from "./remains.ts";
import type { RunDocument } from "./run-document.ts";
import { terminalText, type TerminalText } from "./terminal-text.ts";
import type { StepReport } from "./step-report.ts";
import { wayBackText } from "./way-back.ts";

export function runText(document: RunDocument): TerminalText {
  const lines = [runHeadline(document), ...evidenceText(document), ...remainsText(document), ...countsText(document)];
  const failures = document.steps.filter(({ state }) => state === "failed");
  for (const step of failures) lines.push(...failureText(step));
  lines.push(...labelled("explain", explainCommands(failures.map(({ code }) => code ?? ""))));
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
  return [`steps     ${runCountsText(counts)}`];
}

function failureText(step: StepReport): readonly string[] {
  return [
    `${(step.disposition ?? "failed").padEnd(10)}${step.id} ${step.name}: ${step.code ?? ""}: ${step.message ?? ""}`,
    `          to do: ${step.remedy ?? ""}`,
    ...(step.correlationId === undefined ? [] : [`          correlation id ${step.correlationId}`]),
  ];
}
