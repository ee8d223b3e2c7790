// A run during which the world is changed by somebody else, at a given moment. Everything it sends is kept.

import { standingInTheWay } from "../../src/cli/make-plan.ts";
import { createEmulator } from "../../src/emulator/emulator.ts";
import type { World } from "../../src/emulator/world.ts";
import type { RunResult } from "../../src/execution/run.ts";
import type { RecordedEvent } from "../../src/model/event.ts";
import type { Plan, PlanOptions } from "../../src/model/plan.ts";
import { rehearse } from "../rehearsal.ts";
import { virtualClock } from "../virtual-clock.ts";

/** Before the first write; right before the vault is listed again; right before it is deleted, when it was listed again. */
export type Moment = "first write" | "recheck" | "deletion";

export type Changed = {
  readonly plan: Plan;
  readonly result: RunResult;
  readonly events: readonly RecordedEvent[];
  /** As `METHOD path`, lower-cased, in their order. */
  readonly writes: readonly string[];
  /** Just after the change, and at the end. */
  readonly changed: World;
  readonly world: World;
};

export type Change = {
  readonly world: World;
  readonly options?: Partial<PlanOptions>;
  readonly moment: Moment;
  readonly change: (world: World) => World;
};

export async function runThroughChange({ world, options, moment, change }: Change): Promise<Changed> {
  const clock = virtualClock();
  const writes: string[] = [];
  let emulator: ReturnType<typeof createEmulator> | undefined;
  let changed: World | undefined;
  const changeNow = (): void => {
    if (changed !== undefined) return;
    changed = change((emulator ?? rehearsal.emulator).world());
    emulator = createEmulator({ world: changed, clock });
  };
  const rehearsal = rehearse(world, {
    clock,
    between: (handle) => async (request) => {
      const write = `${request.method} ${decodeURIComponent(new URL(request.url).pathname).toLowerCase()}`;
      if (request.method !== "GET") {
        if (moment === "first write" || (moment === "deletion" && isVaultDeletion(write))) changeNow();
        writes.push(write);
      }
      return emulator === undefined ? handle(request) : emulator.handle(request);
    },
  });
  const plan = await rehearsal.plan(options);
  const recheck = async () => {
    if (moment === "recheck") changeNow();
    return standingInTheWay(plan, rehearsal.reader(plan.strategy), clock);
  };
  const { result, events } = await rehearsal.run(plan, { recheck });
  if (changed === undefined) throw new Error(`the run never came to the moment "${moment}"`);
  return { plan, result, events, writes, changed, world: emulator!.world() };
}

function isVaultDeletion(write: string): boolean {
  return /^DELETE \S+\/(vaults|backupVaults)\/[^/]+$/i.test(write);
}
