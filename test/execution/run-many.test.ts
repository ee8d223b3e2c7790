// Runs over many items: few requests beside the writes themselves, and none that Azure refuses.

import { expect, it } from "vitest";
import { loadWorld } from "../../src/emulator/worlds.ts";
import { rehearse, type Rehearsal } from "../rehearsal.ts";

const paths = (rehearsal: Rehearsal, of: RegExp): readonly string[] =>
  rehearsal.emulator.requests().flatMap(({ method, url }) => (of.test(url) ? [`${method} ${url}`] : []));

it("two hundred items are told to be done by lists, and no operation is asked about", async () => {
  const rehearsal = rehearse({ ...loadWorld("large:200"), throttles: true });
  const plan = await rehearsal.plan();
  const { result } = await rehearsal.run(plan);
  expect(result).toMatchObject({ exitCode: 0, counts: { verified: plan.steps.length } });
  expect(paths(rehearsal, /operation(s|Status|Results)/i)).toEqual([]);
  expect(rehearsal.emulator.requests().filter(({ status }) => status >= 400 && status !== 404)).toEqual([]);
  expect(rehearsal.writes()).toHaveLength(plan.steps.filter(({ request }) => request !== undefined).length);
  expect(paths(rehearsal, /\/backupProtectedItems\?/).length).toBeLessThan(40);
});

it("the list of jobs, which may be read 150 times an hour, is read once a minute while a job runs", async () => {
  const rehearsal = rehearse("kitchen-sink");
  const began = rehearsal.clock.now();
  await rehearsal.run(await rehearsal.plan());
  const minutes = (rehearsal.clock.now() - began) / 60_000;
  expect(paths(rehearsal, /\/backupJobs\?/).length).toBeLessThanOrEqual(minutes + 3);
});
