// Comparing a recorded form with an answered one: what counts as matched, and what does not.
import { expect, test } from "vitest";

import { compare } from "../../scripts/conformance/compare.ts";
import type { Fact } from "../../scripts/conformance/facts.ts";
import type { Shape } from "../../scripts/conformance/shape.ts";
import { sharesOf } from "../../scripts/conformance/shares.ts";

const fact = (shape: Shape, more: Partial<Fact> = {}): Fact => ({
  operation: "GET vaults/{}",
  kind: "",
  era: "2024 and later",
  status: 200,
  count: 1,
  from: [0],
  body: "object",
  headers: { always: [], sometimes: {} },
  headerValues: {},
  shape,
  values: {},
  ...more,
});

const verdicts = (recorded: Shape, answered: Shape): readonly string[] =>
  (compare([fact(recorded)], [fact(answered)])[0]?.paths ?? []).map(({ path, verdict }) => `${path} ${verdict}`);

test.each<readonly [string, Shape, Shape, readonly string[]]>([
  ["the same", { id: "string" }, { id: "string" }, ["id matched"]],
  ["a type of several", { id: "null|string" }, { id: "string" }, ["id matched"]],
  ["another type", { id: "string" }, { id: "null|string" }, ["id other type"]],
  ["nothing", { id: "string" }, {}, ["id missing"]],
  ["only sometimes", { id: "string" }, { "id?0": "string" }, ["id sometimes"]],
  ["what is not always recorded", { "id?0": "string" }, {}, []],
  ["inside what is always there", { p: { a: "string" } }, {}, ["p missing", "p.a missing"]],
  ["inside what is there here", { "p?0": { a: "string" } }, { p: { b: "string" } }, ["p.a missing"]],
  ["inside what is not there here", { "p?0": { a: "string" } }, {}, []],
  [
    "entries of a list that is empty here",
    { l: { "=": "array", "[]": { a: "string" } } },
    { l: "array" },
    ["l matched"],
  ],
  ["members of what is null here", { p: { "=": "null|object", a: "string" } }, { p: "null" }, ["p matched"]],
])("%s", (_, recorded, answered, expected) => {
  expect(verdicts(recorded, answered)).toEqual(expected);
});

test("a status that is not given, or with another kind of body, is not answered", () => {
  const recorded = [fact({}), fact({}, { status: 404 }), fact({}, { body: "null" })];
  expect(compare(recorded, [fact({})]).map(({ answered }) => answered)).toEqual([true, false, false]);
});

test("an operation header matches where its url leads to a recorded place", () => {
  const leads = (place: string): Partial<Fact> => ({
    headers: { always: ["location"], sometimes: {} },
    headerValues: { location: { [place]: 0 } },
  });
  const forms = (place: string): ReturnType<typeof compare> =>
    compare([fact({}, leads("here"))], [fact({}, leads(place))]);
  expect(sharesOf(forms("here")).operationHeaders).toEqual({ matched: 1, of: 1 });
  expect(sharesOf(forms("there")).operationHeaders).toEqual({ matched: 0, of: 1 });
});

test("what a teardown does not meet is left out", () => {
  expect(compare([fact({}, { operation: "PUT vaults/{}" })], [])).toEqual([]);
});
