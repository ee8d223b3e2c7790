// Continues an unfinished run: shows what it will still do, asks again, and looks first whether the vault still is what was planned.

import type { Plan } from "../model/plan.ts";
import { planText } from "../reporting/plan-text.ts";
import { objected } from "../reporting/answers.ts";
import { answer } from "./deliver.ts";
import { confirm, isAsked } from "./confirm.ts";
import type { Delivery } from "./delivery.ts";
import { executePlan } from "./execute-plan.ts";
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
  return executePlan(session, unfinished.plan, options, {
    run: unfinished,
    lookFirst: () => whyNot(session, unfinished, options),
  });
}

/** The exit code with which the run is not continued, said; undefined when nothing is against it. */
async function whyNot(session: Session, unfinished: KnownRun, { delivery }: Continuing): Promise<number | undefined> {
  const { plan, run } = unfinished;
  const objection = await objectionToContinuing(session, unfinished);
  if (objection === undefined) return undefined;
  const next = `run ${run} is not continued; begin anew with --fresh`;
  return answer(delivery, objected(plan, objection, next));
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
