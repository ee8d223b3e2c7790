// An answer for people at a terminal: the reason first, then every detail on a line of its own.

import { explainCommands } from "../explanations/explain-command.ts";
import type { Blocker } from "../model/blocker.ts";
import type { Answer } from "./answer.ts";
import { differenceText } from "./outcome-words.ts";
import { planText } from "./plan-text.ts";
import type { AnswerReport } from "./report.ts";
import { terminalText, type TerminalText } from "./terminal-text.ts";

/** A plan that is blocked says by itself what blocks it. */
export function answerText({ answer, plan, isPlanBlocked }: AnswerReport): TerminalText {
  if (isPlanBlocked === true && plan !== undefined) return planText(plan);
  const { reason, differences = [] } = answer;
  return terminalText([differences.length === 0 ? reason : `${reason}. the difference:`, ...detailsOf(answer)]);
}

function detailsOf({ blockers = [], differences = [], notPutBack = [] }: Answer): readonly string[] {
  const explained = explainCommands(blockers.map(({ code }) => code)).map((command) => `explain ${command}`);
  const owed = notPutBack.map((line) => `not put back: ${line}`);
  const lines = [...blockers.map(blockerLine), ...explained, ...differences.map(differenceText), ...owed];
  return lines.map((line) => `  ${line}`);
}

function blockerLine({ code, reason, fix, who }: Blocker): string {
  return `${code}: ${reason}; ${fix} (who: ${who})`;
}
