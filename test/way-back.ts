// The way back of a rehearsed teardown: its recovery, planned as the command line plans it. It expects nothing.

import { planOf, type NoWay } from "../src/cli/recovery-wish.ts";
import { wishOfKnown } from "../src/cli/recovery-of-run.ts";
import type { World } from "../src/emulator/world.ts";
import type { RecordedEvent } from "../src/model/event.ts";
import type { Plan } from "../src/model/plan.ts";
import { rehearse, type Rehearsal } from "./rehearsal.ts";

type Wanted = { readonly items?: readonly string[] };

/** The plan of `recover --run` after these events of a teardown, or why there is none. */
export async function wayBack(
  { clients, clock }: Rehearsal,
  plan: Plan,
  events: readonly RecordedEvent[],
  { items }: Wanted = {},
): Promise<Plan | NoWay> {
  const session = { clients: () => clients("soft"), clock };
  const journal = { events, last: events.at(-1) };
  const wish = await wishOfKnown(session, { item: items }, { run: "rehearsal", plan, journal });
  return "reason" in wish ? wish : planOf(session, wish);
}

/** The same where there must be one. */
export async function planBack(...told: Parameters<typeof wayBack>): Promise<Plan> {
  const found = await wayBack(...told);
  if ("reason" in found) throw new Error(`${found.reason}: ${found.todo}`);
  return found;
}

export type TornDown = {
  readonly rehearsal: Rehearsal;
  readonly plan: Plan;
  readonly events: readonly RecordedEvent[];
};

/** A world whose vault was torn down softly, to the end. */
export async function tornDown(
  world: string | World,
  options: Parameters<Rehearsal["plan"]>[0] = {},
): Promise<TornDown> {
  const rehearsal = rehearse(world);
  const plan = await rehearsal.plan(options);
  const { events } = await rehearsal.run(plan);
  return { rehearsal, plan, events };
}
