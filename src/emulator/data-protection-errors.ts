// Error bodies of Microsoft.DataProtection, as recorded. It must not decide when an error is due.
import type { Answer } from "./answers.ts";
import { newGuid } from "./guids.ts";
import type { Properties } from "./json.ts";
import type { State } from "./state.ts";

/** Recorded for CloudInternalError (azext2024__test_dataprotection_restorable_time_range_find); other codes have their own. */
const recommendedAction: readonly string[] = [
  "Wait for a few minutes and then try the operation again. If the issue persists, please contact Microsoft support.",
];

/** Recorded: a refusal names no cause, a failure does (azext2024__test_dataprotection_restorable_time_range_find). */
export function dataProtectionError(
  state: State,
  { status, code, message }: { readonly status: number; readonly code: string; readonly message: string },
): Answer {
  const info = { ...infoOf(state, code, message), details: null, innerError: null };
  const error = { additionalInfo: [{ type: "UserFacingError", info }], code, message, target: null, details: null };
  const answer = { status, body: { error } };
  return status < 500 ? answer : { ...answer, headers: { "x-ms-failure-cause": "service" } };
}

/** Recorded: inside a failed operation the same without null members (azext2022__test_dataprotection_Scenario). */
export function userFacingError(state: State, code: string, message: string): Properties {
  return { additionalInfo: [{ type: "UserFacingError", info: infoOf(state, code, message) }], code, message };
}

/** Recorded: azext2024__test_dataprotection_backup_instance_softdelete, an undelete of what is not there. */
export function dataProtectionNotFound(): Answer {
  const code = "UserErrorGenericResourceNotFound";
  const message =
    "Azure resource does not exist. Please make sure required resources exist. If the issue persists, contact Microsoft support.";
  const error = { code, message, target: null, details: null };
  return { status: 404, headers: { "x-ms-error-code": code }, body: { error } };
}

function infoOf(state: State, code: string, message: string): Properties {
  return {
    message,
    recommendedAction,
    code,
    target: "",
    isRetryable: false,
    isUserError: false,
    properties: { ActivityId: newGuid(state) },
  };
}
