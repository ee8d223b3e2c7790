// Observed facts: what the answers of an operation have in common, without the answers themselves. Recorded traffic and
// the emulator's answers are folded in the same way. It must not keep a body.
import type { Exchange, Json, Properties } from "./exchange.ts";
import { isList, isObject } from "./exchange.ts";
import type { JsonType, KeyPaths } from "./key-paths.ts";
import { addBody, noKeyPaths, typeOf } from "./key-paths.ts";
import { kindOf, kindOfBody } from "./kinds.ts";
import type { Era } from "./operations.ts";
import { apiVersionOf, eraOf, operationOf, segmentsOf, templateOf } from "./operations.ts";

type SeenHeader = { count: number; source: string; readonly values: Map<string, string> };

/** The answers of one operation that have one form. An entry of a list is a form of its own, its operation ends in `[]`. */
export type Form = {
  readonly operation: string;
  readonly kind: string;
  readonly era: Era;
  readonly status: number;
  count: number;
  readonly sources: Set<string>;
  readonly headers: Map<string, SeenHeader>;
  /** Exchanges whose headers are all there. */
  withHeaders: number;
  readonly types: Set<JsonType>;
  readonly paths: KeyPaths;
};

/** Headers whose values are words of a fixed set, or urls of a fixed form. */
const told: readonly string[] = [
  "azure-asyncoperation",
  "location",
  "retry-after",
  "content-type",
  "x-ms-failure-cause",
  "x-ms-error-code",
];

export function formKey(form: Pick<Form, "operation" | "kind" | "era" | "status">): string {
  return [form.operation, form.kind, form.era, form.status].join(" | ");
}

export function observe(exchanges: readonly Exchange[]): ReadonlyMap<string, Form> {
  const forms = new Map<string, Form>();
  for (const exchange of exchanges) {
    const operation = operationOf(exchange.method, exchange.url);
    const era = eraOf(apiVersionOf(exchange.url));
    const { status, source } = exchange;
    const { envelope, entries } = taken(exchange.body);
    const form = formAt(forms, { operation, kind: kindOf(exchange, operation), era, status });
    fold(form, envelope, source);
    foldHeaders(form, exchange);
    for (const entry of entries) {
      fold(formAt(forms, { operation: `${operation}[]`, kind: kindOfBody(entry), era, status }), entry, source);
    }
  }
  return forms;
}

/** A list and its entries; everything else is one body. */
function taken(body: Json): { readonly envelope: Json; readonly entries: readonly Properties[] } {
  const value = isObject(body) ? body["value"] : undefined;
  if (!isObject(body) || !isList(value)) return { envelope: body, entries: [] };
  return { envelope: { ...body, value: [] }, entries: value.filter(isObject) };
}

function formAt(forms: Map<string, Form>, of: Pick<Form, "operation" | "kind" | "era" | "status">): Form {
  const key = formKey(of);
  const known = forms.get(key);
  if (known !== undefined) return known;
  const form: Form = {
    ...of,
    count: 0,
    sources: new Set(),
    headers: new Map(),
    withHeaders: 0,
    types: new Set(),
    paths: noKeyPaths(),
  };
  forms.set(key, form);
  return form;
}

function fold(form: Form, body: Json, source: string): void {
  form.count += 1;
  form.sources.add(source);
  form.types.add(typeOf(body));
  addBody(form.paths, body, source);
}

function foldHeaders(form: Form, { headers, transcribed, source }: Exchange): void {
  if (!transcribed) form.withHeaders += 1;
  for (const [name, value] of headers) {
    let seen = form.headers.get(name);
    if (seen === undefined) {
      seen = { count: 0, source, values: new Map() };
      form.headers.set(name, seen);
    }
    if (!transcribed) seen.count += 1;
    const shown = value !== "" && told.includes(name) ? headerFact(name, value) : undefined;
    if (shown !== undefined && !seen.values.has(shown)) seen.values.set(shown, source);
  }
}

function headerFact(name: string, value: string): string | undefined {
  return name === "azure-asyncoperation" || name === "location" ? formOfUrl(value) : value;
}

/** An url as the operation it leads to and the names in its query; undefined for what is no url. */
export function formOfUrl(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const names = [...new Set([...new URL(url).searchParams.keys()].map((key) => key.toLowerCase()))].toSorted();
  return `${templateOf(segmentsOf(url))} ?${names.join("&")}`;
}
