// The laid-out graph: everything on the drawing, nothing over anything else, and the same again for the same plan.

import { expect, test } from "vitest";
import { placed } from "../../../src/reporting/html/graph-layout.ts";
import { graphFigures, nodesOfSteps } from "../../../src/reporting/html/graph-section.ts";
import { foldSteps } from "../../../src/reporting/step-graph.ts";
import { planOf } from "../builders.ts";
import { planReport } from "./reports.ts";

const size = { width: 120, height: 50 };

test.each([
  { nodes: 36, edges: 90 },
  { nodes: 250, edges: 1000 },
])("no two nodes overlap, and all are on the drawing: %o", async (limit) => {
  const { plan } = await planReport("kitchen-sink");
  const graph = foldSteps(plan, limit);
  const { nodes, arrows, width, height } = placed(graph, () => size);
  expect(nodes).toHaveLength(graph.nodes.length);
  expect(arrows).toHaveLength(graph.edges.length);
  for (const [index, one] of nodes.entries()) {
    expect(one.x >= 0 && one.y >= 0 && one.x + size.width <= width && one.y + size.height <= height).toBe(true);
    for (const other of nodes.slice(index + 1))
      expect(Math.abs(one.x - other.x) >= size.width || Math.abs(one.y - other.y) >= size.height).toBe(true);
  }
  expect(placed(graph, () => size)).toEqual({ nodes, arrows, width, height });
});

test("a chain runs from above, as it is read", () => {
  const [first] = planOf().steps;
  const chain = ["a", "b", "c", "d"].map((id, place, ids) => ({ ...first!, id, after: ids.slice(0, place).slice(-1) }));
  const { width, height } = placed(foldSteps({ steps: chain }, { nodes: 9, edges: 9 }), () => size);
  expect(height).toBeGreaterThan(width);
});

test("few steps have one figure, more have groups first and then every step, very many groups alone", async () => {
  const [small, sink] = await Promise.all([planReport("small"), planReport("kitchen-sink")]);
  expect(graphFigures(small.plan).map(({ name }) => name)).toEqual(["every-step"]);
  expect(graphFigures(sink.plan).map(({ name }) => name)).toEqual(["groups", "every-step"]);
  const many = Array.from({ length: 300 }, (_, n) => ({ ...planOf().steps[0]!, id: `s${n}` }));
  expect(graphFigures(planOf({ steps: many })).map(({ name }) => name)).toEqual(["groups"]);
  expect(graphFigures(planOf({ steps: [] }))).toEqual([]);
});

test("for each step of the plan the number of its node is known", async () => {
  const { plan } = await planReport("kitchen-sink");
  const figures = graphFigures(plan);
  const numbers = nodesOfSteps(figures, plan);
  for (const { name, graph } of figures)
    for (const [place, number] of (numbers[name] ?? []).entries())
      expect(graph.nodes[number - 1]?.steps).toContain(plan.steps[place]?.id);
});
