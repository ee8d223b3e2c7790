// A plan as a Mermaid flowchart that GitHub, Azure DevOps and other renderers draw: plain nodes with quoted labels, plain arrows
// in the order in which it is carried out, classes for what must not be overlooked. No HTML, no links, no directives.

import type { Plan } from "../model/plan.ts";
import { documentText, type DocumentText } from "./document-text.ts";
import { foldSteps, type GraphLimit, type StepNode } from "./step-graph.ts";
import { terminalLine } from "./terminal-text.ts";
import { counted, shortened } from "./words.ts";

/** Mermaid draws no more than 500 arrows unless its page allows it; one is kept for what blocks the plan. */
const mostDrawn: GraphLimit = { nodes: 300, edges: 490 };

/** Mermaid takes no longer text than 50,000 characters unless its page allows it. */
const longestText = 49_000;

/** A longer label makes a picture that nobody reads. */
const longestLabel = 80;
const longestSentence = 500;

/** The whole plan, folded as far as Mermaid's own limits ask for. */
export function mermaidText(plan: Plan): DocumentText {
  return mermaidWithin(plan, mostDrawn);
}

/** The plan folded into so many nodes and arrows at most, or fewer where their text would be too long. */
export function mermaidWithin(plan: Plan, limit: GraphLimit): DocumentText {
  const text = drawn(plan, limit);
  if (text.length <= longestText || limit.nodes <= 1) return text;
  return mermaidWithin(plan, { ...limit, nodes: Math.floor(limit.nodes / 2) });
}

/** Where there is no plan to draw: still a diagram, of one node that says why. */
export function mermaidOfSentence(text: string): DocumentText {
  return documentText(["flowchart TD\n", `  said["${escaped(shortened(text, longestSentence))}"]\n`]);
}

function drawn(plan: Plan, limit: GraphLimit): DocumentText {
  const { nodes, edges } = foldSteps(plan, limit);
  const sorts = Map.groupBy(nodes, sortOf);
  const lines = [
    ...nodes.map((node) => `${node.id}["${labelOf(node)}"]`),
    ...edges.map(({ from, to }) => `${from} --> ${to}`),
  ];
  return documentText([
    "flowchart TD\n",
    `  %% plan ${plan.id}\n`,
    ...(plan.blockers.length === 0 ? indented(lines, 1) : behindGate(plan, lines)),
    ...Object.entries(styles).map(([sort, style]) => `  classDef ${sort} ${style}\n`),
    ...[...sorts].flatMap(([sort, same]) =>
      sort === undefined ? [] : [`  class ${same.map(({ id }) => id).join(",")} ${sort}\n`],
    ),
    ...(plan.blockers.length === 0 ? [] : ["  class gate blocked\n"]),
  ]);
}

/** One arrow to all of them: none begins before everything that blocks the plan is settled. */
function behindGate({ blockers }: Plan, lines: readonly string[]): readonly string[] {
  const gate = `  gate["${escaped(`blocked by ${counted(blockers.length, "thing")}`)}"]\n`;
  if (lines.length === 0) return [gate];
  return [gate, '  subgraph steps["steps"]\n', ...indented(lines, 2), "  end\n", "  gate --> steps\n"];
}

function indented(lines: readonly string[], depth: number): readonly string[] {
  return lines.map((line) => `${"  ".repeat(depth)}${line}\n`);
}

/** Legible on white and on black, and told apart without colours by the width of the line and the words of the label. */
const styles = {
  irreversible: "fill:#fde7e9,stroke:#a4262c,stroke-width:3px,color:#201f1e",
  weakening: "fill:#fff4ce,stroke:#8a6d00,stroke-width:2px,color:#201f1e",
  blocked: "fill:#f3f2f1,stroke:#201f1e,stroke-width:2px,stroke-dasharray:6 3,color:#201f1e",
};

/** What cannot be undone decides where a node is both. */
function sortOf({ irreversible, weakens }: StepNode): keyof typeof styles | undefined {
  if (irreversible > 0) return "irreversible";
  return weakens > 0 ? "weakening" : undefined;
}

function labelOf({ actions, steps, name, irreversible, weakens }: StepNode): string {
  const alone = steps.length === 1;
  const what = actions.length > 3 ? `${actions.length} sorts of steps` : actions.join(", ");
  const parts = [
    what,
    ...(alone ? [] : [counted(steps.length, "step")]),
    ...(name === undefined ? [] : [`${alone ? "" : "on "}${shortened(name, longestLabel)}`]),
    ...(irreversible === 0 ? [] : [alone ? "IRREVERSIBLE" : `${irreversible} IRREVERSIBLE`]),
    ...(weakens === 0 ? [] : [alone ? "WEAKENS" : `${weakens} WEAKENING`]),
  ];
  return parts.map((part) => escaped(part)).join(" — ");
}

/**
 * Between the quotes of a label only letters, digits, spaces and a few marks stand for themselves. Mermaid writes everything
 * else as the number of its character between `#` and `;`.
 */
function escaped(text: string): string {
  return terminalLine(text).replaceAll(
    /[^\p{L}\p{M}\p{N} .,()/—…-]/gu,
    (character) => `#${String(character.codePointAt(0))};`,
  );
}
