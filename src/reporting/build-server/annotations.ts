// What of a report a build server puts beside the step: what somebody must act on, the most important first, no more than it
// shows. The report has all of it.

import type { Blocker } from "../../model/blocker.ts";
import type { Answer } from "../answer.ts";
import { differenceText, runHeadline } from "../outcome-words.ts";
import type { Report } from "../report.ts";
import type { RunDocument } from "../run-document.ts";
import type { StepReport } from "../step-report.ts";
import { shortened } from "../words.ts";
import { issueCommand, type BuildServer, type BuildServerCommand, type Issue, type Severity } from "./commands.ts";

/** GitHub shows ten errors, ten warnings and ten notices of a step. */
const mostShown = 10;

/** Longer than any of Azure's messages that was recorded; GitHub cuts at 64 KiB. */
const longestMessage = 2000;

/** None where all is as it should be. */
export function annotations(report: Report, server: BuildServer): readonly BuildServerCommand[] {
  const issues = issuesOf(report);
  return (["error", "warning", "notice"] as const)
    .flatMap((severity) => capped(severity, issues))
    .flatMap((issue) => issueCommand(server, { ...issue, message: shortened(issue.message, longestMessage) }) ?? []);
}

/** The last line says how many more there are. */
function capped(severity: Severity, issues: readonly Issue[]): readonly Issue[] {
  const same = issues.filter((issue) => issue.severity === severity);
  if (same.length <= mostShown) return same;
  const shown = same.slice(0, mostShown - 1);
  const more = same.length - shown.length;
  return [...shown, { severity, title: `${more} more`, message: `${more} more of this kind stand in the report` }];
}

function issuesOf(report: Report): readonly Issue[] {
  switch (report.about) {
    case "plan":
      return [
        ...report.plan.blockers.map((blocker) => blockerIssue(blocker)),
        ...report.plan.warnings.map((message) => ({ severity: "warning", title: "plan", message }) as const),
      ];
    case "run":
      return [report, ...(report.before ?? [])].flatMap(({ run }) => runIssues(run));
    case "answer":
      return answerIssues(report.answer);
    default:
      return report satisfies never;
  }
}

function blockerIssue({ code, reason, fix, who, until }: Blocker): Issue {
  const when = until === undefined ? "" : `, not before ${until}`;
  return { severity: "error", title: code, message: `${reason}; to do: ${fix} (who: ${who}${when})` };
}

/** What is left open and what a person must do before what could be tried again; what only takes time is a warning. */
function runIssues(run: RunDocument): readonly Issue[] {
  const { steps, notPutBack = [], exitCode } = run;
  const failed = steps.filter(({ state }) => state === "failed");
  const of = (wanted: StepReport["disposition"]): readonly Issue[] =>
    failed.filter(({ disposition = "failed" }) => disposition === wanted).map((step) => stepIssue(step));
  return [
    ...notPutBack.map((line) => owedIssue(line)),
    ...of("blocked"),
    ...of("failed"),
    ...(exitCode === 0 ? [] : [endIssue(run)]),
    ...of("waiting"),
  ];
}

/** A run that can go on by itself later is no error. */
function endIssue(run: RunDocument): Issue {
  const { exitCode, reason, resumeAfter, recovery } = run;
  const later = exitCode === 4 || exitCode === undefined;
  const why = reason === undefined ? "" : `; ${reason}`;
  const when = resumeAfter === undefined ? "" : `; the same command goes on after ${resumeAfter}`;
  return {
    severity: later ? "warning" : "error",
    title: recovery === undefined ? "teardown" : "recovery",
    message: `${runHeadline(run)}${why}${when}`,
  };
}

function stepIssue(step: StepReport): Issue {
  const { id, name, disposition, code = "failed", message = "", remedy = "", until, correlationId } = step;
  const when = until === undefined ? "" : `; not before ${until}`;
  const correlation = correlationId === undefined ? "" : ` (correlation id ${correlationId})`;
  return {
    severity: disposition === "waiting" ? "warning" : "error",
    title: code,
    message: `${id} ${name}: ${message}; to do: ${remedy}${when}${correlation}`,
  };
}

function owedIssue(message: string): Issue {
  return { severity: "error", title: "not put back", message };
}

function answerIssues(answer: Answer): readonly Issue[] {
  const { exitCode, reason, blockers = [], differences = [], notPutBack = [], before = [] } = answer;
  const end = {
    severity: exitCode === 4 ? "warning" : "error",
    title: exitCode === 1 ? "error" : `nothing ${before.length === 0 ? "" : "more "}was carried out`,
    message: reason,
  } as const;
  return [
    ...notPutBack.map((line) => owedIssue(line)),
    ...blockers.map((blocker) => blockerIssue(blocker)),
    ...(exitCode === 0 || blockers.length > 0 ? [] : [end]),
    ...differences.map((one) => ({ severity: "error", title: "drift", message: differenceText(one) }) as const),
    ...before.flatMap((run) => runIssues(run)),
  ];
}
