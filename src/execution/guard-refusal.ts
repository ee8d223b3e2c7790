// What to do when a resource guard stood in the way of a step: whom to ask, for what, and where. The error alone does not say it.

import type { Failure } from "../model/event.ts";
import { nameOf, segmentAfter } from "../model/arm-id.ts";
import type { Step } from "../model/step.ts";

/** The refusal of a linked scope: for a guarded step, that is its guard. */
const linked = /^(LinkedAuthorizationFailed|.*ResourceGuard.*)$/i;

/** The failure with the way out that only the guard's owner has; unchanged where no guard is behind it. */
export function atGuard(step: Step, failure: Failure): Failure {
  if (step.guarded === undefined || !linked.test(failure.code)) return failure;
  const { guard } = step.guarded;
  const owner = `its owner, in subscription ${segmentAfter(guard, "subscriptions") ?? "unknown"},`;
  return {
    ...failure,
    disposition: "blocked",
    remedy: `the resource guard ${nameOf(guard)} decides over this step: ask ${owner} for the role Backup MUA Operator on ${guard}, or activate it with Privileged Identity Management; if the guard lies in another tenant, add --guard-tenant <tenant id>; then run the same command again`,
  };
}
