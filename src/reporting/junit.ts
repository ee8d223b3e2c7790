// Reports as JUnit XML, the dialect that Azure Pipelines, GitHub's reporters and Jenkins read: a suite an action, a case a
// step. What was not proved is never a case that passed.

import { explainCommands } from "../explanations/explain-command.ts";
import type { Blocker } from "../model/blocker.ts";
import type { Plan } from "../model/plan.ts";
import type { Answer } from "./answer.ts";
import type { DocumentText } from "./document-text.ts";
import { casesOfSteps, suitesByAction } from "./junit-steps.ts";
import { workedMilliseconds } from "./work-time.ts";
import { junitXml, type Case, type Suite } from "./junit-xml.ts";
import { continueText, differenceText, expectedOutcomeText, runCountsText, runHeadline } from "./outcome-words.ts";
import type { Report, RunReport } from "./report.ts";
import type { RunDocument } from "./run-document.ts";

/** One document for continuous integration. Its failures are what keeps the vault from being gone, or what was to return. */
export function junitReport(report: Report): DocumentText {
  switch (report.about) {
    case "plan":
      return junitXml({ suites: suitesOfPlan(report.plan) });
    case "run":
      return junitXml(runsParts(report));
    case "answer":
      return junitXml({ suites: suitesOfAnswer(report.answer, report.plan) });
    default:
      return report satisfies never;
  }
}

function suitesOfPlan(plan: Plan): readonly Suite[] {
  const about = { at: plan.createdAt, properties: { vault: plan.vault.id, plan: plan.id } };
  const passed: Case = { name: `the plan can be carried out: ${expectedOutcomeText(plan)}` };
  const gates = plan.blockers.length === 0 ? [passed] : plan.blockers.map((blocker) => gateCase(blocker));
  return [
    { name: "gates", cases: gates, ...about },
    ...suitesByAction(
      plan.steps.map(({ id, action, name }) => ({
        action,
        of: { name: `${id} ${name}`, skipped: "planned, not carried out" },
      })),
      about,
    ),
  ];
}

function gateCase({ code, reason, subject, fix, who, until }: Blocker): Case {
  const details = [
    reason,
    `about: ${subject}`,
    `to do: ${fix}`,
    `who: ${who}`,
    ...explainCommands([code]).map((command) => `what it means: ${command}`),
    ...(until === undefined ? [] : [`not before: ${until}`]),
  ];
  return { name: `${code}: ${subject}`, failure: { type: code, message: reason, details } };
}

/** Of several runs it is the work of all of them. */
function runsParts({ run, before = [] }: RunReport): { readonly suites: readonly Suite[]; readonly seconds?: number } {
  const runs = [...before.map((earlier) => earlier.run), run];
  const seconds = runs.map(({ startedAt = "", lastEventAt = startedAt, stops }) =>
    startedAt === "" ? 0 : workedMilliseconds(startedAt, lastEventAt, stops) / 1000,
  );
  return { suites: runs.flatMap((one) => suitesOfRun(one)), seconds: seconds.reduce((sum, one) => sum + one, 0) };
}

function suitesOfRun(run: RunDocument): readonly Suite[] {
  const { startedAt: at, stops } = run;
  const about = {
    ...(at === undefined ? {} : { at }),
    ...(stops === undefined ? {} : { stops }),
    properties: { vault: run.vault.id, plan: run.plan, run: run.run },
  };
  return [...suitesByAction(casesOfSteps(run.steps), about), { name: "outcome", cases: outcomeCases(run), ...about }];
}

/** A run that was cut short has no failed step: the outcome itself says that it is not done. */
function outcomeCases(run: RunDocument): readonly Case[] {
  const { exitCode, resumable, reason, notPutBack = [], outcome } = run;
  const name = runHeadline(run);
  const details = [
    name,
    ...(run.counts === undefined ? [] : [`steps: ${runCountsText(run.counts)}`]),
    ...(reason === undefined ? [] : [`reason: ${reason}`]),
    ...(resumable === true ? [continueText(run)] : []),
  ];
  const type = exitCode === undefined ? "unfinished" : `exit code ${exitCode}`;
  const whole: Case =
    exitCode === 0
      ? { name, output: [...(outcome?.evidence ?? []), ...(outcome?.notShown ?? []).map((one) => `not shown: ${one}`)] }
      : { name, failure: { type, message: reason ?? name, details } };
  return [whole, ...owedCases(notPutBack)];
}

function owedCases(notPutBack: readonly string[]): readonly Case[] {
  return notPutBack.map((line) => ({
    name: `put back: ${line}`,
    failure: { type: "not put back", message: line, details: ["do it by hand with the command above"] },
  }));
}

function suitesOfAnswer(answer: Answer, plan: Plan | undefined): readonly Suite[] {
  const { exitCode, reason, blockers = [], differences = [], notPutBack = [], before = [] } = answer;
  const planId = answer.plan ?? plan?.id;
  const about = {
    ...(plan === undefined ? {} : { at: plan.createdAt }),
    properties: {
      ...(plan === undefined ? {} : { vault: plan.vault.id }),
      ...(planId === undefined ? {} : { plan: planId }),
    },
  };
  const cases = [
    ...blockers.map((blocker) => gateCase(blocker)),
    ...differences.map((one) => ({
      name: differenceText(one),
      failure: { type: `drift: ${one.change}`, message: reason, details: [differenceText(one), `id: ${one.id}`] },
    })),
  ];
  const alone: Case =
    exitCode === 0
      ? { name: reason }
      : { name: reason, failure: { type: `exit code ${exitCode}`, message: reason, details: [reason] } };
  const gates = [...(cases.length === 0 ? [alone] : cases), ...owedCases(notPutBack)];
  return [...before.flatMap((run) => suitesOfRun(run)), { name: "gates", cases: gates, ...about }];
}
