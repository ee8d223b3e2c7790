// Cuts a list into pages and links them. The token is opaque to clients; it must not be anything but an offset here.
import type { Answer } from "./answers.ts";
import { found, origin } from "./answers.ts";
import { invalidInput } from "./arm-errors.ts";
import type { Call } from "./call.ts";
import type { Json } from "./json.ts";

/** Recorded: GET vaults of a subscription comes in pages of 610 (azcli2024__test_backup_vault). */
export const vaultPage = 610;

export function page<Entry>(call: Call, entries: readonly Entry[], size: number, show: (entry: Entry) => Json): Answer {
  const token = call.query.get("$skiptoken");
  const offset = token === undefined ? 0 : offsetFrom(token);
  if (offset === undefined) return invalidInput(`The $skipToken '${token ?? ""}' is not valid.`);
  const end = offset + size;
  const value = entries.slice(offset, end).map(show);
  return found(end >= entries.length ? { value } : { value, nextLink: nextLink(call, end) });
}

/** One page unless the world says otherwise. */
export function pageSize(call: Call): number {
  return Math.max(1, call.state.document.pageSize ?? Number.POSITIVE_INFINITY);
}

/** Undefined where the token is none of these. */
export function offsetFrom(token: string): number | undefined {
  const [, digits] = /^next:(\d+)$/u.exec(Buffer.from(token, "base64url").toString("utf8")) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** What leads to the entry at this offset. */
export function tokenAt(offset: number): string {
  return Buffer.from(`next:${offset}`).toString("base64url");
}

function nextLink(call: Call, offset: number): string {
  const filter = call.query.get("$filter");
  const query = [
    `api-version=${call.apiVersion}`,
    ...(filter === undefined ? [] : [`%24filter=${encodeURIComponent(filter)}`]),
    `%24skiptoken=${tokenAt(offset)}`,
  ];
  return `${origin}${encodeURI(call.path)}?${query.join("&")}`;
}
