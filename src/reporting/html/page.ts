// A report as one page that asks nothing of any network: outcome first, then what to do, the drawings, and every item. It decides nothing.

import type { Plan } from "../../model/plan.ts";
import { documentText, type DocumentText } from "../document-text.ts";
import type { Report, RunReport } from "../report.ts";
import { answerVerdict, beforeSection, differencesSection, furtherBlockers, owedSection } from "./answer-sections.ts";
import type { GraphFigure } from "./graph-figure.ts";
import { graphFigures, graphSection, nodesOfSteps } from "./graph-section.ts";
import { markup, nothing, type Html } from "./html-text.ts";
import { itemRows } from "./item-rows.ts";
import { itemsData, itemsHeading, itemsSection } from "./items-table.ts";
import { pageEnd, pageHead, type PageAssets } from "./page-frame.ts";
import { contentsOf, type Section } from "./parts.ts";
import * as plans from "./plan-sections.ts";
import * as runs from "./run-sections.ts";
import { timelineSection } from "./timeline-section.ts";

export type { PageAssets };

/** The page in pieces, as they are made: what a person reads first is out before the table is. */
export function* htmlReport(report: Report, assets: PageAssets): Generator<DocumentText> {
  for (const { markup } of pageOf(report, assets)) yield documentText([markup]);
}

function* pageOf(report: Report, given: PageAssets): Generator<Html> {
  const { plan } = report;
  const run = report.about === "run" ? report.run : undefined;
  const rows = plan === undefined ? [] : itemRows(plan, run?.steps);
  // Without items there is nothing for a script to do.
  const assets = rows.length === 0 ? { ...given, scripts: [] } : given;
  const figures = plan === undefined ? [] : graphFigures(plan, run?.steps);
  const sections = sectionsOf(report, figures);
  const headings = [...sections.flatMap(({ contents }) => contents), ...(rows.length === 0 ? [] : [itemsHeading])];
  yield pageHead(titleOf(report), assets);
  yield markup`<a class="skip" href="#main">To the report</a><main id="main"><header>${headOf(report)}</header>${contentsOf(headings)}`;
  yield* sections;
  if (rows.length > 0) yield* itemsSection(rows, run !== undefined);
  yield markup`</main>${plan === undefined ? nothing : footer(plan)}`;
  if (plan !== undefined && rows.length > 0) yield* itemsData(rows, run !== undefined, nodesOfSteps(figures, plan));
  yield pageEnd(assets);
}

function footer({ tool, id, createdAt }: Plan): Html {
  return markup`<footer><p>${tool}. Plan <code>${id}</code>, made ${createdAt}. This page loads nothing from anywhere.</p></footer>`;
}

function titleOf(report: Report): string {
  const { plan } = report;
  const vault = plan === undefined ? "" : `: ${plan.vault.name}`;
  if (report.about === "plan") return `${plans.planTitle(report.plan)}${vault}`;
  return report.about === "run" ? `${runs.runTitle(report.run)}${vault}` : `${nothingDone}${vault}`;
}

const nothingDone = "Nothing carried out";

/** What is read first: which vault, and how it stands. */
function headOf(report: Report): Html {
  switch (report.about) {
    case "plan":
      return markup`${plans.vaultHeading(report.plan, plans.planTitle(report.plan))}${plans.planVerdict(report.plan)}`;
    case "run":
      return markup`${plans.vaultHeading(report.plan, runs.runTitle(report.run))}${runs.runVerdict(report.run)}`;
    case "answer": {
      const { plan, answer } = report;
      const heading = plan === undefined ? markup`<h1>${nothingDone}</h1>` : plans.vaultHeading(plan, nothingDone);
      return markup`${heading}${answerVerdict(answer)}`;
    }
    default:
      return report satisfies never;
  }
}

function sectionsOf(report: Report, figures: readonly GraphFigure[]): readonly Section[] {
  switch (report.about) {
    case "plan": {
      const { plan } = report;
      return [plans.blockersSection(plan), plans.howToConfirm(plan), ...planSections(plan, figures)];
    }
    case "run":
      return runSections(report, figures);
    case "answer": {
      const { answer, plan } = report;
      const own = [
        owedSection(answer),
        furtherBlockers(answer, plan),
        differencesSection(answer),
        beforeSection(answer.before),
      ];
      return plan === undefined ? own : [...own, plans.blockersSection(plan), ...planSections(plan, figures)];
    }
    default:
      return report satisfies never;
  }
}

/** What is told of a plan whether or not it can be carried out. */
function planSections(plan: Plan, figures: readonly GraphFigure[]): readonly Section[] {
  return [
    plans.warningsSection(plan),
    plans.lossesSection(plan),
    graphSection(figures, plan),
    plans.remainsSection(plan),
    plans.afterwardsSection(plan),
    plans.byHandSection(plan),
    plans.planFacts(plan),
    plans.permissionsSection(plan),
  ];
}

function runSections(report: RunReport, figures: readonly GraphFigure[]): readonly Section[] {
  const { plan, run, before } = report;
  return [
    runs.failuresSection(run),
    runs.openSection(run),
    runs.proofSection(run),
    beforeSection(before?.map((earlier) => earlier.run)),
    runs.undoSection(run),
    timelineSection(report),
    graphSection(figures, plan),
    runs.runRemainsSection(run),
    plans.byHandSection(run),
    plans.warningsSection(plan),
    plans.lossesSection(plan),
    runs.runFacts(run),
    plans.permissionsSection(plan),
  ];
}
