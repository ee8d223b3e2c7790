// What appeared since a plan was made: never taken along by one of its steps, and named where it is why a step is refused. Reads only.

import { registry } from "../dependencies/registry.ts";
import { isWithin, idKey, segmentAfter } from "../model/arm-id.ts";
import { AzureError } from "../model/azure-error.ts";
import type { Failure } from "../model/event.ts";
import type { Plan } from "../model/plan.ts";
import type { Resource } from "../model/resource.ts";
import type { Step } from "../model/step.ts";
import { Unproved, type Engine } from "./engine.ts";
import type { Treatment } from "./error-rules.ts";

/** Whether others go with the target of the step by Azure's own doing. */
export function takesAlong({ plan }: Pick<Engine, "plan">, step: Step): boolean {
  return registry[step.kind].takesAlong?.(step, plan.inventory) !== undefined;
}

/** What to do about anything that a plan does not know. */
export const planAgain = "nothing that was not planned is deleted: run plan again to see it, then apply the new plan";

/**
 * To be called right before the write of a step with which others go by Azure's own doing. Throws Unproved naming those
 * that the plan does not know, and AzureError.
 */
export async function spareStrangers(
  { plan, listings, isVerified }: Pick<Engine, "plan" | "listings" | "isVerified">,
  step: Step,
): Promise<void> {
  const along = registry[step.kind].takesAlong?.(step, plan.inventory);
  if (along === undefined) return;
  const known = expectedAmong(plan.inventory.filter(along.has), plan, isVerified);
  const lists = await Promise.all(along.kinds.map((kind) => listings.fresh(kind)));
  const strangers = lists.flatMap(({ all }) => all).filter((found) => !known.has(idKey(found.id)) && along.has(found));
  if (strangers.length === 0) return;
  const names = strangers.map(({ kind, name, id }) => `${kind} ${name} (${id})`);
  throw new Unproved({
    disposition: "blocked",
    code: "NotPlanned",
    message: `would go along with ${step.name}, and the plan does not know it: ${names.join("; ")}`,
    remedy: planAgain,
  });
}

/**
 * The failure of a step that Azure refused: where something stands in the vault that the plan does not know and that may
 * hold the target, it is a person's move, and that is named. Else unchanged.
 */
export async function blamingStrangers(
  engine: Pick<Engine, "plan" | "recheck">,
  step: Step,
  { next, failure }: Treatment,
): Promise<Failure> {
  // Nothing that stands in a vault holds up what returns to it.
  if (engine.plan.recovery !== undefined || next === "look" || !mayBeOfStrangers(step, failure)) return failure;
  try {
    const known = knownOf(engine.plan);
    const standing = await engine.recheck();
    const strangers = standing.filter(({ subject }) => !known.has(idKey(subject)) && mayHold(subject, step));
    if (strangers.length === 0) return failure;
    const reasons = strangers.map(({ reason, subject }) => `${reason} (${subject})`).join("; ");
    const message = `${failure.message} since the plan was made, something came: ${reasons}`;
    return { ...failure, disposition: "blocked", message, remedy: planAgain };
  } catch (error) {
    if (!(error instanceof AzureError)) throw error;
    return failure;
  }
}

/** A vault that is said to wait for its soft-deleted data may have something new in it as well. */
function mayBeOfStrangers(step: Step, { disposition, retryAfterSeconds }: Failure): boolean {
  if (step.action === "delete-vault") return disposition === "waiting" && retryAfterSeconds === undefined;
  return disposition === "failed" && canBeHeld(step);
}

/** What this run has removed, and what the plan did not know as going along, is expected no more: found there, it is new. */
function expectedAmong(
  planned: readonly Resource[],
  { steps }: Pick<Plan, "steps">,
  isVerified: Engine["isVerified"],
): ReadonlySet<string> {
  const stepsOn = Map.groupBy(steps, ({ target }) => idKey(target));
  const isRemoved = (key: string): boolean => stepsOn.get(key)?.every(({ id }) => isVerified(id)) ?? false;
  return new Set(planned.map(({ id }) => idKey(id)).filter((key) => !isRemoved(key)));
}

function knownOf({ inventory }: Pick<Plan, "inventory">): ReadonlySet<string> {
  return new Set(inventory.map(({ id }) => idKey(id)));
}

/** Containers hold what lies in them; in Site Recovery also what only names another object keeps it. */
function canBeHeld({ target }: Step): boolean {
  return isOfReplication(target) || /\/protectionContainers\/[^/]+$/i.test(target);
}

/** Jobs come with every write of the run itself. */
function mayHold(stranger: string, { target }: Step): boolean {
  if (/\/(replicationJobs|backupJobs)\//i.test(stranger)) return false;
  return isWithin(stranger, target) || (isOfReplication(stranger) && isOfReplication(target));
}

function isOfReplication(id: string): boolean {
  const vault = segmentAfter(id, "vaults");
  return vault !== undefined && idKey(id).includes(`/vaults/${vault.toLowerCase()}/replication`);
}
