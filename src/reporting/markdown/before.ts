// What the same command carried out before, as sections of Markdown: shorter and later than what it is about.

import type { Plan } from "../../model/plan.ts";
import { runHeadline } from "../outcome-words.ts";
import type { RunDocument } from "../run-document.ts";
import { listSection } from "./lists.ts";
import { runSections } from "./run.ts";
import type { Section } from "./sections.ts";

type Before = { readonly run: RunDocument; readonly plan?: Plan };

/** Each with how it ended first. */
export function sectionsOfBefore(before: readonly Before[] = []): readonly Section[] {
  return before.flatMap(({ run, plan }) => [
    listSection({ title: "done before", lines: [`run ${run.run}: ${runHeadline(run)}`] }, 2),
    ...runSections(run, plan).map((section) => ({ ...section, rank: section.rank + 3 })),
  ]);
}
