// Site Recovery's error answers, with its own details. It must not decide when an error is due.
import type { Answer } from "../answers.ts";
import { newGuid } from "../guids.ts";
import type { Properties } from "../json.ts";
import type { State } from "../state.ts";

/** Why Site Recovery does not do something. The numbers are the emulator's own: Azure's are not known. */
export type Refusal = {
  readonly code: string;
  readonly message: string;
  readonly possibleCauses: string;
  readonly recommendedAction: string;
};

/** The shape of a recorded 404 (hist__test_siterecovery_A2A_selfcreated_scenarios__38732b93). */
export function errorOf(state: State, refusal: Refusal, code: string = refusal.code): Properties {
  const ids = { clientRequestId: newGuid(state), activityId: newGuid(state) };
  return { code, message: refusal.message, details: [{ ...refusal, ...ids }] };
}

export function refused(state: State, status: number, refusal: Refusal): Answer {
  const answer = { status, body: { error: errorOf(state, refusal) } };
  // recorded: a refusal names no cause; that a failure does is recorded for Backup alone
  return status < 500 ? answer : { ...answer, headers: { "x-ms-failure-cause": "service" } };
}

/** Recorded for the DELETE of a protected item; unverified for all else. */
export function absent(state: State, name: string): Answer {
  const refusal: Refusal = {
    code: "ArmResourceDoesNotExist",
    message: `Specified resource with name '${name}' does not exist.`,
    possibleCauses: "Ensure correct resource name was specified.",
    recommendedAction: "Verify ARM resource name details.",
  };
  return { status: 404, body: { error: errorOf(state, refusal, "NotFound") } };
}
