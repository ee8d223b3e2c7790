// The document of observed facts: compact, ordered, each fact with the recording it came from.
// It must not read recordings.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import type { Duration } from "./durations.ts";
import type { KeyPaths } from "./key-paths.ts";
import type { Form } from "./observed.ts";
import { formKey } from "./observed.ts";
import type { Era } from "./operations.ts";
import type { RequestForm } from "./request-forms.ts";
import type { Shape } from "./shape.ts";
import { shapeOf } from "./shape.ts";

/** A number is the place of a recording in `recordings`. */
type Source = number;
type Sourced = { readonly [fact: string]: Source };

export type Fact = {
  readonly operation: string;
  readonly kind: string;
  readonly era: Era;
  readonly status: number;
  /** How many answers, or entries of lists, it was seen in. */
  readonly count: number;
  /** The first five recordings that show it. */
  readonly from: readonly Source[];
  /** The JSON types of the whole body; `null` is none. */
  readonly body: string;
  /** Names in lower case. */
  readonly headers: { readonly always: readonly string[]; readonly sometimes: Sourced };
  readonly headerValues: { readonly [name: string]: Sourced };
  readonly shape: Shape;
  /** Words of enumerations. */
  readonly values: { readonly [path: string]: Sourced };
};

export type Facts = {
  readonly formatVersion: 1;
  readonly recordings: readonly string[];
  readonly facts: readonly Fact[];
  readonly durations: readonly Duration[];
  readonly requestForms: readonly RequestForm[];
};

export const factsFile: string = fileURLToPath(new URL("./observed-facts.json", import.meta.url));

export function readFacts(): Facts {
  return JSON.parse(readFileSync(factsFile, "utf8")) as Facts;
}

export function writeFacts(facts: Facts): void {
  const lines = facts.facts.map((fact) => JSON.stringify(fact));
  const durations = facts.durations.map((duration) => JSON.stringify(duration));
  const forms = facts.requestForms.map((form) => JSON.stringify(form));
  const text = `{"formatVersion":1,"recordings":[\n${facts.recordings.map((name) => JSON.stringify(name)).join(",\n")}\n],"durations":[\n${durations.join(",\n")}\n],"requestForms":[\n${forms.join(",\n")}\n],"facts":[\n${lines.join(",\n")}\n]}\n`;
  writeFileSync(factsFile, text);
}

export function factsFrom(
  forms: ReadonlyMap<string, Form>,
  more: Pick<Facts, "durations" | "requestForms"> = { durations: [], requestForms: [] },
): Facts {
  const recordings = [...new Set([...forms.values()].flatMap(({ sources }) => [...sources]))].toSorted();
  const place = new Map(recordings.map((name, index) => [name, index]));
  const facts = [...forms.values()]
    .toSorted((one, other) => formKey(one).localeCompare(formKey(other), "en"))
    .map((form) => factFrom(form, (name) => place.get(name) ?? -1));
  return { formatVersion: 1, recordings, facts, ...more };
}

type Place = (recording: string) => Source;

function factFrom(form: Form, place: Place): Fact {
  const headers = [...form.headers].toSorted(([one], [other]) => one.localeCompare(other, "en"));
  const always = headers.filter(([, { count }]) => count === form.withHeaders && form.withHeaders > 0);
  const sometimes = headers.filter(([, { count }]) => count !== form.withHeaders || form.withHeaders === 0);
  return {
    operation: form.operation,
    kind: form.kind,
    era: form.era,
    status: form.status,
    count: form.count,
    from: [...form.sources].slice(0, 5).map(place),
    body: [...form.types].toSorted().join("|"),
    headers: {
      always: always.map(([name]) => name),
      sometimes: Object.fromEntries(sometimes.map(([name, { source }]) => [name, place(source)])),
    },
    headerValues: Object.fromEntries(
      headers.filter(([, { values }]) => values.size > 0).map(([name, { values }]) => [name, sourced(values, place)]),
    ),
    shape: shapeOf(form.paths, place),
    values: valuesIn(form.paths, place),
  };
}

function valuesIn({ seen }: KeyPaths, place: Place): Fact["values"] {
  const enumerated = [...seen].flatMap(([path, { values }]) =>
    values === undefined || values.size === 0 ? [] : [[path, sourced(values, place)] as const],
  );
  return Object.fromEntries(enumerated.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

function sourced(values: ReadonlyMap<string, string>, place: Place): Sourced {
  return Object.fromEntries(
    [...values]
      .toSorted(([one], [other]) => one.localeCompare(other, "en"))
      .map(([value, source]) => [value, place(source)]),
  );
}
