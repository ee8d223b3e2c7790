// Resource Graph, as far as it is asked what deleted Recovery Services vaults held: the request, its pages, its refusals.
// It must not answer any other query.
import type { Answer } from "../answers.ts";
import { found } from "../answers.ts";
import type { Call, Route } from "../call.ts";
import { newGuid } from "../guids.ts";
import type { Json } from "../json.ts";
import { list, object, text } from "../json.ts";
import { offsetFrom, tokenAt } from "../paging.ts";
import { azureDate } from "../world-times.ts";
import { parseQuery } from "./query.ts";
import { heldRows } from "./rows.ts";

/** Documented: so many rows without `$top`, and never more. */
const mostRows = 1_000;

/** Recorded: azcli2025p__test_vault_soft_delete_with_items_middle. */
function answerQuery(call: Call): Answer {
  const body = call.body ?? {};
  const options = object(body, "options");
  const format = text(options, "resultFormat");
  if (format !== "" && format !== "objectArray") return refused(call, "InvalidResultFormat", format);
  if (body["managementGroups"] !== undefined) return refused(call, "InvalidScope", "managementGroups");
  const query = parseQuery(text(body, "query"));
  if ("token" in query) return refused(call, "ParserFailure", query.token);
  const top = wholeNumber(options["$top"], 1, mostRows) ?? mostRows;
  const token = text(options, "$skipToken");
  const start = token === "" ? (wholeNumber(options["$skip"], 0, Number.MAX_SAFE_INTEGER) ?? 0) : offsetFrom(token);
  if (start === undefined) return refused(call, "InvalidSkipToken", token);
  const rows = query.select(heldRows(call.state, subscriptionsOf(body["subscriptions"]), call.now));
  const end = start + Math.min(top, Math.max(1, call.state.document.pageSize ?? mostRows));
  const data = rows.slice(start, end);
  const isLast = end >= rows.length;
  return found({
    totalRecords: rows.length,
    count: data.length,
    data,
    facets: [],
    resultTruncated: isLast || query.isPageable ? "false" : "true",
    ...(isLast || !query.isPageable ? {} : { $skipToken: tokenAt(end) }),
  });
}

/** At the top of the body; one recorded client has it among the options, where it is read over (unverified). */
function subscriptionsOf(given: Json | undefined): readonly string[] | undefined {
  if (given === undefined || given === null) return undefined;
  return list({ given }, "given").filter((id) => typeof id === "string");
}

/** A number out of bounds reads as the nearest (unverified). */
function wholeNumber(given: Json | undefined, least: number, most: number): number | undefined {
  return Number.isInteger(given) ? Math.min(most, Math.max(least, Number(given))) : undefined;
}

/** Field reports (azure-powershell 13762, aztfexport 485) of queries that cannot be read; of the rest unverified. */
function refused(call: Call, code: string, token: string): Answer {
  const message = `Please provide below info when asking for support: timestamp = ${azureDate(call.now)}, correlationId = ${newGuid(call.state)}.`;
  const advice =
    "Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix the error before retrying.";
  const details = [
    { code: "InvalidQuery", message: advice },
    { code, message: code, token },
  ];
  return { status: 400, body: { error: { code: "BadRequest", message, details } } };
}

/** Of the tenant, not of a subscription: see request-scope.ts. */
export const resourceGraphRoutes: readonly Route[] = [
  { method: "POST", path: "providers/Microsoft.ResourceGraph/resources", answer: answerQuery },
];
