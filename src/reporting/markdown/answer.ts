// An answer of a command that carried nothing out, as sections of Markdown.

import type { Answer } from "../answer.ts";
import { differenceText, runHeadline } from "../outcome-words.ts";
import { code, markup, prose, type Markdown } from "./escape.ts";
import { item, listSection } from "./lists.ts";
import { blockerSection } from "./plan.ts";
import { runSections } from "./run.ts";
import type { Section } from "./sections.ts";

export function answerFacts({ plan, exitCode }: Answer): Markdown {
  return [
    item(exitCode === 0 ? prose("nothing was changed: there was nothing to do") : prose("nothing was changed")),
    ...(plan === undefined ? [] : [item(markup`plan: ${code(plan)}`)]),
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
