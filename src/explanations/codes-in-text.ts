// Which codes a text names: those in the place of a code, and words that cannot be anything else. It knows no meaning.

import type { Span } from "./phrases.ts";
import type { ReadableText } from "./readable-text.ts";

/** Longer ones are no codes. */
const longestCode = 120;

/**
 * whole: there is nothing else; code: behind `code:`, or in the parentheses az begins with; front: a word and a colon at
 * the beginning, which may be a code; word: anywhere, and no word of a sentence; status: a status of HTTP.
 */
type PlaceOfCode = "whole" | "code" | "front" | "word" | "status";

export type NamedCode = Span & { readonly code: string; readonly place: PlaceOfCode };

/** `"code": "X"`, `ErrorCode: X`, `Code="X"`, `Error ID: 45031`; not `statusCode`, `countryCode` or `exit code`. */
const labelled =
  /(?<![a-z])(?<!\b(?:exit|zip|area|postal|country|source) )(?:(?:error[ _-]?)?code|error[ _-]?id)'? ?[:=] ?'?([a-z0-9][a-z0-9_-]{1,120})(?![a-z0-9_-])/gi;
const spoken = /(?<![a-z])error[ _-]?code (?:is |was )?'?([a-z0-9][a-z0-9_-]{1,120})(?![a-z0-9_-])/gi;
/** `(ScopeLocked) The scope …`, `ERROR: (ScopeLocked) …`; not `the build (failed) again`. */
const inParentheses = /(?:^|: )\(([A-Z][A-Za-z0-9]{3,120})\)(?= )/g;
/** `locked: the CanNotDelete lock …`, as this tool's own plans begin; `azure answered NotFound: …`. */
const beforeColon = /(?:^|answered )([a-z0-9][a-z0-9_-]{1,120}): /gi;

/** `HTTP/1.1 429`, `unexpected status 400`, `StatusCode: 403`, `<h1>502 Bad Gateway</h1>`. */
const labelledStatus = /(?<![a-z])(?:http(?:\/[\d.]{1,3})?|status(?:[ _-]?code)?)'? ?[ :=] ?'?([45]\d\d)(?!\w)/gi;
const statusWithPhrase =
  /(?<!\w)([45]\d\d) (?:Bad Request|Unauthorized|Forbidden|Not Found|Method Not Allowed|Request Timeout|Conflict|Too Many Requests|Internal Server Error|Not Implemented|Bad Gateway|Service Unavailable|Gateway Time-?out)\b/gi;

const word = /[a-z0-9]+(?:[_-][a-z0-9]+)*/gi;

/** In the order of the text; one that stands in the place of a code is named as that, and once for each place. */
export function codesInText({ text }: ReadableText): readonly NamedCode[] {
  const whole = wholeCode(text);
  if (whole !== undefined) return [whole];
  const found = new Map<number, NamedCode>();
  for (const pattern of [labelled, spoken, inParentheses])
    for (const match of text.matchAll(pattern)) add(found, match, "code");
  for (const match of text.matchAll(beforeColon)) add(found, match, "front");
  for (const match of text.matchAll(word)) add(found, match, "word");
  return [...found.values()].toSorted((one, other) => one.from - other.from);
}

/** The statuses of HTTP that a text names: they tell something where nothing more exact is said. */
export function statusesInText({ text }: ReadableText): readonly NamedCode[] {
  const found = new Map<number, NamedCode>();
  for (const pattern of [labelledStatus, statusWithPhrase])
    for (const { 1: status = "", index, 0: all } of text.matchAll(pattern)) {
      const from = index + all.indexOf(status);
      found.set(from, { code: `Http${status}`, place: "status", from, to: from + status.length });
    }
  return [...found.values()].toSorted((one, other) => one.from - other.from);
}

function add(found: Map<number, NamedCode>, match: RegExpExecArray, place: PlaceOfCode): void {
  const [all, code = all] = match;
  const from = match.index + all.lastIndexOf(code);
  if (code.length > longestCode || found.has(from)) return;
  if (place !== "word" || isDistinctive(code)) found.set(from, { code, place, from, to: from + code.length });
}

/** A word no sentence has: capitals inside it, hyphens between small letters, or a system's error name. */
function isDistinctive(code: string): boolean {
  return (
    /^[A-Z][A-Za-z]*[a-z0-9][A-Z][A-Za-z0-9]*$/.test(code) ||
    /^[a-z]+(?:-[a-z]+)+$/.test(code) ||
    /^[A-Z]+(?:_[A-Z]+)+$/.test(code) ||
    /^E[A-Z]{4,}$/.test(code) ||
    /^(?:bms|cloud|rsvault|service|user)[a-z]*(?:error|limitreached|notempty)[a-z]*$/i.test(code)
  );
}

/** The text, where it is one word and no sentence, whatever stands around it. */
function wholeCode(text: string): NamedCode | undefined {
  const code = text.replaceAll(/^[^a-z0-9]+|[^a-z0-9]+$/gi, "");
  if (code.length > longestCode || !/^[a-z0-9]+(?:[_-][a-z0-9]+)*$/i.test(code)) return undefined;
  const from = text.indexOf(code);
  return { code, place: "whole", from, to: from + code.length };
}
