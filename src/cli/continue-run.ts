// Continues an unfinished run: shows what it will still do, asks again, and looks first whether the vault still is what was planned.

import type { Plan } from "../model/plan.ts";
import { planText } from "../reporting/plan-text.ts";
import { objected, owing } from "../reporting/answers.ts";
import type { AnswerReport } from "../reporting/report.ts";
import { answer } from "./deliver.ts";
import { confirm, isAsked } from "./confirm.ts";
import type { Delivery } from "./delivery.ts";
import { execute, tellOfRun } from "./execute-plan.ts";
import { sayOwed } from "./left-open.ts";
import { planOptions } from "./make-plan.ts";
import { objectionToContinuing } from "./objections.ts";
import type { ApplyArguments } from "./options.ts";
import type { KnownRun } from "./stored-runs.ts";
import { say, show } from "./streams.ts";
import { UserError } from "./user-error.ts";
import type { Session } from "./wire.ts";

type Continuing = ApplyArguments & { readonly delivery: Delivery };

/** Returns the exit code. Throws UserError where it is declined or asked for with other options, and what carryOut throws. */
export async function continueRun(session: Session, unfinished: KnownRun, options: Continuing): Promise<number> {
  // Said before it may be declined or refused: then nothing is put back.
  sayOwed(unfinished);
  requireSameOptions(unfinished, options);
  announce(unfinished, options);
  await confirm(unfinished.plan, options.confirm);
  let refusal: AnswerReport | undefined;
  const lookFirst = async (): Promise<number | undefined> => {
    refusal = await whyNot(session, unfinished);
    return refusal?.answer.exitCode;
  };
  const done = await execute(session, unfinished.plan, options, { run: unfinished, lookFirst });
  if (!("refused" in done)) return tellOfRun(unfinished.plan, done, options);
  // Told only now: what the run has taken was to be put back first.
  if (options.format !== "text") say(...done.notPutBack.map((line) => `not put back: ${line}`));
  return refusal === undefined ? done.refused : answer(options.delivery, owing(refusal, done.notPutBack));
}

/** Why the run is not continued; undefined when nothing is against it. */
async function whyNot(session: Session, unfinished: KnownRun): Promise<AnswerReport | undefined> {
  const { plan, run } = unfinished;
  const objection = await objectionToContinuing(session, unfinished);
  if (objection === undefined) return undefined;
  return objected(plan, objection, `run ${run} is not continued; begin anew with --fresh`);
}

/** What a run does was decided when it was planned: an option that says otherwise is refused, never ignored. */
function requireSameOptions({ plan, run }: KnownRun, options: ApplyArguments): void {
  const asked = planOptions(options);
  const same =
    (options.strategy === undefined || asked.strategy === plan.strategy) &&
    (options.allow === undefined || asked.consents.join() === plan.consents.join()) &&
    (options.keep === undefined || asked.keepPrivateEndpoints === plan.options.keepPrivateEndpoints);
  if (same) return;
  throw new UserError(
    `run ${run} on ${plan.vault.name} is unfinished and was planned with other options (${optionsOf(plan)}): continue it without planning options, or begin anew with --fresh`,
  );
}

function optionsOf({ strategy, consents, options }: Plan): string {
  return [
    `--strategy ${strategy}`,
    ...(consents.length === 0 ? [] : [`--allow ${consents.join(",")}`]),
    ...(options.keepPrivateEndpoints ? ["--keep private-endpoints"] : []),
  ].join(" ");
}

function announce({ plan, run, journal }: KnownRun, options: ApplyArguments): void {
  const lines = [
    ...(journal.tornBytes > 0
      ? [
          `the last line of ${journal.path} was torn (${journal.tornBytes} bytes): it is dropped, and Azure is asked instead`,
        ]
      : []),
    `continuing run ${run} on ${plan.vault.id} (plan ${plan.id}); --fresh would begin anew`,
  ];
  say(...lines);
  if (options.format === "text" || isAsked(options.confirm)) show(planText(plan));
}
