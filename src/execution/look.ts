// Looking at what a step was to change, and judging by what is found whether it took effect. Reads only; it never waits.

import type { Proof } from "../dependencies/dependency.ts";
import { registry } from "../dependencies/registry.ts";
import type { Kind, Of } from "../model/resource.ts";
import type { Step } from "../model/step.ts";
import { AzureError } from "../model/azure-error.ts";
import { Stopped, type Engine } from "./engine.ts";
import { isSignedOut } from "./error-rules.ts";
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

/** Why a reading could not be made. Throws on what is not its own: a stopped run, a lost sign-in, a defect. */
export function refusalOf({ signal }: Pick<Engine, "signal">, error: unknown): string {
  if (!(error instanceof AzureError) || isSignedOut(error)) throw error;
  if (signal.aborted) throw new Stopped();
  return `${error.code}: ${error.message}`;
}
