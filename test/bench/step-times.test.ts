// What the bench takes for the time of a step is what the emulator's operation on its target took.
import { expect, test } from "vitest";

import { lowerBound } from "../../scripts/bench/lower-bound.ts";
import { fullRates } from "../../scripts/bench/request-counters.ts";
import { stepSeconds } from "../../scripts/bench/step-times.ts";
import { benchWorld, scenarios, strategies } from "../../scripts/bench/worlds.ts";
import { worldProblem } from "../../src/emulator/world-validation.ts";
import type { Json } from "../../src/emulator/json.ts";
import { rehearse } from "../rehearsal.ts";

const untimed = new Set(["recheck", "prove-absence", "delete-intent"]);

test.each(scenarios.flatMap((scenario) => [undefined, 7].map((seed) => ({ scenario, seed }))))(
  "every write of $scenario (seed $seed) has a time, and no run undercuts the bound",
  async ({ scenario, seed }) => {
    const world = benchWorld(scenario, 60, seed);
    expect(worldProblem(world as unknown as Json)).toBeUndefined();
    const rehearsal = rehearse(world);
    const began = rehearsal.clock.now();
    const plan = await rehearsal.plan({ strategy: strategies[scenario] });
    const { result } = await rehearsal.run(plan);
    expect(result.exitCode).toBe(0);
    expect(rehearsal.emulator.world().vaults).toEqual([]);
    const seconds = stepSeconds(plan.steps, rehearsal.emulator.world().operations ?? []);
    const without = plan.steps.filter(({ id, action }) => !seconds.has(id) && !untimed.has(action));
    expect(without).toEqual([]);
    const bound = lowerBound({ steps: plan.steps, seconds, rates: fullRates });
    expect(bound.seconds).toBeGreaterThan(60);
    expect((rehearsal.clock.now() - began) / 1_000).toBeGreaterThanOrEqual(bound.seconds);
  },
);
