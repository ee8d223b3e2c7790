// Looking at what a step was to change, and judging by what is found whether it took effect. Reads only; it never waits.

import type { Proof } from "../dependencies/dependency.ts";
import { registry } from "../dependencies/registry.ts";
import type { Kind, Of } from "../model/resource.ts";
import type { Step } from "../model/step.ts";
import type { Engine } from "./engine.ts";
import { listingOf, type Listing } from "./listings.ts";

type Looking = Pick<Engine, "reader" | "listings">;

/** Whether the target is read alone: its list would not tell. */
export function isReadAlone({ kind }: Pick<Step, "kind">): boolean {
  return registry[kind].look !== undefined;
}

/** A fresh look, shared with the other steps of the kind where a list tells. Throws AzureError. */
export async function listingFor<K extends Kind>(engine: Looking, step: Step): Promise<Listing<K>> {
  const { look } = registry[step.kind as K];
  if (look === undefined) return engine.listings.fresh(step.kind as K);
  return listingOf<K>(await look(engine.reader, step.target));
}

/** What the listing, made after the write, says about the step. */
export function judge<K extends Kind>(engine: Pick<Engine, "plan">, step: Step, listing: Listing<K>): Proof {
  const found: readonly Of<K>[] = listing.withId(step.target);
  return registry[step.kind as K].prove(step, found, engine.plan.strategy);
}

/** One look at the target. Throws AzureError. */
export async function look(engine: Looking & Pick<Engine, "plan">, step: Step): Promise<Proof> {
  return judge(engine, step, await listingFor(engine, step));
}
