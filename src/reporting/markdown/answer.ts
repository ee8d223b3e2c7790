// An answer of a command that carried nothing out, as sections of Markdown.

import type { Plan } from "../../model/plan.ts";
import type { Answer } from "../answer.ts";
import { differenceText } from "../outcome-words.ts";
import { sectionsOfBefore } from "./before.ts";
import { code, markup, prose, type Markdown } from "./escape.ts";
import { item, listSection } from "./lists.ts";
import { blockerSection } from "./plan.ts";
import { owedSection } from "./run.ts";
import type { Section } from "./sections.ts";

/** `plan`: the one it is about, where there is one. */
export function answerFacts({ plan: id, exitCode, before = [] }: Answer, plan?: Plan): Markdown {
  const done = before.length === 0 ? "nothing was carried out" : "nothing more was carried out than what is told below";
  return [
    item(prose(exitCode === 0 ? `${done}: there was nothing to do` : done)),
    ...(plan === undefined ? [] : [item(markup`vault: ${code(plan.vault.id)}`)]),
    ...(id === undefined ? [] : [item(markup`plan: ${code(id)}`)]),
  ].join("\n") as Markdown;
}

export function answerSections(answer: Answer): readonly Section[] {
  const { blockers = [], differences = [], notPutBack = [], before = [] } = answer;
  return [
    owedSection(notPutBack),
    blockerSection(blockers),
    listSection({ title: "differences", lines: differences.map((one) => differenceText(one)) }, 1),
    ...sectionsOfBefore(before.map((run) => ({ run }))),
  ];
}
