// One request and its answer, whether Azure was recorded giving it or the emulator gave it, and how recordings are read.
// It must not interpret either.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

export type Json = null | boolean | number | string | readonly Json[] | Properties;
export type Properties = { readonly [name: string]: Json };

export type Exchange = {
  /** The recording it is from, or the scenario that caused it. */
  readonly source: string;
  readonly seq: number;
  readonly method: string;
  readonly url: string;
  readonly requestBody: Json;
  readonly status: number;
  /** Names in lower case; the empty text where the value was not copied. */
  readonly headers: ReadonlyMap<string, string>;
  /** Copied by hand, with those headers only that mattered: what is not there may have been there. */
  readonly transcribed: boolean;
  readonly body: Json;
  /** Milliseconds since 1970, where known. */
  readonly at: number | undefined;
};

type Line = {
  readonly seq: number;
  readonly method: string;
  readonly url: string;
  readonly requestBody: Json;
  readonly status: number;
  readonly responseHeaders: { readonly [name: string]: string | readonly string[] | null };
  readonly responseBody: Json;
  readonly transcribed?: boolean;
  readonly dateIso?: string | null;
};

/** Every recording of a folder, in the order of their names; one that repeats another byte for byte is left out. */
export function readRecordings(folder: string): readonly Exchange[] {
  const seen = new Set<string>();
  return readdirSync(folder)
    .filter((file) => file.endsWith(".jsonl"))
    .toSorted()
    .flatMap((file) => {
      const text = readFileSync(join(folder, file), "utf8");
      const digest = createHash("sha256").update(text).digest("hex");
      if (seen.has(digest)) return [];
      seen.add(digest);
      return exchangesIn(text, file.replace(/\.jsonl$/u, ""));
    });
}

export function readRecording(folder: string, name: string): readonly Exchange[] {
  return exchangesIn(readFileSync(join(folder, `${name}.jsonl`), "utf8"), name);
}

function exchangesIn(text: string, source: string): readonly Exchange[] {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as Line)
    .map((line) => exchangeFrom(line, source));
}

function exchangeFrom(line: Line, source: string): Exchange {
  const headers = Object.entries(line.responseHeaders).map(
    ([name, value]) => [name.toLowerCase(), typeof value === "string" ? value : (value ?? []).join(", ")] as const,
  );
  return {
    source,
    seq: line.seq,
    method: line.method,
    url: line.url,
    requestBody: line.requestBody ?? null,
    status: line.status,
    headers: new Map(headers),
    transcribed: line.transcribed === true,
    body: line.responseBody ?? null,
    at: line.dateIso === undefined || line.dateIso === null ? undefined : Date.parse(line.dateIso),
  };
}

export function isObject(value: Json | undefined): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** Follows names through objects; undefined where the way ends. */
export function member(value: Json | undefined, ...names: readonly string[]): Json | undefined {
  return names.reduce<Json | undefined>((found, name) => (isObject(found) ? found[name] : undefined), value);
}

export function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

type OperationHeader = "azure-asyncoperation" | "location";

/** The id of the operation that an answer leads to: the last segment of its url, by the first of the headers that is there. */
export function operationIdOf(
  { headers }: Pick<Exchange, "headers">,
  ...names: readonly OperationHeader[]
): string | undefined {
  const wanted = names.length === 0 ? (["azure-asyncoperation", "location"] as const) : names;
  const url = wanted.map((name) => headers.get(name)).find((value) => value !== undefined) ?? "";
  return /\/([^/?]+)\?/u.exec(url)?.[1];
}
