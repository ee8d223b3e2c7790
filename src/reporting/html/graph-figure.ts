// The drawn order of the steps: an SVG whose nodes lead to a list that says the same in words. It needs no script to be seen.

import type { Plan } from "../../model/plan.ts";
import { planNames } from "../plan-names.ts";
import type { StepGraph, StepNode, StepState } from "../step-graph.ts";
import { counted, cut } from "../words.ts";
import { placed, type NodeSize, type PlacedNode, type Point } from "./graph-layout.ts";
import { markup, nothing, type Html } from "./html-text.ts";
import { list } from "./parts.ts";
import { stateSigns, stepStates } from "./states.ts";

export type GraphFigure = {
  /** Of this figure in the page: `groups` or `every-step`. */
  readonly name: string;
  readonly title: string;
  readonly graph: StepGraph;
};

/** Of a character, on average, in the drawing's two sizes of text. */
const titleWidth = 7.7;
const textWidth = 6.7;
const narrowest = 80;
const widest = 265;
const lineHeight = 16;
const padding = 10;

/** Drawing and list. */
export function graphFigure({ name, title, graph }: GraphFigure, plan: Plan): Html {
  const place = placed(graph, sizeOf);
  const arrows = place.arrows.map((points) => arrowMarkup(points, name));
  const nodes = place.nodes.map((one) => nodeMarkup(one, name));
  return markup`<figure class="graph" data-graph="${name}" id="graph-${name}">
    <div class="canvas">
      <svg
        viewBox="0 0 ${place.width} ${place.height}"
        width="${place.width}"
        height="${place.height}"
        role="group"
        aria-label="${title}"
      >
        <defs>
          <marker id="arrow-${name}" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path class="arrowhead" d="M0 0 8 4 0 8z" />
          </marker>
        </defs>
        <g class="drawing">
          ${arrows}${nodes}
        </g>
      </svg>
    </div>
    <figcaption>${title}</figcaption>
    <div class="chosen-node" hidden></div>
    ${textList({ name, title, graph }, plan)}
  </figure>`;
}

/** As wide as its text, which is cut where it is very long. */
function sizeOf(node: StepNode): NodeSize {
  const lines = linesOf(node);
  const widths = lines.map(({ text }, index) => widthOf(text) * (index === 0 ? titleWidth : textWidth));
  const width = Math.min(widest, Math.max(narrowest, Math.ceil(Math.max(...widths)))) + 2 * padding;
  return { width, height: lines.length * lineHeight + 14 };
}

/** What it does, and to what. */
function titleOf({ actions }: StepNode): string {
  const [first = ""] = actions;
  return actions.length > 1 ? `${counted(actions.length, "action")}: ${first} …` : first;
}

function subjectOf({ steps, kinds, name }: StepNode): string {
  if (steps.length === 1) return name ?? "";
  const what = kinds.length === 1 ? (kinds[0] ?? "") : counted(kinds.length, "kind");
  return `${steps.length} × ${what}${name === undefined ? "" : ` on ${name}`}`;
}

function marksText({ irreversible, weakens, steps }: StepNode): string {
  if (steps.length === 1)
    return [...(irreversible === 0 ? [] : ["irreversible"]), ...(weakens === 0 ? [] : ["weakens protection"])].join(
      ", ",
    );
  return [
    ...(irreversible === 0 ? [] : [`${irreversible} irreversible`]),
    ...(weakens === 0 ? [] : [`${weakens} weaken protection`]),
  ].join(", ");
}

function statesText(states: ReadonlyMap<StepState, number>, many: number): string {
  if (many === 1) return [...states.keys()].map((state) => `${stateSigns[state]} ${state}`).join("");
  const told = stepStates.flatMap((state) => {
    const same = states.get(state);
    return same === undefined ? [] : [`${stateSigns[state]} ${same} ${state}`];
  });
  return told.join(", ");
}

type Line = { readonly text: string; readonly className: string };

function linesOf(node: StepNode): readonly Line[] {
  const marks = marksText(node);
  return [
    { text: titleOf(node), className: "title" },
    { text: subjectOf(node), className: "subject" },
    ...(marks === ""
      ? []
      : [{ text: marks, className: `marks${node.irreversible > 0 ? " irreversible" : " weakens"}` }]),
    ...(node.states === undefined
      ? []
      : [{ text: statesText(node.states, node.steps.length), className: `states ${worstOf(node.states)}` }]),
  ];
}

