// The emulator's times lie where the recorded ones do, for every operation a teardown meets and enough recordings tell.
import { expect, test } from "vitest";

import { durationsOf } from "../../scripts/conformance/durations.ts";
import { readFacts } from "../../scripts/conformance/facts.ts";
import { runScenarios } from "../../scripts/conformance/scenarios/all.ts";

const fewest = 3;
/** Seconds by which a poll may come after the end of what it asks for: the scenarios' own spacing for Backup. */
const spacing = 6;
const here = durationsOf(await runScenarios());
const recorded = readFacts().durations.filter(({ count }) => count >= fewest);
const both = recorded.flatMap((times) => {
  const own = here.find(
    ({ operation, kind, by }) => operation === times.operation && kind === times.kind && by === times.by,
  );
  return own === undefined ? [] : [{ ...times, own: own.median }];
});

test("there are enough to compare", () => {
  expect(both.length).toBeGreaterThan(12);
});

test.each(both)("$operation $kind by $by: $own s, recorded $minimum to $maximum s", ({ by, own, minimum, maximum }) => {
  const tolerance = by === "polls" ? spacing : 0;
  expect(own).toBeGreaterThanOrEqual(Math.floor(minimum) - tolerance);
  expect(own).toBeLessThanOrEqual(Math.ceil(maximum) + tolerance);
});
