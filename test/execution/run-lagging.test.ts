// Runs on worlds whose operations take drawn times and whose lists lag: the vault is still proved gone.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { World } from "../../src/emulator/world.ts";
import { loadWorld } from "../../src/emulator/worlds.ts";
import type { Strategy } from "../../src/model/plan.ts";
import { consents } from "../../src/model/step.ts";
import { rehearse } from "../rehearsal.ts";

function lagging(name: string, more: Partial<World> = {}): World {
  return { ...loadWorld(name), listLag: 60, seed: 7, ...more };
}

async function tornDown(world: World, strategy: Strategy) {
  const rehearsal = rehearse(world);
  const plan = await rehearsal.plan({ strategy, consents });
  expect(plan.blockers).toEqual([]);
  const { result } = await rehearsal.run(plan);
  return { result, plan, left: rehearsal.emulator.world().vaults };
}

describe("a teardown with drawn times and lists that lag by a minute", () => {
  it.each([
    ["small", "soft", "soft-deleted"],
    ["secure-by-default", "soft", "soft-deleted"],
    ["locked", "soft", "soft-deleted"],
    ["kitchen-sink", "soft", "soft-deleted"],
    ["recorded-file-shares", "soft", "absent"],
    ["recorded-sql-database", "purge", "purged"],
    ["classic", "purge", "purged"],
    ["guarded", "purge", "purged"],
    ["kitchen-sink", "purge", "purged"],
  ] as const)("of %s, %s, ends with the vault proved gone: %s", async (name, strategy, kind) => {
    const { result, plan, left } = await tornDown(lagging(name), strategy);
    expect(result).toMatchObject({ exitCode: 0, outcome: { kind } });
    expect(result.counts).toEqual({ verified: plan.steps.length, failed: 0, skipped: 0, open: 0 });
    expect(result.outcome?.evidence[0]).toBe("GET of the vault answers 404");
    expect(left).toEqual([]);
  });

  it("waits for what a soft plan leaves in a classic vault, as it does without", async () => {
    const { result } = await tornDown(lagging("classic"), "soft");
    expect(result).toMatchObject({ exitCode: 4, resumable: true });
    expect(result.resumeAfter).toBeDefined();
  });

  it("holds for any seed and any lag up to five minutes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 0, max: 300 }), async (seed, listLag) => {
        const { result, left } = await tornDown(lagging("small", { seed, listLag }), "soft");
        expect(result.exitCode).toBe(0);
        expect(left).toEqual([]);
      }),
      { numRuns: 6 },
    );
  });
});

describe("the deletion of the vault", () => {
  it.each([
    ["is seen to succeed", { deleteVault: 1, forgetVault: 600 }],
    ["is forgotten before it is seen to succeed", { deleteVault: 1, forgetVault: 0 }],
    ["outlasts many polls", { deleteVault: 519, forgetVault: 0 }],
  ])("is proved where it %s", async (_, latencies) => {
    const { result } = await tornDown(lagging("always-on", { latencies }), "soft");
    expect(result).toMatchObject({ exitCode: 0, outcome: { kind: "soft-deleted" } });
  });
});

describe("the seed of a rehearsal", () => {
  it("is no part of a plan", async () => {
    const ids = [undefined, 1, 2].map(async (seed) => {
      const world = { ...loadWorld("small"), ...(seed === undefined ? {} : { seed }) };
      return (await rehearse(world).plan()).id;
    });
    expect(new Set(await Promise.all(ids)).size).toBe(1);
  });
});
