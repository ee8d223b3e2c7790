// What there is to say where nothing is carried out, as data: every format, and the library, tell the same.

import type { Blocker } from "../model/blocker.ts";
import type { Difference } from "../model/difference.ts";
import type { Objection } from "../model/objection.ts";
import type { Plan } from "../model/plan.ts";
import type { Answer } from "./answer.ts";
import type { AnswerReport } from "./report.ts";
import type { RunDocument } from "./run-document.ts";

/** Nothing stands there that could be torn down. */
export function nothingToDo(why: string): AnswerReport {
  return { about: "answer", answer: { exitCode: 0, reason: `nothing to do: ${why}` } };
}

/** Nothing can be brought back as it stands: a person must act, or nobody can. `before`: how what went before has ended. */
export function noWay(
  { reason, todo }: { readonly reason: string; readonly todo: string },
  before: readonly RunDocument[] = [],
): AnswerReport {
  return { about: "answer", answer: { exitCode: 3, reason: `${reason}: ${todo}`, ...doneBefore(before) } };
}

function doneBefore(before: readonly RunDocument[]): Pick<Answer, "before"> {
  return before.length === 0 ? {} : { before };
}

/** The same answer, with what the run it is about still owes. */
export function owing(said: AnswerReport, notPutBack: readonly string[]): AnswerReport {
  return notPutBack.length === 0 ? said : { ...said, answer: { ...said.answer, notPutBack } };
}

/** A plan that a person must unblock first. `before`: how what the same command did before has ended. */
export function blocked(plan: Plan, before: readonly RunDocument[] = []): AnswerReport {
  const said = { exitCode: 3, reason: "blocked: the plan's blockers must be settled first" };
  return {
    about: "answer",
    answer: { ...said, plan: plan.id, blockers: plan.blockers, ...doneBefore(before) },
    plan,
    isPlanBlocked: true,
  };
}

/** What stands against carrying the plan out. `next`: what to do where the vault is no longer what was planned. */
export function objected(plan: Plan, objection: Objection, next: string): AnswerReport {
  switch (objection.code) {
    case "nothing-to-do":
      return nothingToDo(`the vault ${plan.vault.name} is not there`);
    case "incomparable":
      return incomparable(plan, objection.blockers);
    case "drifted":
      return drifted(plan, objection.differences, next);
    case "not-allowed":
      return notAllowed(plan, objection.blockers);
    case "blocked":
      return blocked(plan);
    default:
      return objection satisfies never;
  }
}

/** What cannot be listed cannot be compared with a plan. */
export function incomparable(plan: Plan, blockers: readonly Blocker[]): AnswerReport {
  const reason = `the plan ${plan.id} cannot be compared with the vault ${plan.vault.name}`;
  return { about: "answer", answer: { exitCode: 3, reason, plan: plan.id, blockers }, plan };
}

/** Rights that were there when the plan was made may be gone: found out before a step is taken. */
export function notAllowed(plan: Plan, blockers: readonly Blocker[]): AnswerReport {
  const reason = `you lack permissions that the plan ${plan.id} needs`;
  return { about: "answer", answer: { exitCode: 3, reason, plan: plan.id, blockers }, plan };
}

/** The vault is no longer what was planned; `next`: what to do about it. */
export function drifted(plan: Plan, differences: readonly Difference[], next: string): AnswerReport {
  const reason = `the plan ${plan.id} no longer fits the vault ${plan.vault.name}; ${next}`;
  return { about: "answer", answer: { exitCode: 6, reason, plan: plan.id, differences }, plan };
}
