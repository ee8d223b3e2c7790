// The makespan part of the bench: what a case measures, which bars it is held to, and the chart that shows it.
import { expect, test } from "vitest";

import { missedBars } from "../../scripts/bench/bars.ts";
import { measureCase, type CaseResult } from "../../scripts/bench/case.ts";
import { chart } from "../../scripts/bench/chart.ts";
import { scenarios, titles } from "../../scripts/bench/worlds.ts";

const good: CaseResult = {
  scenario: "mixed-soft",
  items: 1_000,
  exitCode: 0,
  makespanSeconds: 290,
  boundSeconds: 270,
  decidedBy: "longest path",
  steps: 1_150,
  requests: 1_200,
  throttled: 0,
  cpuSeconds: 2,
  peakMegabytes: 200,
  oneAtATime: { seconds: 33_000, requests: 9_000 },
};
const missed = (changed: Partial<CaseResult>, ...others: readonly CaseResult[]): readonly string[] =>
  missedBars([...others, { ...good, ...changed }]).map((line) => line.slice(line.indexOf(": ") + 2));

test.each(scenarios)(
  "a case of %s is torn down wholly, within the counters, and not below its bound",
  async (scenario) => {
    const result = await measureCase({ scenario, items: 10 });
    expect(result).toMatchObject({ exitCode: 0, throttled: 0, items: 10 });
    expect(result.makespanSeconds).toBeGreaterThanOrEqual(result.boundSeconds);
    expect(result.oneAtATime?.seconds).toBeGreaterThan(result.boundSeconds);
    expect(result.requests).toBeGreaterThan(result.steps);
  },
);

test("a case that keeps within every bar misses none", () => {
  expect(missed({})).toEqual([]);
});

test("a missed bar says the figure, the bar, and how far apart they are", () => {
  expect(missed({ makespanSeconds: 324 })).toEqual(["1.2 times the lower bound, at most 1.1 wanted: missed by 0.1"]);
  expect(missed({ requests: 1_300 })).toEqual(["1.3 requests per item, at most 1.25 wanted: missed by 0.05"]);
  expect(missed({ throttled: 3, exitCode: 4 })).toEqual([
    "4 exit code, at most 0 wanted: missed by 4",
    "3 answers of 429, at most 0 wanted: missed by 3",
  ]);
  expect(missed({ oneAtATime: { seconds: 14_500, requests: 1 } })).toEqual([
    "50 times as fast as one at a time, at least 100 wanted: missed by 50",
  ]);
});

test("few items may take longer beside their bound, and their requests do not count", () => {
  expect(missed({ items: 10, makespanSeconds: 330, requests: 80 })).toEqual([]);
  expect(missed({ items: 10, makespanSeconds: 351 })).toHaveLength(1);
});

test("beside another client, answers of 429 and a longer run are no miss", () => {
  expect(missed({ otherClient: true, throttled: 100, makespanSeconds: 320, requests: 2_000 })).toEqual([]);
});

test("ten thousand items are measured by a thousand of the same scenario", () => {
  const large = { items: 10_000, makespanSeconds: 1_150, boundSeconds: 1_100, requests: 12_000 };
  expect(missed(large, good)).toEqual([]);
  expect(missed({ ...large, requests: 15_000 }, good)).toEqual([
    "1.25 times the requests per item of 1,000 items, at most 1.2 wanted: missed by 0.05",
  ]);
  expect(missed({ ...large, requests: 15_000 }, { ...good, scenario: "mixed-purge" })).toEqual([]);
});

test("the chart has a panel for each scenario and names every line", () => {
  const drawn = chart([good, { ...good, items: 1, makespanSeconds: 75 }, { ...good, seed: 1, makespanSeconds: 9e9 }]);
  for (const title of Object.values(titles)) expect(drawn).toContain(`>${title}</text>`);
  for (const name of ["one at a time", "azure-vault-teardown", "lower bound"])
    expect(drawn).toContain(`>${name}</text>`);
  expect(drawn.match(/<circle /gu)).toHaveLength(6);
  expect(drawn).not.toMatch(/NaN|undefined|Infinity/u);
});
