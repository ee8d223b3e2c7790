// The table of times: in order, each with a source, and where it says so fitted to what recordings show.
import { expect, test } from "vitest";

import { latencies, timedOperations } from "../../src/emulator/latencies.ts";
import { secondsAt } from "../../src/emulator/quantiles.ts";

test.each(timedOperations)("%s has its times in order and a source", (name) => {
  const { minimum, median, p90, maximum, source } = latencies[name];
  const times = [minimum, median, p90, maximum];
  expect(times).toEqual(times.toSorted((one, other) => one - other));
  expect(source).toMatch(/^(recorded|fitted|field report|unverified)\b/u);
  if (/^(unverified|field report)/u.test(source)) expect(new Set(times).size).toBe(1);
});

/** How a deletion ends for a client that first polls after `first` seconds and then every 60. */
function ending(first: number, deletion: number, forgetting: number): string {
  let poll = first;
  while (poll < deletion) poll += 60;
  const answer = poll < deletion + forgetting ? "Succeeded" : "404";
  return poll === first ? `${answer} at once` : answer;
}

test("deletions of vaults end as the 66 recorded ones, for a client that polls after 0 to 2 seconds and every 60", () => {
  const middles = Array.from({ length: 100 }, (_, index) => (index + 0.5) / 100);
  const deletions = middles.map((quantile) => secondsAt(latencies.deleteVault, quantile));
  const forgettings = middles.map((quantile) => secondsAt(latencies.forgetVault, quantile));
  const counts = new Map<string, number>();
  for (const first of [0.2, 0.6, 1, 1.4, 1.8])
    for (const deletion of deletions)
      for (const forgetting of forgettings) {
        const end = ending(first, deletion, forgetting);
        counts.set(end, (counts.get(end) ?? 0) + 66 / (5 * deletions.length * forgettings.length));
      }
  expect(Object.fromEntries([...counts].map(([end, count]) => [end, Math.round(count)]))).toEqual({
    "Succeeded at once": 17,
    Succeeded: 20,
    "404": 29,
  });
});

test("without a seed a vault takes as long as a client sees, and is forgotten at once", () => {
  expect(latencies.deleteVault.withoutSeed).toBe(60);
  expect(latencies.forgetVault.withoutSeed).toBe(0);
});
