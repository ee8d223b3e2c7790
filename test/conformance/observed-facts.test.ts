// The document of observed facts: where each comes from, what is not in it, and that it is what the recordings say.
import { existsSync, readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { durationsOf } from "../../scripts/conformance/durations.ts";
import type { Exchange } from "../../scripts/conformance/exchange.ts";
import { readRecording, readRecordings } from "../../scripts/conformance/exchange.ts";
import { factsFile, factsFrom, readFacts } from "../../scripts/conformance/facts.ts";
import { observe } from "../../scripts/conformance/observed.ts";
import { requestFormsOf } from "../../scripts/conformance/request-forms.ts";
import { chosen } from "../../scripts/conformance/sequences/chosen.ts";
import { distilSequence } from "../../scripts/conformance/sequences/distil-sequence.ts";
import { readSequences } from "../../scripts/conformance/sequences/sequence.ts";

const facts = readFacts();
const folder = process.env["VAULT_TEARDOWN_RECORDINGS"] ?? "";
const hint = "set VAULT_TEARDOWN_RECORDINGS to the folder of the recordings to distil them again";

test("each fact names a recording, and each member that is not always there the one that shows it", () => {
  const known = (source: number): boolean => facts.recordings[source] !== undefined;
  for (const fact of facts.facts) {
    expect(fact.from.length, fact.operation).toBeGreaterThan(0);
    expect(fact.from.every(known), fact.operation).toBe(true);
    const sources = [...JSON.stringify(fact.shape).matchAll(/\?(\d+)":/gu)].map(([, source]) => Number(source));
    expect(sources.every(known), fact.operation).toBe(true);
    const values = [...Object.values(fact.values), ...Object.values(fact.headerValues), fact.headers.sometimes];
    expect(values.flatMap((value) => Object.values(value)).every(known), fact.operation).toBe(true);
  }
});

test("it holds no ids, dates, addresses or signatures", () => {
  const text = readFileSync(factsFile, "utf8").replace(/"recordings":\[[^\]]*\]/u, "");
  const forbidden = [
    /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-/iu,
    /\d{4}-\d{2}-\d{2}T/u,
    /https?:/u,
    /.{20}redacted/iu,
    /clitest-|pstest/iu,
  ];
  expect(forbidden.flatMap((pattern) => pattern.exec(text)?.[0] ?? [])).toEqual([]);
});

test("the recorded sequences hold no signature, no token and no subscription", () => {
  const text = JSON.stringify(readSequences());
  expect(/[?&](?:t|c|s|h|sig)=/u.exec(text)).toBeNull();
  expect(/eyJ|bearer/iu.exec(text)).toBeNull();
  const subscriptions = [...text.matchAll(/subscriptions\/([^/"?]*)/giu)].map(([, id]) => id);
  expect(subscriptions.length).toBeGreaterThan(100);
  expect(new Set(subscriptions)).toEqual(new Set(["00000000-0000-0000-0000-000000000000"]));
});

test("it is what the recordings show", ({ skip }) => {
  skip(!existsSync(folder), hint);
  const exchanges = readRecordings(folder);
  const more = { durations: durationsOf(exchanges), requestForms: requestFormsOf(exchanges) };
  expect(JSON.parse(JSON.stringify(factsFrom(observe(exchanges), more)))).toEqual(facts);
});

test.for(chosen)("the sequence '$name' is what its recording shows", (choice, { skip }) => {
  skip(!existsSync(folder), hint);
  const sequence = distilSequence(choice, readRecording(folder, choice.recording));
  const kept = readSequences().find(({ name }) => name === choice.name);
  expect(JSON.parse(JSON.stringify(sequence))).toEqual(kept);
});

const answer = (body: Exchange["body"], more: Partial<Exchange> = {}): Exchange => ({
  source: "a",
  seq: 0,
  method: "GET",
  url: "https://management.azure.com/subscriptions/1/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v?api-version=2024-04-01",
  requestBody: null,
  status: 200,
  headers: new Map(),
  transcribed: false,
  body,
  at: undefined,
  ...more,
});
const factOf = (...exchanges: readonly Exchange[]): (typeof facts.facts)[number] =>
  factsFrom(observe(exchanges)).facts[0] as (typeof facts.facts)[number];

test("a member in some of the objects that could have it is told with the first recording that shows it", () => {
  const other = answer({ id: "x", properties: { state: "On" } }, { source: "b" });
  const { shape, values } = factOf(answer({ id: null, properties: {} }), other);
  expect(shape).toEqual({ id: "null|string", properties: { "state?1": "string" } });
  expect(values).toEqual({ "properties.state": { On: 1 } });
});

test("the entries of a list are told apart from the list, by what they are about", () => {
  const body = { value: [{ properties: { containerType: "A", one: 1 } }, { properties: { containerType: "B" } }] };
  const told = factsFrom(observe([answer(body)])).facts.map(({ operation, kind, count }) => [operation, kind, count]);
  expect(told).toEqual([
    ["GET vaults/{}", "", 1],
    ["GET vaults/{}[]", "A", 1],
    ["GET vaults/{}[]", "B", 1],
  ]);
});

test("headers copied by hand prove nothing by their absence", () => {
  const whole = answer(
    {},
    {
      headers: new Map([
        ["date", "x"],
        ["location", ""],
      ]),
    },
  );
  const partly = answer({}, { headers: new Map([["retry-after", "60"]]), transcribed: true });
  const { headers, headerValues } = factOf(whole, partly);
  expect(headers).toEqual({ always: ["date", "location"], sometimes: { "retry-after": 0 } });
  expect(headerValues).toEqual({ "retry-after": { 60: 0 } });
});

test("an operation takes from its acceptance to the poll that tells its end", () => {
  const at = (second: number): number => Date.parse("2024-04-28T07:00:00Z") + second * 1_000;
  const status = answer({}).url.replace("?", "/operationStatus/1?");
  const accepted = answer(null, {
    method: "DELETE",
    status: 202,
    at: at(0),
    headers: new Map([["azure-asyncoperation", status]]),
  });
  const polls = ["InProgress", "NotStarted", "Succeeded"].map((word, index) =>
    answer({ status: word }, { url: status, at: at(10 * (index + 1)) }),
  );
  expect(durationsOf([accepted, ...polls])).toEqual([
    expect.objectContaining({ operation: "DELETE vaults/{}", count: 1, median: 30, endings: { Succeeded: 1 } }),
  ]);
});
