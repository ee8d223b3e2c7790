// The graph of a plan: what it shows of every step, and what holds for every plan and limit.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { Plan } from "../../src/model/plan.ts";
import { actions, type Step } from "../../src/model/step.ts";
import { runDocument } from "../../src/reporting/run-document.ts";
import { foldSteps, type GraphLimit, type StepGraph } from "../../src/reporting/step-graph.ts";
import { rehearse } from "../rehearsal.ts";
import { deleteItem, intended, planOf, recorded, started, step, verified } from "./builders.ts";

const roomy: GraphLimit = { nodes: 250, edges: 500 };

test("a small plan is shown step by step, without arrows that follow from others", () => {
  const first = step("disable-soft-delete", { id: "a", after: [], weakens: "soft delete is off" });
  const second = { ...deleteItem("vm-1", 1), id: "b", after: ["a"], irreversible: true };
  const last = step("delete-vault", { id: "c", after: ["a", "b"] });
  const graph = foldSteps({ steps: [first, second, last] }, roomy);
  expect(graph.folded).toBe(false);
  expect(
    graph.nodes.map(({ steps, actions: does, weakens, irreversible }) => [steps, does, weakens, irreversible]),
  ).toEqual([
    [["a"], ["disable-soft-delete"], 1, 0],
    [["b"], ["delete-item"], 0, 1],
    [["c"], ["delete-vault"], 0, 0],
  ]);
  expect(graph.edges).toEqual([
    { from: "n1", to: "n2" },
    { from: "n2", to: "n3" },
  ]);
});

test("steps of one action on one kind share a node where there are too many, under the name of a container they share", () => {
  const items = Array.from({ length: 40 }, (_, n) => ({ ...deleteItem(`vm-${n}`, n), after: [] }));
  const within = items.map((item, n) => ({ ...item, target: `/x/protectionContainers/a;b;sql-1/protectedItems/${n}` }));
  const last = step("delete-vault", { after: items.map(({ id }) => id) });
  const [group, vault] = foldSteps({ steps: [...within, last] as readonly Step[] }, { nodes: 10, edges: 10 }).nodes;
  expect(group).toMatchObject({ actions: ["delete-item"], name: "sql-1", ordered: false });
  expect(group?.steps).toHaveLength(40);
  expect(vault).toMatchObject({ actions: ["delete-vault"], steps: [last.id] });
});

test("a group says when its own steps wait for each other", () => {
  const steps = Array.from({ length: 5 }, (_, n) => ({
    ...deleteItem(`vm-${n}`, n),
    after: n === 4 ? ["delete-item-0"] : [],
  }));
  expect(foldSteps({ steps }, { nodes: 2, edges: 2 }).nodes.map(({ ordered }) => ordered)).toEqual([true]);
});

test("of a run each node knows how many of its steps stand how", () => {
  const plan = planOf({ steps: [deleteItem("vm-1", 1), deleteItem("vm-2", 2), deleteItem("vm-3", 3)] });
  const events = recorded(started, intended("delete-item-1"), verified("delete-item-1"), intended("delete-item-2"));
  const run = runDocument("r-1", plan, events);
  const [node] = foldSteps(plan, { nodes: 1, edges: 1 }, run.steps).nodes;
  expect(Object.fromEntries(node?.states ?? [])).toEqual({ verified: 1, intended: 1, pending: 1 });
  expect(foldSteps(plan, roomy).nodes[0]?.states).toBeUndefined();
});

test("a plan without steps has an empty graph", () => {
  expect(foldSteps({ steps: [] }, roomy)).toEqual({ nodes: [], edges: [], folded: false });
});

test("one of everything keeps to the limit of each format, and its arrows say all that the plan says", async () => {
  const plan = await rehearse("kitchen-sink").plan();
  for (const limit of [roomy, { nodes: 40, edges: 100 }, { nodes: 12, edges: 20 }, { nodes: 1, edges: 1 }])
    expectLaws(plan, limit, foldSteps(plan, limit));
  expect(foldSteps(plan, roomy).folded).toBe(false);
});

const plans: fc.Arbitrary<Pick<Plan, "steps">> = fc
  .array(
    fc.record({
      action: fc.constantFrom(...actions.slice(0, 8)),
      container: fc.integer({ min: 0, max: 3 }),
      after: fc.array(fc.nat({ max: 60 }), { maxLength: 5 }),
    }),
    { maxLength: 60 },
  )
  .map((drafts) => ({
    steps: drafts.map(({ action, container, after }, place) => ({
      ...deleteItem(`item-${place}`, place),
      id: `s${place}`,
      action,
      target: `/vault/protectionContainers/c${container}/protectedItems/i${place}` as Step["target"],
      after: after.filter((before) => before < place).map((before) => `s${before}`),
    })),
  }));

const limits: fc.Arbitrary<GraphLimit> = fc.record({
  nodes: fc.integer({ min: 1, max: 70 }),
  edges: fc.integer({ min: 1, max: 100 }),
});

test("of any plan and limit: every step is in one node, no order is lost, nothing goes round, the limit is kept", () => {
  fc.assert(fc.property(plans, limits, (plan, limit) => expectLaws(plan, limit, foldSteps(plan, limit))));
});

test("an unfolded graph says no more than the plan: what can be followed in it can be followed in the plan", () => {
  fc.assert(
    fc.property(plans, (plan) => {
      const graph = foldSteps(plan, { nodes: 1000, edges: 100_000 });
      const inPlan = reachable(new Map(plan.steps.map(({ id, after }) => [id, after])));
      const inGraph = reachable(predecessors(graph));
      for (const node of graph.nodes) {
        const [only] = node.steps;
        const before = [...(inGraph.get(node.id) ?? [])].map(
          (id) => graph.nodes.find((other) => other.id === id)?.steps[0],
        );
        expect(new Set(before)).toEqual(inPlan.get(only!));
      }
    }),
  );
});

function expectLaws({ steps }: Pick<Plan, "steps">, limit: GraphLimit, graph: StepGraph): void {
  expect(graph.nodes.length).toBeLessThanOrEqual(limit.nodes);
  expect(graph.edges.length).toBeLessThanOrEqual(limit.edges);
  expect(graph.nodes.flatMap((node) => node.steps).toSorted()).toEqual(steps.map(({ id }) => id).toSorted());
  const place = new Map(graph.nodes.map(({ id }, index) => [id, index]));
  for (const { from, to } of graph.edges) expect(place.get(from)).toBeLessThan(place.get(to)!);
  const nodeOf = new Map(graph.nodes.flatMap((node) => node.steps.map((id) => [id, node.id] as const)));
  const before = reachable(predecessors(graph));
  for (const { id, after } of steps)
    for (const first of after) {
      const [from, to] = [nodeOf.get(first)!, nodeOf.get(id)!];
      expect(from === to || before.get(to)?.has(from)).toBe(true);
    }
}

function predecessors({ nodes, edges }: StepGraph): ReadonlyMap<string, readonly string[]> {
  return new Map(nodes.map(({ id }) => [id, edges.filter(({ to }) => to === id).map(({ from }) => from)]));
}

/** For each id all those before it. Those before stand earlier in the map. */
function reachable(before: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, ReadonlySet<string>> {
  const all = new Map<string, ReadonlySet<string>>();
  for (const [id, direct] of before) all.set(id, new Set(direct.flatMap((one) => [one, ...(all.get(one) ?? [])])));
  return all;
}
