// What became of steps, as cases of JUnit: passed only where Azure was read back.

import { explainCommands } from "../explanations/explain-command.ts";
import type { Case, Suite } from "./junit-xml.ts";
import type { StepReport } from "./step-report.ts";

export type CaseOfAction = { readonly action: string; readonly of: Case };

export function casesOfSteps(steps: readonly StepReport[]): readonly CaseOfAction[] {
  return steps.map((step) => ({
    action: step.action,
    of: { ...timesOf(step), name: `${step.id} ${step.name}`, ...resultOf(step) },
  }));
}

/** One suite an action, in the order of the plan. */
export function suitesByAction(cases: readonly CaseOfAction[], about: Omit<Suite, "name" | "cases">): readonly Suite[] {
  return [...Map.groupBy(cases, ({ action }) => action)].map(([name, same]) => ({
    ...about,
    name,
    cases: same.map((one) => one.of),
  }));
}

function timesOf({ startedAt, at }: StepReport): Pick<Case, "from" | "to"> {
  return {
    ...(startedAt === undefined ? {} : { from: startedAt }),
    ...(startedAt === undefined || at === undefined ? {} : { to: at }),
  };
}

function resultOf(step: StepReport): Pick<Case, "failure" | "skipped" | "output"> {
  const { state, evidence, because } = step;
  switch (state) {
    case "pending":
      return { skipped: "not reached: the run did not come to it" };
    case "intended":
      return { skipped: "begun; what became of it is not known" };
    case "accepted":
      return { skipped: "accepted by Azure; not yet proved" };
    case "verified":
      return evidence === undefined ? {} : { output: [evidence] };
    case "failed":
      return { failure: failureOf(step) };
    case "skipped":
      return { skipped: because === undefined ? "skipped" : `skipped because of ${because}` };
    default:
      return state satisfies never;
  }
}

function failureOf({
  disposition = "failed",
  code = "",
  message = "",
  remedy,
  until,
  correlationId,
}: StepReport): NonNullable<Case["failure"]> {
  return {
    type: code,
    message: `${disposition}: ${message}`,
    details: [
      `${code}: ${message}`,
      ...(remedy === undefined ? [] : [`to do: ${remedy}`]),
      ...(until === undefined ? [] : [`not before: ${until}`]),
      ...(correlationId === undefined ? [] : [`correlation id: ${correlationId}`]),
      ...explainCommands([code]).map((command) => `what it means: ${command}`),
    ],
  };
}
