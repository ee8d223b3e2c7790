// The emulator against the observed facts: every recorded answer a teardown can meet, and the bars it must clear.
import { readFileSync } from "node:fs";

import { beforeAll, describe, expect, test } from "vitest";

import type { Comparison } from "../../scripts/conformance/compare.ts";
import { knownDifferences, reasonFor } from "../../scripts/conformance/known-differences.ts";
import type { Measured } from "../../scripts/conformance/measure.ts";
import { measure } from "../../scripts/conformance/measure.ts";
import { isConformant, missing, report, summary } from "../../scripts/conformance/report.ts";
import { percent, perOperation, shareOf, sharesOf } from "../../scripts/conformance/shares.ts";

let measured: Measured;
let forms: readonly Comparison[] = [];

beforeAll(async () => {
  measured = await measure();
  forms = measured.forms;
});

test("every recorded status is given, for every operation, kind and era a teardown can meet", () => {
  expect(forms.length).toBeGreaterThan(390);
  expect(forms.filter(({ answered }) => !answered).map(({ fact }) => fact.operation)).toEqual([]);
});

test("every recorded operation header is given, and leads where it was recorded to lead", () => {
  const headers = forms.flatMap(({ fact, operationHeaders }) =>
    operationHeaders.filter(({ matched }) => !matched).map(({ name }) => `${fact.operation} ${fact.era} ${name}`),
  );
  expect(headers).toEqual([]);
  expect(sharesOf(forms).operationHeaders.of).toBeGreaterThan(150);
});

test("at least 97 % of the key paths that are always there are there, with a recorded type", () => {
  const { keyPaths } = sharesOf(forms);
  expect(keyPaths.of).toBeGreaterThan(4_500);
  expect(shareOf(keyPaths)).toBeGreaterThanOrEqual(0.97);
});

test("at least 90 % of them in each operation", () => {
  const low = perOperation(forms).filter(({ keyPaths }) => shareOf(keyPaths) < 0.9);
  expect(low.map(({ operation }) => operation)).toEqual([]);
});

describe("what is missing", () => {
  test("has a reason each time", () => {
    expect(missing(forms).filter(({ reason }) => reason === "no reason is known")).toEqual([]);
  });

  test.each(knownDifferences)("is still missing: $operation $path", (known) => {
    const used = forms.some(({ fact: { operation, kind }, paths }) =>
      paths.some(({ path, verdict }) => verdict !== "matched" && reasonFor(operation, kind, path) === known),
    );
    expect(used).toBe(true);
  });
});

test("the report names each operation with its share, and what is missing with the reason", () => {
  const text = report(measured);
  for (const { operation } of perOperation(forms)) expect(text).toContain(`| ${operation} |`);
  for (const { reason } of missing(forms)) expect(text).toContain(reason);
  expect(text).toContain("| GET Microsoft.DataProtection/backupVaults/{}/deletedBackupInstances | 2/2 |");
  expect(summary(measured)).toMatch(/operation headers: (\d+)\/\1 \(100\.0 %\)/u);
});

describe("a replay that differs", () => {
  const difference = { seq: 7, url: "GET somewhere", what: "status 500, recorded 200" };
  const differing = (): Measured => ({
    ...measured,
    replays: measured.replays.map((replay, index) => (index === 0 ? { ...replay, differences: [difference] } : replay)),
  });

  test("is told, and is no conformance", () => {
    expect(isConformant(measured)).toBe(true);
    expect(isConformant(differing())).toBe(false);
    expect(summary(differing())).toContain("request 7, GET somewhere: status 500, recorded 200");
    expect(summary(differing())).toContain("226/227 requests of 8 sequences");
  });
});

test("what is not judged is told too", () => {
  const text = summary(measured);
  expect(measured.unrecorded.length).toBeGreaterThan(0);
  expect(text).toContain(`${measured.unrecorded.length} forms of answers that no recording has`);
  expect(text).toContain(`${measured.facts.facts.length - forms.length} are left out: `);
});

test("the README gives these figures", () => {
  const readme = readFileSync("README.md", "utf8");
  const { statuses, operationHeaders, keyPaths } = sharesOf(forms);
  const unopened = forms.flatMap((form) => form.unopened).length;
  expect(readme).toContain(
    `(${statuses.of} forms of answers, ${operationHeaders.of} headers) and ${percent(keyPaths)}`,
  );
  expect(readme).toContain(`${measured.scripted} of the ${statuses.of} are failures`);
  expect(readme).toContain(`${unopened} key paths`);
});
