// An answer for people at a terminal: the reason first, then every detail on a line of its own.

import type { Blocker } from "../model/blocker.ts";
import type { Difference } from "../model/difference.ts";
import type { Answer } from "./answer.ts";
import { planText } from "./plan-text.ts";
import type { AnswerReport } from "./report.ts";
import { terminalText, type TerminalText } from "./terminal-text.ts";

/** A plan that is blocked says by itself what blocks it. */
export function answerText({ answer, plan, isPlanBlocked }: AnswerReport): TerminalText {
  if (isPlanBlocked === true && plan !== undefined) return planText(plan);
  return terminalText([answer.reason, ...detailsOf(answer)]);
}

function detailsOf({ blockers = [], differences = [] }: Answer): readonly string[] {
  return [...blockers.map(blockerLine), ...differences.map(differenceLine)].map((line) => `  ${line}`);
}

function blockerLine({ code, reason, fix, who }: Blocker): string {
  return `${code}: ${reason}; ${fix} (who: ${who})`;
}

function differenceLine({ change, kind, name, was, is }: Difference): string {
  return `${change}: ${kind} ${name}${was === undefined ? "" : `, was ${was}`}${is === undefined ? "" : `, is ${is}`}`;
}