function worstOf(states: ReadonlyMap<StepState, number>): StepState {
  return stepStates.find((state) => states.has(state)) ?? "pending";
}

function nodeMarkup({ node, x, y, width, height }: PlacedNode, name: string): Html {
  const lines = linesOf(node);
  const most = (index: number): number =>
    Math.floor((width - 2 * padding) / (index === 0 ? titleWidth : textWidth) + 0.5);
  const classes = [
    "node",
    ...(node.irreversible > 0 ? ["irreversible"] : []),
    ...(node.weakens > 0 ? ["weakens"] : []),
    ...(node.states === undefined ? [] : [worstOf(node.states)]),
  ].join(" ");
  const label = lines.map(({ text }) => text).join("; ");
  const behind =
    node.steps.length > 1
      ? markup`<rect class="behind" x="4" y="4" width="${width}" height="${height}" rx="7" />`
      : nothing;
  const texts = lines.map(
    ({ text, className }, index) =>
      markup`<text class="${className}" x="${padding}" y="${(index + 1) * lineHeight + 2}">${shortened(text, most(index))}</text>`,
  );
  return markup`<a class="${classes}" href="#${name}-${node.id}" data-node="${node.id.slice(1)}" transform="translate(${x} ${y})">
    <title>${label}</title>${behind}<rect class="box" width="${width}" height="${height}" rx="7" />${texts}
  </a>`;
}

function arrowMarkup(points: readonly Point[], name: string): Html {
  return markup`<path class="arrow" marker-end="url(#arrow-${name})" d="${curve(points)}" />`;
}

function shortened(text: string, most: number): string {
  if (widthOf(text) <= most) return text;
  let left = most - 1;
  const kept = Array.from(text).filter((letter) => (left -= letterWidth(letter)) >= 0);
  return `${kept.join("")}…`;
}

/** In widths of an average small letter. */
function widthOf(text: string): number {
  return Array.from(text).reduce((sum, letter) => sum + letterWidth(letter), 0);
}

function letterWidth(letter: string): number {
  if (letter >= "\u2e80") return 1.9;
  return /[\p{Lu}@%&]/u.test(letter) ? 1.25 : 1;
}

/** A line through the points, its corners rounded. */
function curve(points: readonly Point[]): string {
  const [start, ...rest] = points;
  const end = rest.at(-1);
  if (start === undefined || end === undefined) return "";
  const bends = rest.slice(0, -1).map((point, index) => {
    const next = rest[index + 1] ?? end;
    const last = index === rest.length - 2;
    const to = last ? end : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    return `Q${point.x} ${point.y} ${to.x} ${to.y}`;
  });
  return `M${start.x} ${start.y}${bends.length === 0 ? `L${end.x} ${end.y}` : bends.join("")}`;
}

/** Longer lists of steps are cut: the table has each of them. */
const longestList = 25;

function textList({ name, title, graph }: GraphFigure, plan: Plan): Html {
  const names = planNames(plan);
  const steps = new Map(plan.steps.map((step) => [step.id, step]));
  const before = Map.groupBy(graph.edges, ({ to }) => to);
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const called = (id: string): string => {
    const node = nodes.get(id);
    return node === undefined ? "" : `${titleOf(node)} (${subjectOf(node)})`;
  };
  const entry = (node: StepNode): Html => {
    const after = (before.get(node.id) ?? []).map(({ from }) => called(from));
    const own = cut(node.steps, longestList, (id) => {
      const step = steps.get(id);
      return step === undefined ? id : `${id} ${names.ofStep(step)}`;
    });
    const more = linesOf(node)
      .slice(1)
      .map(({ text }) => text);
    const ordered = node.ordered ? ["some of them wait for others of them"] : [];
    return markup`<li id="${name}-${node.id}" tabindex="-1">
      <strong>${titleOf(node)}</strong> ${[...more, ...ordered].join("; ")}
      <div class="after">${after.length === 0 ? "waits for nothing" : `after ${after.join(", ")}`}</div>
      ${node.steps.length > 1 ? list(own) : nothing}
    </li>`;
  };
  return markup`<details class="in-words">
    <summary>${title}, in words</summary>
    <ol>
      ${graph.nodes.map(entry)}
    </ol>
  </details>`;
}
