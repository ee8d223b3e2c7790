// What a command says when it carries nothing out: as one document for machines, in words for people. Errors are not answers: they go to stderr.

import type { Blocker } from "../model/blocker.ts";
import type { Difference } from "../model/difference.ts";
import type { Objection } from "../model/objection.ts";
import type { Plan } from "../model/plan.ts";
import type { Answer, AnswerDocument } from "../reporting/answer.ts";
import { planText } from "../reporting/plan-text.ts";
import type { RunDocument } from "../reporting/run-document.ts";
import { printJson, printLines, say, show } from "./streams.ts";

/** Prints the answer in the format and returns its exit code. `details` are further lines for people, on stderr. */
function answer(format: string, said: Answer, details: readonly string[] = []): number {
  if (format !== "text") printJson({ formatVersion: 1, ...said } satisfies AnswerDocument);
  else if (said.exitCode === 0) printLines(said.reason);
  else say(said.reason, ...details);
  return said.exitCode;
}

/** Nothing stands there that could be torn down. */
export function nothingToDo(format: string, why: string): number {
  return answer(format, { exitCode: 0, reason: `nothing to do: ${why}` });
}

/** Nothing can be brought back as it stands: a person must act, or nobody can. */
export function noWay(format: string, { reason, todo }: { readonly reason: string; readonly todo: string }): number {
  return answer(format, { exitCode: 3, reason: `${reason}: ${todo}` });
}

/** A plan that a person must unblock first. `before`: how what the same command did before has ended. */
export function blocked(format: string, plan: Plan, before: readonly RunDocument[] = []): number {
  if (format === "text") show(planText(plan));
  const said = { exitCode: 3, reason: "blocked: the plan's blockers must be settled first" };
  const done = before.length === 0 ? {} : { before };
  return format === "text" ? 3 : answer(format, { ...said, plan: plan.id, blockers: plan.blockers, ...done });
}

/** What stands against carrying the plan out. `next`: what to do where the vault is no longer what was planned. */
export function objected(format: string, plan: Plan, objection: Objection, next: string): number {
  switch (objection.code) {
    case "nothing-to-do":
      return nothingToDo(format, `the vault ${plan.vault.name} is not there`);
    case "incomparable":
      return incomparable(format, plan, objection.blockers);
    case "drifted":
      return drifted(format, plan, objection.differences, next);
    case "not-allowed":
      return notAllowed(format, plan, objection.blockers);
    case "blocked":
      return blocked(format, plan);
    default:
      return objection satisfies never;
  }
}

/** What cannot be listed cannot be compared with a plan. */
export function incomparable(format: string, plan: Plan, blockers: readonly Blocker[]): number {
  const said = { exitCode: 3, reason: `the plan ${plan.id} cannot be compared with the vault ${plan.vault.name}` };
  const details = blockers.map(({ reason, fix }) => `  ${reason}; ${fix}`);
  return answer(format, { ...said, plan: plan.id, blockers }, details);
}

/** Rights that were there when the plan was made may be gone: found out before a step is taken. */
export function notAllowed(format: string, plan: Plan, blockers: readonly Blocker[]): number {
  const said = { exitCode: 3, reason: `you lack permissions that the plan ${plan.id} needs` };
  const details = blockers.map(({ code, reason, fix, who }) => `  ${code}: ${reason}; ${fix} (who: ${who})`);
  return answer(format, { ...said, plan: plan.id, blockers }, details);
}

/** The vault is no longer what was planned; `next`: what to do about it. */
export function drifted(format: string, plan: Plan, differences: readonly Difference[], next: string): number {
  const said = { exitCode: 6, reason: `the plan ${plan.id} no longer fits the vault ${plan.vault.name}; ${next}` };
  const details = differences.map(
    ({ change, kind, name, was, is }) =>
      `  ${change}: ${kind} ${name}${was === undefined ? "" : `, was ${was}`}${is === undefined ? "" : `, is ${is}`}`,
  );
  return answer(format, { ...said, plan: plan.id, differences }, details);
}
