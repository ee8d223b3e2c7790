// Reads Backup's $filter: `name eq 'value'` joined by `and`. It must not guess: an unknown name is an error, because
// ignoring a condition would answer too much.
import type { Answer } from "./answers.ts";
import { invalidInput } from "./arm-errors.ts";
import type { Call } from "./call.ts";

export type Conditions = ReadonlyMap<string, string>;
type Test<Entry> = (entry: Entry, value: string) => boolean;
export type Tests<Entry> = { readonly [name: string]: Test<Entry> };

type Filtered<Entry> = { readonly entries: readonly Entry[] } | { readonly refused: Answer };

const clause = /^\s*(\w+)\s+eq\s+'((?:[^']|'')*)'\s*(?:and\s+|$)/iu;

/** Names in lower case; undefined when the text does not follow the grammar. */
export function parseFilter(filter: string): Conditions | undefined {
  const conditions = new Map<string, string>();
  let rest = filter.trim();
  while (rest !== "") {
    const match = clause.exec(rest);
    if (!match) return undefined;
    conditions.set((match[1] ?? "").toLowerCase(), (match[2] ?? "").replaceAll("''", "'"));
    rest = rest.slice(match[0].length);
  }
  return conditions;
}

/** `tests` are keyed by the filter's names in lower case. */
export function filtered<Entry>(call: Call, entries: readonly Entry[], tests: Tests<Entry>): Filtered<Entry> {
  const filter = call.query.get("$filter") ?? "";
  const conditions = parseFilter(filter);
  if (conditions === undefined) return { refused: invalidInput(`The filter '${filter}' cannot be read.`) };
  let left = entries;
  for (const [name, value] of conditions) {
    const test = Object.hasOwn(tests, name) ? tests[name] : undefined;
    if (test === undefined) return { refused: invalidInput(`The filter name '${name}' is not known here.`) };
    left = left.filter((entry) => test(entry, value));
  }
  return { entries: left };
}

/** `2016-01-01 01:30:00 PM`, in UTC; a date in any other form matches nothing. */
export function filterTime(value: string): number {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{1,2}):(\d{2}):(\d{2})\s*(AM|PM)?/iu.exec(value);
  if (!match) return Number.NaN;
  const half = match[5]?.toUpperCase();
  const hour = half === undefined ? Number(match[2]) : (Number(match[2]) % 12) + (half === "PM" ? 12 : 0);
  return Date.parse(`${match[1] ?? ""}T${String(hour).padStart(2, "0")}:${match[3] ?? ""}:${match[4] ?? ""}Z`);
}
