// Reports as Markdown, for pull requests and job summaries: the outcome in the first line, the most important above the rest,
// never longer than a comment may be.

import type { DocumentText } from "../document-text.ts";
import { runHeadline } from "../outcome-words.ts";
import type { Report } from "../report.ts";
import { answerFacts, answerSections } from "./answer.ts";
import { sectionsOfBefore } from "./before.ts";
import { markup, prose, type Markdown } from "./escape.ts";
import { planFacts, planHeadline, planSections } from "./plan.ts";
import { runFacts, runSections } from "./run.ts";
import { boundedDocument, longestComment, type Section } from "./sections.ts";

/**
 * `longest`: in UTF-16 units, of which a text has at least as many as characters. It is kept whatever the size of the vault;
 * what was cut, and where it is, is said.
 */
export function markdownReport(report: Report, options: { readonly longest?: number } = {}): DocumentText {
  const { headline, facts, sections } = partsOf(report);
  const head = markup`## ${prose(headline)}\n\n${facts}\n`;
  return boundedDocument(head, sections, options.longest ?? longestComment);
}

type Parts = { readonly headline: string; readonly facts: Markdown; readonly sections: readonly Section[] };

function partsOf(report: Report): Parts {
  switch (report.about) {
    case "plan":
      return {
        headline: planHeadline(report.plan),
        facts: planFacts(report.plan),
        sections: planSections(report.plan),
      };
    case "run":
      return {
        headline: runHeadline(report.run),
        facts: runFacts(report.run),
        sections: [...runSections(report.run, report.plan), ...sectionsOfBefore(report.before)],
      };
    case "answer":
      return {
        headline: report.answer.reason,
        facts: answerFacts(report.answer, report.plan),
        sections: answerSections(report.answer),
      };
    default:
      return report satisfies never;
  }
}
