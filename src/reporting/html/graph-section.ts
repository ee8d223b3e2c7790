// The section that shows what must go before what: groups of steps, and every step where that can still be read.

import type { Plan } from "../../model/plan.ts";
import { foldSteps, type StepGraph } from "../step-graph.ts";
import type { StepReport } from "../step-report.ts";
import { counted } from "../words.ts";
import { graphFigure, type GraphFigure } from "./graph-figure.ts";
import { markup, nothing, type Html } from "./html-text.ts";
import type { NodesOfSteps } from "./items-table.ts";
import { noSection, section, type Section } from "./parts.ts";

/** What fits a screen at a size at which it can be read; and the most that can be found one's way in. */
const overview = { nodes: 36, edges: 90 };
const everyStep = { nodes: 250, edges: 1000 };

/** One graph, or two of which the second shows every step. None of a plan without steps. */
export function graphFigures(plan: Plan, reports: readonly StepReport[] = []): readonly GraphFigure[] {
  if (plan.steps.length === 0) return [];
  const groups = foldSteps(plan, overview, reports);
  const steps = groups.folded ? foldSteps(plan, everyStep, reports) : groups;
  const many = counted(plan.steps.length, "step");
  const folded: GraphFigure = {
    name: "groups",
    title: `${many} in ${counted(groups.nodes.length, "group")}`,
    graph: groups,
  };
  if (steps.folded) return [folded];
  const unfolded: GraphFigure = {
    name: "every-step",
    title: plan.steps.length === 1 ? "the one step" : `all ${many}`,
    graph: steps,
  };
  return groups.folded ? [folded, unfolded] : [unfolded];
}

export function graphSection(figures: readonly GraphFigure[], plan: Plan): Section {
  if (figures.length === 0) return noSection;
  const drawn = markup`<p class="hint">An arrow leads to what begins only once its source was read back as done; what no arrow joins runs side by side.</p>
    <div class="toolbar">
      ${figures.length > 1 ? choice(figures) : nothing}
      <div class="zoom" role="group" aria-label="Zoom" hidden>
        <button type="button" data-zoom="out" aria-label="Zoom out">−</button>
        <button type="button" data-zoom="fit" aria-label="Fit the whole drawing">Fit</button>
        <button type="button" data-zoom="in" aria-label="Zoom in">+</button>
        <span class="hint">drag to move; two fingers, Ctrl and wheel, or + − 0 to zoom</span>
      </div>
    </div>
    ${figures.map((figure) => graphFigure(figure, plan))}`;
  return section("order", "What goes before what", drawn);
}

/** Works without a script: the style shows the figure that is chosen. */
function choice(figures: readonly GraphFigure[]): Html {
  return markup`<fieldset class="choice">
    <legend>Show</legend>
    ${figures.map(({ name, title }, index) => {
      const checked = index === 0 ? markup` checked` : nothing;
      return markup`<label><input type="radio" name="graph" value="${name}"${checked} /> ${title}</label>`;
    })}
  </fieldset>`;
}

/** For each drawn graph the number of the node in which each step of the plan stands. */
export function nodesOfSteps(figures: readonly GraphFigure[], plan: Plan): NodesOfSteps {
  return Object.fromEntries(figures.map(({ name, graph }) => [name, numbers(graph, plan)]));
}

function numbers({ nodes }: StepGraph, { steps }: Plan): readonly number[] {
  const nodeOf = new Map(nodes.flatMap((node, index) => node.steps.map((id) => [id, index + 1] as const)));
  return steps.map(({ id }) => nodeOf.get(id) ?? 0);
}
