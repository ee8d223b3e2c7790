// What Azure says with a status when nothing else is asked for: codes, texts and headers of recorded failures.
// It must not decide when a request fails.
import { actionOf, notAuthorized } from "./access.ts";
import type { Answer } from "./answers.ts";
import { newGuid } from "./guids.ts";
import { absentAt, isTopLevel, namespaceOf, providerError, providerOf } from "./provider-errors.ts";
import type { State } from "./state.ts";

/** Not imported: an import reads every member of the module, and some of them make Node load its whole HTTP client. */
const { STATUS_CODES } = process.getBuiltinModule("node:http");

/** The request that fails. */
export type Failing = { readonly method: string; readonly segments: readonly string[]; readonly now: number };

type Wanted = {
  readonly status: number;
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  /** Seconds a throttled client is to wait, as the text names them. */
  readonly seconds?: number | undefined;
};

/** An error answer of the provider the path belongs to; code and message are Azure's own where none are wanted. */
export function failure(state: State, failing: Failing, wanted: Wanted): Answer {
  const { status, code: wantedCode, message: wantedMessage } = wanted;
  if (status === 404 && wantedCode === undefined && wantedMessage === undefined) {
    return absentAt(state, failing.segments);
  }
  const code = wantedCode ?? usualCode(status, failing.segments);
  const message = wantedMessage ?? usualMessage(state, failing, code, wanted);
  const answer = providerError(state, failing.segments, { status, code, message });
  if (status !== 401) return answer;
  return { ...answer, headers: { ...answer.headers, "WWW-Authenticate": challenge } };
}

/** Field report: clients read the tenant from it (terraform and packer for Azure); the description is unverified. */
const challenge =
  'Bearer authorization_uri="https://login.windows.net/00000000-0000-0000-0000-0000000000aa", error="invalid_token", error_description="The access token has expired."';

function usualCode(status: number, segments: readonly string[]): string {
  const provider = providerOf(segments);
  switch (status) {
    case 400:
      if (provider === "recovery-services") return "BMSUserErrorInvalidInput";
      return provider === "data-protection" ? "DppPluginInvalidInputParameters" : "BadRequest";
    case 401:
      return "ExpiredAuthenticationToken";
    case 403:
      return "AuthorizationFailed";
    case 404:
      return provider === "site-recovery" ? "NotFound" : "ResourceNotFound";
    case 409:
      return usualConflict(segments);
    case 429:
      return "ResourceRequestsThrottled";
    case 500:
      if (provider === "data-protection") return "CloudInternalError";
      return provider === "recovery-services" && !isTopLevel(segments) ? "RestApiInternalError" : "InternalServerError";
    case 502:
      return "InvalidGatewayHost";
    case 503:
      return "ServerTimeout";
    case 504:
      return "GatewayTimeout";
    default:
      return (STATUS_CODES[status] ?? `Status${status}`).replaceAll(/[^A-Za-z0-9]/gu, "");
  }
}

/** Codes from field reports (1.4, 1.10); that of Site Recovery is the emulator's own. */
function usualConflict(segments: readonly string[]): string {
  const provider = providerOf(segments);
  if (provider === "site-recovery") return "990016";
  if (provider !== "recovery-services") return "AnotherOperationInProgress";
  return isTopLevel(segments)
    ? "RSVaultUpdateErrorConflictingOperationInProgress"
    : "BMSUserErrorConflictingProtectionOperation";
}

function usualMessage(state: State, failing: Failing, code: string, wanted: Wanted): string {
  const { method, segments, now } = failing;
  switch (code) {
    case "ExpiredAuthenticationToken":
      return `The access token expiry UTC time '${americanTime(now - 1_000)}' is earlier than current UTC time '${americanTime(now)}'.`;
    case "AuthorizationFailed":
      return notAuthorized(actionOf(method, segments), `/${segments.join("/")}`);
    case "ResourceRequestsThrottled":
      return `Number of requests for action '${actionOf(method, segments)}' exceeded the limit of '150' for time interval '01:00:00'. Please try again after '${wanted.seconds ?? 324}' seconds.`;
    case "InternalServerError":
      return `Encountered internal server error. ${diagnostics(state, failing)}`;
    case "ServerTimeout":
      return `The request timed out. ${diagnostics(state, failing)}`;
    case "InvalidGatewayHost":
      return `Host name resolution failed for '${namespaceOf(segments)}'; cannot fulfill the request.`;
    case "GatewayTimeout":
      return `The gateway did not receive a response from '${namespaceOf(segments)}' within the specified time period.`;
    case "RestApiInternalError":
      return "The REST API call encountered an internal error. Wait for a few minutes and then try the operation again. If the issue persists, please contact Microsoft support.";
    case "CloudInternalError":
      return providerOf(segments) === "data-protection"
        ? "Microsoft Azure Backup encountered an internal error."
        : "Microsoft Azure Backup encountered an internal error. Wait for a few minutes and then try the operation again. If the issue persists, please contact Microsoft support.";
    case "DppPluginInvalidInputParameters":
      return "Invalid inputs from caller.";
    case "BMSUserErrorConflictingProtectionOperation":
      return "Another configure-protection operation is in progress. Please retry after some time.";
    default:
      return `The request was answered with ${wanted.status} as the world asks.`;
  }
}

/** Recorded: the tracking id and the correlation id are the same (hist__test_backup_wl_sql_protectable_item__8974b7d7). */
function diagnostics(state: State, { segments, now }: Failing): string {
  const timestamp = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/gu, "");
  const id = newGuid(state);
  return `Diagnostic information: timestamp '${timestamp}', subscription id '${segments[1] ?? ""}', tracking id '${id}', request correlation id '${id}'.`;
}

/** `3/19/2023 8:55:46 AM`, in UTC. */
function americanTime(at: number): string {
  const date = new Date(at);
  const hour = date.getUTCHours();
  const clock = [date.getUTCMinutes(), date.getUTCSeconds()].map((part) => String(part).padStart(2, "0")).join(":");
  const day = `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()}`;
  return `${day} ${hour % 12 === 0 ? 12 : hour % 12}:${clock} ${hour < 12 ? "AM" : "PM"}`;
}
