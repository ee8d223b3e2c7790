// Error answers: ARM's own, and those a resource provider gives, which spell out null members.
// It must not decide when an error is due.
import type { Answer } from "./answers.ts";

/** From Azure Resource Manager itself (recorded: azcli2025p__test_vault_soft_delete_with_items_cleanup). */
export function armError(status: number, code: string, message: string): Answer {
  return { status, headers: { "x-ms-failure-cause": "gateway" }, body: { error: { code, message } } };
}

type Requests = "reads" | "writes" | "deletes";

/** Field report (velero 9171) for code and text, the actor being whoever asks; the header is documented. */
export function throttled(kind: Requests, segments: readonly string[], seconds: number): Answer {
  const [scope = "", subscription = ""] = segments;
  const headers = { "Retry-After": String(seconds) };
  if (scope.toLowerCase() === "providers") return { status: 429, headers, body: { error: ofGraph } };
  const message = `Number of '${kind.slice(0, -1)}' requests for subscription '${subscription}' actor '${nobody}' exceeded. Please try again after '${seconds}' seconds after additional tokens are available. Refer to https://aka.ms/arm-throttling for additional information.`;
  const answer = armError(429, "SubscriptionRequestsThrottled", message);
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

/** Resource Graph's own, the one provider outside subscriptions; the code is documented, the text unverified. */
const ofGraph = {
  code: "RateLimiting",
  message: "Too many queries of this caller. Repeat the request after some time.",
};

const nobody = "00000000-0000-0000-0000-000000000000";

/** A refusal of Recovery Services, with three explicit nulls and no cause (recorded: hist__test_backup_item__cca71157). */
export function serviceError(status: number, code: string, message: string): Answer {
  return { status, body: { error: { code, message, target: null, details: null, innerError: null } } };
}

/** A failure of a service, bare and with its cause (recorded: hist__test_backup_rg_mapping__81d7f620). */
export function serviceFailure(status: number, code: string, message: string): Answer {
  return { status, headers: { "x-ms-failure-cause": "service" }, body: { error: { code, message } } };
}

export function resourceNotFound(type: string, name: string, resourceGroup: string): Answer {
  const message = `The Resource '${type}/${name}' under resource group '${resourceGroup}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`;
  return armError(404, "ResourceNotFound", message);
}

/** The wording for things inside a vault is not recorded. */
export function notFoundInVault(name: string): Answer {
  return serviceError(404, "ResourceNotFound", `Resource '${name}' was not found.`);
}

export function resourceGroupNotFound(resourceGroup: string): Answer {
  return armError(404, "ResourceGroupNotFound", `Resource group '${resourceGroup}' could not be found.`);
}

export function subscriptionNotFound(subscription: string): Answer {
  return armError(404, "SubscriptionNotFound", `The subscription '${subscription}' could not be found.`);
}

export function missingApiVersion(): Answer {
  const message = "The api-version query parameter (?api-version=) is required for all requests.";
  return armError(400, "MissingApiVersionParameter", message);
}

export function invalidApiVersion(version: string): Answer {
  const message = `The api-version '${version}' is invalid. The supported versions start with a date, as in 2025-08-01.`;
  return armError(400, "InvalidApiVersionParameter", message);
}

export function unknownPath(path: string): Answer {
  return armError(404, "InvalidResourceType", `The emulator knows no resource at '${path}'.`);
}

export function notImplemented(method: string, path: string): Answer {
  return armError(501, "NotImplemented", `The emulator does not support ${method} on '${path}'.`);
}

/** The emulator's own. */
export function emulatorFailure(cause: unknown): Answer {
  const message = cause instanceof Error ? cause.message : String(cause);
  return armError(500, "EmulatorFailure", `The emulator failed: ${message}`);
}

export function invalidInput(message: string): Answer {
  return serviceError(400, "BMSUserErrorInvalidInput", message);
}
