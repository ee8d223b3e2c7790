// A report in a format, piece by piece: which renderer draws what. Renderers are loaded only when their format is asked for.

import type { RecordedEvent } from "../model/event.ts";
import { jsonText, type JsonText } from "../model/json-text.ts";
import { planPieces } from "../planning/plan-document.ts";
import type { AnswerDocument } from "../reporting/answer.ts";
import { answerText } from "../reporting/answer-text.ts";
import type { Format } from "../reporting/formats.ts";
import { planText } from "../reporting/plan-text.ts";
import type { Report, RunReport } from "../reporting/report.ts";
import type { RunsDocument } from "../reporting/run-document.ts";
import { runText } from "../reporting/run-text.ts";
import { terminalText, type TerminalText } from "../reporting/terminal-text.ts";
import type { Piece } from "./streams.ts";

/** The whole document, made while it is read. */
export async function rendered(report: Report, format: Format): Promise<Iterable<Piece>> {
  switch (format) {
    case "text":
      return textOf(report);
    case "json":
      return jsonOf(report);
    case "ndjson":
      return report.about === "run" ? jsonLines(eventsOf(report)) : jsonOf(report);
    case "markdown":
      return [(await import("../reporting/markdown/report.ts")).markdownReport(report)];
    case "junit":
      return [(await import("../reporting/junit.ts")).junitReport(report)];
    case "mermaid":
      return mermaidOf(report);
    case "html":
      return htmlOf(report);
    default:
      return format satisfies never;
  }
}

async function htmlOf(report: Report): Promise<Iterable<Piece>> {
  const [{ htmlReport }, { pageAssets }] = await Promise.all([
    import("../reporting/html/page.ts"),
    import("./page-assets.ts"),
  ]);
  return htmlReport(report, pageAssets());
}

/** The graph of the plan that it is about; where there is none, what there is to say as the only node. */
async function mermaidOf(report: Report): Promise<Iterable<Piece>> {
  const { mermaidOfSentence, mermaidText } = await import("../reporting/mermaid.ts");
  if (report.plan !== undefined) return [mermaidText(report.plan)];
  return report.about === "answer" ? [mermaidOfSentence(report.answer.reason)] : [];
}

const emptyLine = terminalText([""]);

function textOf(report: Report): readonly TerminalText[] {
  switch (report.about) {
    case "plan":
      return [planText(report.plan), ...(report.commands === undefined ? [] : [emptyLine, report.commands.text()])];
    case "run":
      return [...(report.before ?? []), report].map(({ run }) => runText(run));
    case "answer":
      return [answerText(report)];
    default:
      return report satisfies never;
  }
}

function jsonOf(report: Report): Iterable<JsonText> {
  switch (report.about) {
    case "plan":
      return report.commands === undefined
        ? planPieces(report.plan)
        : [`${jsonText(report.commands.document(), 2)}\n` as JsonText];
    case "run":
      return [`${jsonText(runsDocument(report), 2)}\n` as JsonText];
    case "answer":
      return jsonLines([{ formatVersion: 1, ...report.answer } satisfies AnswerDocument]);
    default:
      return report satisfies never;
  }
}

function runsDocument({ run, before = [] }: RunReport): RunsDocument {
  return before.length === 0 ? run : { ...run, before: before.map((earlier) => earlier.run) };
}

function* eventsOf({ events, before = [] }: RunReport): Generator<RecordedEvent, void> {
  for (const earlier of before) yield* earlier.events();
  yield* events();
}

function* jsonLines(values: Iterable<unknown>): Generator<JsonText, void> {
  for (const value of values) yield `${jsonText(value)}\n` as JsonText;
}
