// What to do when a resource guard stood in the way of a step: whom to ask, for what, and where. The error alone does not say it.

import { nameOf, segmentAfter } from "../model/arm-id.ts";
import { AzureError } from "../model/azure-error.ts";
import type { Failure } from "../model/event.ts";
import type { Step } from "../model/step.ts";

/** ARM's and the service's words for a guard that was not passed; most of the service's codes are in no recording. */
const ofGuard = /^LinkedAuthorizationFailed$|ResourceGuard/i;

/** Refusals of status 403 that are about the vault's own scope. */
const ofScope = /^(AuthorizationFailed|RequestDisallowedByPolicy)$/i;

/** The failure with the way out that only the guard's owner has; unchanged where no guard is behind it. */
export function atGuard(step: Step, error: unknown, failure: Failure): Failure {
  if (step.guarded === undefined || !isOfGuard(error)) return failure;
  const { guard } = step.guarded;
  const owner = `its owner, in subscription ${segmentAfter(guard, "subscriptions") ?? "unknown"},`;
  return {
    ...failure,
    disposition: "blocked",
    remedy: `the resource guard ${nameOf(guard)} decides over this step: ask ${owner} for the role Backup MUA Operator on ${guard}, or activate it with Privileged Identity Management; if the guard lies in another tenant, add --guard-tenant <tenant id>; then run the same command again`,
  };
}

function isOfGuard(error: unknown): boolean {
  if (!(error instanceof AzureError)) return false;
  return ofGuard.test(error.code) || (error.status === 403 && !ofScope.test(error.code));
}
