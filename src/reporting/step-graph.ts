// What must go before what, as a picture can show it: steps, or groups of steps where there are many. It draws nothing: every
// drawn format takes the same nodes and edges from here.

import { ancestor, idKey, nameOf } from "../model/arm-id.ts";
import type { Plan } from "../model/plan.ts";
import type { Action, Step } from "../model/step.ts";
import { bandsOf, brokenUp, edgesBetween, inOrder, levelsOf, withoutDetours, type Links } from "./step-folding.ts";
import type { StepReport } from "./step-report.ts";

export type StepState = StepReport["state"];

export type StepNode = {
  /** `n1`, `n2`, …: safe in every format. */
  readonly id: string;
  /** Ids of its steps, in the order of the plan; never empty. */
  readonly steps: readonly string[];
  /** What its steps do; several where even the groups had to be joined. */
  readonly actions: readonly Action[];
  /** What its steps have in common beside the action, as Azure has it: the name of the only one, or that of their container. */
  readonly name?: string;
  readonly kinds: readonly Step["kind"][];
  /** Some of its steps wait for others of them. */
  readonly ordered: boolean;
  /** So many of its steps cannot be undone; so many weaken a protection. */
  readonly irreversible: number;
  readonly weakens: number;
  /** Of a run: how many of its steps stand how. */
  readonly states?: ReadonlyMap<StepState, number>;
};

/** What `from` does must be verified before `to` begins: of some of their steps, where they are groups. */
type StepEdge = { readonly from: string; readonly to: string };

export type StepGraph = {
  /** Each after those that it waits for. */
  readonly nodes: readonly StepNode[];
  /** Those that follow from others are left out. */
  readonly edges: readonly StepEdge[];
  /** Steps share nodes. */
  readonly folded: boolean;
};

/** Both at least 1. */
export type GraphLimit = { readonly nodes: number; readonly edges: number };

/**
 * The plan's steps, each for itself where the limit allows it, else grouped as finely as it allows: by action and container,
 * by action and kind, by action, by depth. What must go before what can still be followed from node to node, and no way leads
 * back to where it began. The same plan gives the same graph. `reports`: those of a run of the plan.
 */
export function foldSteps(
  { steps }: Pick<Plan, "steps">,
  limit: GraphLimit,
  reports: readonly StepReport[] = [],
): StepGraph {
  const links = linksOf(steps);
  const states = new Map(reports.map(({ id, state }) => [id, state]));
  for (const groups of foldings(steps, links, limit)) {
    const order = groups.length > limit.nodes ? [] : inOrder(groups, links);
    const edges = withoutDetours(order.length, edgesBetween(order, links));
    if (order.length !== groups.length || edges.length > limit.edges) continue;
    const nodes = order.map((group, index) => nodeOf(`n${index + 1}`, group, { steps, links, states }));
    const idOf = (index: number): string => nodes[index]?.id ?? "";
    return {
      nodes,
      edges: edges.map(([from, to]) => ({ from: idOf(from), to: idOf(to) })),
      folded: nodes.length < steps.length,
    };
  }
  return { nodes: [], edges: [], folded: false };
}

/** For each step the places in the plan of those it waits for. A plan names every step after those; anything else is no arrow. */
function linksOf(steps: readonly Step[]): Links {
  const places = new Map(steps.map(({ id }, index) => [id, index]));
  return steps.map(({ after }, index) => {
    const before = after.flatMap((id) => places.get(id) ?? []).filter((place) => place < index);
    return [...new Set(before)];
  });
}

/** Finest first; the last fits any limit. */
function* foldings(steps: readonly Step[], links: Links, limit: GraphLimit): Generator<readonly (readonly number[])[]> {
  const places = steps.map((_, index) => index);
  const levels = levelsOf(links);
  if (steps.length <= limit.nodes) yield places.map((place) => [place]);
  const keys: readonly ((step: Step) => string)[] = [
    (step) => `${step.action} ${step.kind} ${idKey(containerOf(step) ?? "")}`,
    (step) => `${step.action} ${step.kind}`,
    (step) => step.action,
  ];
  for (const key of keys) {
    const groups = [...Map.groupBy(places, (place) => keyAt(steps, place, key)).values()];
    if (groups.length <= limit.nodes) yield brokenUp(groups, links, levels);
  }
  yield bandsOf(levels, Math.min(limit.nodes, limit.edges + 1));
}

function keyAt(steps: readonly Step[], place: number, key: (step: Step) => string): string {
  const step = steps[place];
  return step === undefined ? "" : key(step);
}

/** The machine, server or fabric that the target is, or lies in. */
function containerOf({ target }: Step): string | undefined {
  return ancestor(target, "protectionContainers") ?? ancestor(target, "replicationFabrics");
}

type Told = {
  readonly steps: readonly Step[];
  readonly links: Links;
  readonly states: ReadonlyMap<string, StepState>;
};

function nodeOf(id: string, group: readonly number[], { steps, links, states }: Told): StepNode {
  const inside = new Set(group);
  const members = group.flatMap((place) => steps[place] ?? []);
  const name = sharedName(members);
  return {
    id,
    steps: members.map((step) => step.id),
    actions: distinct(members.map(({ action }) => action)),
    ...(name === undefined ? {} : { name }),
    kinds: distinct(members.map(({ kind }) => kind)),
    ordered: group.some((place) => links[place]?.some((before) => inside.has(before))),
    irreversible: members.filter(({ irreversible }) => irreversible).length,
    weakens: members.filter(({ weakens }) => weakens !== undefined).length,
    ...(states.size === 0 ? {} : { states: counts(members.map((step) => states.get(step.id) ?? "pending")) }),
  };
}

/** A container is named type;…;machine. */
function sharedName(members: readonly Step[]): string | undefined {
  const [first] = members;
  if (first === undefined || members.length === 1) return first?.name;
  const containers = new Map(members.map((step) => [idKey(containerOf(step) ?? ""), containerOf(step)]));
  const [container] = containers.size === 1 ? containers.values() : [];
  return container === undefined ? undefined : nameOf(container).split(";").at(-1);
}

function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}

function counts(states: readonly StepState[]): ReadonlyMap<StepState, number> {
  return new Map([...Map.groupBy(states, (state) => state)].map(([state, same]) => [state, same.length]));
}
