// Names of runs: sorted, they stand in the order of birth, whatever the clock said when each was given.

import { expect, it } from "vitest";
import { nextRunName } from "../../src/journal/run-name.ts";

const now = new Date("2026-11-21T08:00:00Z");

it.each([
  ["is the time of its birth", [], "20261121T080000Z"],
  ["is that too after earlier runs", ["20261121T075959Z-ffffff"], "20261121T080000Z"],
  ["is the second after a run of the same second", ["20261121T080000Z-ffffff"], "20261121T080001Z"],
  [
    "is the second after one that a clock ahead has named",
    ["20270101T235959Z-000000", "20261121T075959Z-ffffff"],
    "20270102T000000Z",
  ],
  [
    "takes no notice of what is no name of a run",
    ["zzz", "29991121T080000Z", "99991231T235959Z-ffffff"],
    "20261121T080000Z",
  ],
])("the name of a new run %s", (_what, stored, time) => {
  const name = nextRunName(now, stored);
  expect(name).toMatch(new RegExp(`^${time}-[0-9a-f]{6}$`));
  expect(nextRunName(now, stored)).not.toBe(name);
});
