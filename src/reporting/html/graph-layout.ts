// Where the nodes and arrows of a step graph stand in a drawing: dagre lays them out. It draws nothing.

import { graphlib, layout } from "@dagrejs/dagre";
import type { StepGraph, StepNode } from "../step-graph.ts";

export type Point = { readonly x: number; readonly y: number };

/** In units of the drawing, which are pixels where it is not scaled. `x` and `y`: of the upper left corner. */
export type PlacedNode = Point & { readonly node: StepNode; readonly width: number; readonly height: number };

export type PlacedGraph = {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly arrows: readonly (readonly Point[])[];
};

export type NodeSize = { readonly width: number; readonly height: number };

/** The room a page has for a drawing that need not be scaled. */
const room = { width: 1030, height: 820 };

/** From above, or from the left where that can be shown larger. The same graph is laid out the same way. */
export function placed(graph: StepGraph, sizeOf: (node: StepNode) => NodeSize): PlacedGraph {
  const [down, across] = [laidOut(graph, sizeOf, "TB"), laidOut(graph, sizeOf, "LR")];
  return scaleOf(across) > scaleOf(down) ? across : down;
}

function scaleOf({ width, height }: NodeSize): number {
  return Math.min(1, room.width / width, room.height / height);
}

function laidOut(graph: StepGraph, sizeOf: (node: StepNode) => NodeSize, rankdir: "TB" | "LR"): PlacedGraph {
  const sketch = new graphlib.Graph();
  sketch.setGraph({ rankdir, nodesep: 14, ranksep: rankdir === "TB" ? 32 : 44, edgesep: 10, marginx: 8, marginy: 8 });
  sketch.setDefaultEdgeLabel(() => ({}));
  for (const node of graph.nodes) sketch.setNode(node.id, { ...sizeOf(node) });
  for (const { from, to } of graph.edges) sketch.setEdge(from, to);
  layout(sketch);
  const { width = 0, height = 0 } = sketch.graph() as Partial<NodeSize>;
  return {
    width: rounded(width),
    height: rounded(height),
    nodes: graph.nodes.map((node) => placedNode(node, sketch.node(node.id) as Point & NodeSize)),
    arrows: graph.edges.map(({ from, to }) =>
      (sketch.edge(from, to) as { readonly points: readonly Point[] }).points.map(({ x, y }) => ({
        x: rounded(x),
        y: rounded(y),
      })),
    ),
  };
}

/** Dagre places centres. */
function placedNode(node: StepNode, { x, y, width, height }: Point & NodeSize): PlacedNode {
  return { node, x: rounded(x - width / 2), y: rounded(y - height / 2), width, height };
}

function rounded(length: number): number {
  return Number.isFinite(length) ? Math.round(length * 10) / 10 : 0;
}
