// Runs in a world that refuses what is beyond Azure's budget: the tool stays within what the answers say is left, and ends.

import { expect, it } from "vitest";
import { loadWorld } from "../../src/emulator/worlds.ts";
import { rehearse } from "../rehearsal.ts";

const items = 60;

it.each([20, 5])("a teardown of sixty items ends without a refusal although %i deletions are left", async (left) => {
  const counters = [{ name: "deletes", left, at: "2026-11-21T08:00:00Z" }];
  const rehearsal = rehearse({ ...loadWorld(`large:${items}`), throttles: true, requestCounters: counters });
  const { result } = await rehearsal.run(await rehearsal.plan(), { concurrency: items });
  expect(result.exitCode).toBe(0);
  const deletions = rehearsal.emulator.requests().filter(({ method }) => method === "DELETE");
  expect(deletions.length).toBeGreaterThan(items);
  expect(deletions.filter(({ status }) => status === 429)).toEqual([]);
  const soon = deletions.filter(({ at }) => Date.parse(at) < Date.parse("2026-11-21T08:00:01Z"));
  expect(soon.length).toBeLessThanOrEqual(left + 10);
});
