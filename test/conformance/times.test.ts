// What the emulator's own operations take lies where the recorded times do, wherever enough recordings tell.
import { expect, test } from "vitest";

import { measure } from "../../scripts/conformance/measure.ts";

const fewest = 3;
/** Seconds by which a poll may come after the end of what it asks for: the scenarios' own spacing for Backup. */
const spacing = 6;
const { durations, facts } = await measure();
const both = facts.durations
  .filter(({ count }) => count >= fewest)
  .flatMap((recorded) => {
    const own = durations.find(
      ({ operation, kind, by }) => operation === recorded.operation && kind === recorded.kind && by === recorded.by,
    );
    return own === undefined ? [] : [{ ...recorded, fastest: own.minimum, slowest: own.maximum }];
  });

test("there are enough to compare", () => {
  expect(both.length).toBeGreaterThan(12);
});

test.each(both)(
  "$operation $kind by $by: $fastest to $slowest s, recorded $minimum to $maximum s",
  ({ by, fastest, slowest, minimum, maximum }) => {
    const tolerance = by === "polls" ? spacing : 0;
    expect(fastest).toBeGreaterThanOrEqual(Math.floor(minimum) - tolerance);
    expect(slowest).toBeLessThanOrEqual(Math.ceil(maximum) + tolerance);
  },
);
