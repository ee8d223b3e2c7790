// An answer of a command that carried nothing out, as sections of Markdown.

import type { Plan } from "../../model/plan.ts";
import type { Answer } from "../answer.ts";
import { differenceText, runHeadline } from "../outcome-words.ts";
import { code, markup, prose, type Markdown } from "./escape.ts";
import { item, listSection } from "./lists.ts";
import { blockerSection } from "./plan.ts";
import { runSections } from "./run.ts";
import type { Section } from "./sections.ts";

/** `plan`: the one it is about, where there is one. */
export function answerFacts({ plan: id, exitCode, before = [] }: Answer, plan?: Plan): Markdown {
  const changed = before.length === 0 ? "nothing was changed" : "nothing more was changed than what is told below";
  return [
    item(prose(exitCode === 0 ? `${changed}: there was nothing to do` : changed)),
    ...(plan === undefined ? [] : [item(markup`vault: ${code(plan.vault.id)}`)]),
    ...(id === undefined ? [] : [item(markup`plan: ${code(id)}`)]),
  ].join("\n") as Markdown;
}

export function answerSections({ blockers = [], differences = [], before = [] }: Answer): readonly Section[] {
  return [
    blockerSection(blockers),
    listSection({ title: "differences", lines: differences.map((one) => differenceText(one)) }, 1),
    ...before.flatMap((run) => [
      listSection({ title: "done before", lines: [`run ${run.run}: ${runHeadline(run)}`] }, 2),
      ...runSections(run).map((section) => ({ ...section, rank: section.rank + 3 })),
    ]),
  ];
}
