// Every fault of the network, of Azure and of other clients, in the run of every action: how it ends, and that it can be gone on with.

import { describe, expect, it } from "vitest";
import { parseWorld, type World } from "../../src/emulator/world.ts";
import type { Plan } from "../../src/model/plan.ts";
import { rehearse, type Rehearsal, type RehearsalOptions } from "../rehearsal.ts";
import { faultTable, type End, type Faulty } from "./fault-table.ts";
import { oneActionWorlds, type WorldAction } from "./one-action-worlds.ts";

const actions = Object.keys(oneActionWorlds) as WorldAction[];

function worldOf(action: WorldAction, { faults = [], world = {} }: Faulty = {}): World {
  return parseWorld(JSON.stringify({ ...oneActionWorlds[action].world, ...world, faults }), action);
}

const plans = new Map<string, Promise<Plan>>();

/** Made before anything went wrong; once for all faults of an action. */
function planOf(action: WorldAction, around: RehearsalOptions = {}): Promise<Plan> {
  const { azureAhead = 0 } = around;
  const key = `${action} ${azureAhead}`;
  const known = plans.get(key) ?? rehearse(worldOf(action), { azureAhead }).plan(oneActionWorlds[action].options);
  plans.set(key, known);
  return known;
}

/** The same command once the fault is over, on what the first run left behind. */
async function afterwards(rehearsal: Rehearsal, { azureAhead = 0 }: RehearsalOptions): Promise<Rehearsal> {
  const left = parseWorld(JSON.stringify({ ...rehearsal.emulator.world(), faults: [] }), "left");
  return rehearse(left, { clock: rehearsal.clock, vault: rehearsal.vault, azureAhead });
}

/** Paths of the writes that no step of the plan has for its target. */
function unplanned(rehearsal: Rehearsal, plan: Plan): readonly string[] {
  const targets = plan.steps.map(({ target }) => target.toLowerCase());
  const paths = rehearsal.writes().map((write) => write.slice(write.indexOf(" ") + 1).toLowerCase());
  return paths.filter((path) => !targets.some((target) => path === target || path.startsWith(`${target}/`)));
}

async function expectEnd(
  action: WorldAction,
  plan: Plan,
  { faults, world, around = {} }: Faulty,
  end: End,
): Promise<void> {
  const rehearsal = rehearse(worldOf(action, { ...(faults && { faults }), ...(world && { world }) }), around);
  const { result, events } = await rehearsal.run(plan);
  const failures = events.flatMap((event) => (event.type === "step-failed" ? [`${event.code}: ${event.message}`] : []));
  const hit = rehearsal.emulator.requests().filter(({ fault }) => fault !== undefined);
  if (faults !== undefined) expect(hit, "no request met the fault").not.toEqual([]);
  const step = plan.steps.find((candidate) => candidate.action === action)?.id;
  const announced = events.filter((event) => event.type === "step-intended" && event.step === step).length;
  expect({ exit: result.exitCode, writes: announced }, failures.join("; ")).toEqual({
    exit: end.exit,
    writes: end.writes,
  });
  expect(unplanned(rehearsal, plan)).toEqual([]);
  if (end.again === undefined) return expectGone(rehearsal, result, plan);
  const vaultIsGone = standing(rehearsal.emulator.world()).length === 0;
  const again = await afterwards(rehearsal, around);
  const second = await again.run(plan, { past: events, vaultIsGone });
  expect(second.result.exitCode, "run again").toBe(end.again);
  expect(unplanned(again, plan)).toEqual([]);
  if (end.again === 0) expectGone(again, second.result, plan);
}

/** Vaults of either kind. */
function standing({ vaults, backupVaults = [] }: World): readonly unknown[] {
  return [...vaults, ...backupVaults];
}

/** What is reported is what the world shows. */
function expectGone(
  { emulator }: Rehearsal,
  result: { readonly outcome?: { readonly kind: string } },
  plan: Plan,
): void {
  const left = emulator.world();
  const deletedVaults = [...left.deletedVaults, ...(left.deletedBackupVaults ?? [])];
  expect(standing(left)).toEqual([]);
  expect(result.outcome?.kind).toBe(plan.expectedOutcome.kind);
  if (plan.expectedOutcome.kind === "soft-deleted") expect(deletedVaults).toHaveLength(1);
  if (plan.expectedOutcome.kind === "purged") expect(deletedVaults).toEqual([]);
}

describe.each(faultTable)("$fault", ({ hits, end, except }) => {
  const met = actions.flatMap((action) => {
    const faulty = hits(oneActionWorlds[action]);
    return faulty === undefined ? [] : [{ action, faulty, wanted: except?.[action] ?? end }];
  });

  it.each(met)("in the run of $action", async ({ action, faulty, wanted }) => {
    await expectEnd(action, await planOf(action, faulty.around), faulty, wanted);
  });
});

describe("the table", () => {
  it("has a world for every action, in whose plan that action is", async () => {
    const made = await Promise.all(actions.map(async (action) => [action, await planOf(action)] as const));
    for (const [action, { steps, blockers }] of made) {
      expect(blockers, action).toEqual([]);
      expect(steps.map((step) => step.action)).toContain(action);
    }
  });

  it("hits the write of every action that has one, by every fault of a write", () => {
    const writing = actions.filter((action) => oneActionWorlds[action].write !== undefined);
    for (const { fault, hits } of faultTable)
      for (const action of writing) expect(hits(oneActionWorlds[action]), `${fault} in ${action}`).toBeDefined();
  });
});
