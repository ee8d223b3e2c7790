// The laws of writes: each belongs to a step, was announced, lies where it may, follows what it waits for, and is not repeated in vain.

import type { Step } from "../../src/model/step.ts";
import type { Write } from "./azure.ts";
import { stepOf } from "./belonging.ts";
import { connectionsOf, endpointOf, lastOf, same, vaultIn } from "./standing.ts";
import type { Life, Told } from "./story.ts";

/** What is known of a run while its moments are gone through. */
type Course = {
  /** By step id, the type of the last event. */
  readonly last: Map<string, string>;
  /** Steps whose effect was seen, and that nothing has undone since. */
  readonly verified: Set<string>;
  /** Changes of items that the process has begun and not ended. */
  readonly underWay: Map<Life, Set<Step>>;
};

/** What is broken, in words; empty when all hold. */
export function brokenByWrites(told: Told): readonly string[] {
  const courses = new Map<string, Course>();
  const courseOf = ({ plan }: Life): Course => {
    const course = courses.get(plan.id) ?? { last: new Map(), verified: new Set(), underWay: new Map() };
    courses.set(plan.id, course);
    return course;
  };
  return told.moments.flatMap((moment) => {
    const course = courseOf(moment.life);
    if (moment.kind === "event") {
      if ("step" in moment.event) follow(course, moment.life, moment.event.type, moment.event.step);
      return [];
    }
    const { write, life } = moment;
    const said = (law: string): string => `${law}: ${write.method} ${write.path}`;
    const outside = isWithinReach(told, write) ? [] : [said("a write lies where none may")];
    const step = stepOf(life.plan, write);
    if (step === undefined) return [...outside, said("a write belongs to no step")];
    return [
      ...outside,
      ...(course.last.get(step.id) === "step-intended" ? [] : [said(`${step.id} was written unannounced`)]),
      ...(course.verified.has(step.id) ? [said(`${step.id} was verified, and is written again`)] : []),
      ...early(step, course).map((id) => said(`${step.id} was written before ${id} was verified`)),
      ...beside(step, course, life).map((id) => said(`${step.id} was written while ${id} was under way`)),
    ];
  });
}

/** A lock that is put back is gone no more, and one that is removed again is back no more: either is then done again. */
function follow({ last, verified, underWay }: Course, life: Life, type: string, id: string): void {
  const { steps } = life.plan;
  last.set(id, type);
  const open = underWay.get(life) ?? new Set();
  underWay.set(life, open);
  for (const step of steps) {
    if (step.id !== id || containerOf(step) === undefined) continue;
    if (type === "step-intended") open.add(step);
    if (type === "step-verified" || type === "step-failed") open.delete(step);
  }
  if (type === "step-verified") verified.add(id);
  if (type !== "step-verified" && type !== "step-intended") return;
  const undone = steps.find((step) => step.id === id)?.undoes;
  if (undone !== undefined) verified.delete(undone);
  for (const step of steps) if (step.undoes === id) verified.delete(step.id);
}

/** A lock returns after whatever has become of the writes under it, but never before it went. */
function early(step: Step, { verified, last }: Course): readonly string[] {
  if (step.undoes !== undefined) return last.has(step.undoes) ? [] : [step.undoes];
  return step.after.filter((id) => !verified.has(id));
}

/** One change of protection at a time in a container. */
function beside(step: Step, { underWay }: Course, life: Life): readonly string[] {
  const container = containerOf(step);
  const others = [...(underWay.get(life) ?? [])].filter((other) => other !== step && containerOf(other) === container);
  return container === undefined ? [] : others.map(({ id }) => id);
}

function containerOf({ action, target }: Step): string | undefined {
  const changesItem = action === "delete-item" || action === "undelete-item";
  return changesItem ? target.toLowerCase().replace(/\/protecteditems\/[^/]+$/u, "") : undefined;
}

/** In the vault; or an endpoint that leads to it, or was made for one that does; or a lock that the plan names. */
function isWithinReach({ story, plans }: Told, { path }: Write): boolean {
  const [vault] = story.world.vaults;
  if (vault === undefined) return false;
  if (same(path, vault.id) || path.startsWith(`${vault.id.toLowerCase()}/`)) return true;
  const stood = vaultIn(story.world, vault.id);
  const endpoints = stood === undefined ? [] : connectionsOf(stood).map(endpointOf);
  if (
    endpoints.some(
      (endpoint) => same(endpoint, path) || lastOf(path).startsWith(`${lastOf(endpoint)}_ecs`.toLowerCase()),
    )
  )
    return /\/privateendpoints\/[^/]+$/u.test(path);
  const isLock = (story.world.locks ?? []).some(({ id }) => same(id, path));
  return isLock && plans.some((plan) => plan.steps.some(({ kind, target }) => kind === "lock" && same(target, path)));
}
