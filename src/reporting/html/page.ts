// A report as one page that asks nothing of any network: outcome first, then what to do, the drawings, and every item. It decides nothing.

import { documentText, type DocumentText } from "../document-text.ts";
import type { Plan } from "../../model/plan.ts";
import type { Report } from "../report.ts";
import type { RunDocument } from "../run-document.ts";
import { answerVerdict, beforeSection, differencesSection } from "./answer-sections.ts";
import { graphFigures, graphSection, nodesOfSteps } from "./graph-section.ts";
import { markup, nothing, type Html } from "./html-text.ts";
import { itemRows } from "./item-rows.ts";
import { itemsData, itemsSection } from "./items-table.ts";
import { pageEnd, pageHead, type PageAssets } from "./page-frame.ts";
import { blockerCards, section } from "./parts.ts";
import * as plans from "./plan-sections.ts";
import * as runs from "./run-sections.ts";
import { timelineSection } from "./timeline-section.ts";

export type { PageAssets };

/** The page in pieces, as they are made: what a person reads first is out before the table is. */
export function* htmlReport(report: Report, assets: PageAssets): Generator<DocumentText> {
  for (const { markup } of pageOf(report, assets)) yield documentText([markup]);
}

function* pageOf(report: Report, given: PageAssets): Generator<Html> {
  const assets = hasItems(report.plan) ? given : { ...given, scripts: [] };
  yield pageHead(titleOf(report), assets);
  yield markup`<a class="skip" href="#main">To the report</a>
    <main id="main">`;
  switch (report.about) {
    case "plan":
      yield* planPage(report.plan);
      break;
    case "run":
      yield* runPage(report);
      break;
    case "answer":
      yield* answerPage(report);
      break;
    default:
      report satisfies never;
  }
  yield pageEnd(assets);
}

/** Without them there is nothing for a script to do. */
function hasItems(plan: Plan | undefined): boolean {
  return plan !== undefined && plan.inventory.length + plan.steps.length > 0;
}

function titleOf(report: Report): string {
  const { plan } = report;
  const vault = plan === undefined ? "" : `: ${plan.vault.name}`;
  if (report.about === "plan") return `${plans.planTitle(report.plan)}${vault}`;
  return report.about === "run" ? `${runs.runTitle(report.run)}${vault}` : `Nothing carried out${vault}`;
}

function* planPage(plan: Plan): Generator<Html> {
  yield markup`<header>${plans.vaultHeading(plan, plans.planTitle(plan))}${plans.planVerdict(plan)}</header>`;
  yield plans.blockersSection(plan);
  yield plans.howToConfirm(plan);
  yield* planBody(plan);
}

/** What is told of a plan whether or not it can be carried out. */
function* planBody(plan: Plan): Generator<Html> {
  yield plans.warningsSection(plan);
  yield plans.lossesSection(plan);
  const figures = graphFigures(plan);
  yield graphSection(figures, plan);
  yield plans.remainsSection(plan);
  yield plans.planFacts(plan);
  yield plans.permissionsSection(plan);
  yield* items(plan, figures);
}

function* runPage(report: Extract<Report, { readonly about: "run" }>): Generator<Html> {
  const { plan, run } = report;
  yield markup`<header>${plans.vaultHeading(plan, runs.runTitle(run))}${runs.runVerdict(run)}</header>`;
  yield runs.failuresSection(run);
  yield runs.openSection(run);
  yield runs.proofSection(run);
  yield runs.undoSection(run);
  yield timelineSection(report);
  const figures = graphFigures(plan, run.steps);
  yield graphSection(figures, plan);
  yield runs.runRemainsSection(run);
  yield plans.warningsSection(plan);
  yield plans.lossesSection(plan);
  yield runs.runFacts(run);
  yield plans.permissionsSection(plan);
  yield* items(plan, figures, run);
}

function* answerPage({ answer, plan }: Extract<Report, { readonly about: "answer" }>): Generator<Html> {
  yield markup`<header>
    ${plan === undefined ? markup`<h1>Nothing carried out</h1>` : plans.vaultHeading(plan, "Nothing carried out")}${answerVerdict(answer)}
  </header>`;
  const own = plan?.blockers ?? [];
  const further = (answer.blockers ?? []).filter((blocker) => !own.some((known) => sameBlocker(known, blocker)));
  yield section(
    "answer-blockers",
    "What stands in the way",
    further.length === 0 ? undefined : blockerCards(further),
    "urgent",
  );
  yield differencesSection(answer);
  yield beforeSection(answer);
  if (plan === undefined) yield markup`</main>`;
  else {
    yield plans.blockersSection(plan);
    yield* planBody(plan);
  }
}

type Named = { readonly code: string; readonly subject: string; readonly reason: string };

function sameBlocker(one: Named, other: Named): boolean {
  return one.code === other.code && one.subject === other.subject && one.reason === other.reason;
}

/** The last section, whose rows may be many, the end of what is shown, and the rows as data. */
function* items(plan: Plan, figures: ReturnType<typeof graphFigures>, run?: RunDocument): Generator<Html> {
  const rows = itemRows(plan, run?.steps);
  const ofRun = run !== undefined;
  yield* rows.length === 0 ? [nothing] : itemsSection(rows, ofRun);
  yield markup`</main><footer><p>${plan.tool}. Plan <code>${plan.id}</code>, made ${plan.createdAt}. This page loads nothing from anywhere.</p></footer>`;
  if (rows.length > 0) yield* itemsData(rows, ofRun, nodesOfSteps(figures, plan));
}
