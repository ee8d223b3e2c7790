// The table of every thing: its first rows as markup, and all of them as data for the script that draws the others the same way.

import { markup, nothing, scriptJson, type Html } from "./html-text.ts";
import type { ItemRow, StepRow } from "./item-rows.ts";
import type { Heading } from "./parts.ts";
import { markBadge, marks, markWords, stateBadge, stateSigns, stepStates } from "./states.ts";

/** So many rows are in the page itself, and are added each time more are asked for. */
export const rowsAtOnce = 100;

export type NodesOfSteps = Readonly<Record<string, readonly number[]>>;

export const itemsHeading: Heading = { id: "items", title: "Everything, item by item" };

/** The section with its filter and first rows. `ofRun`: the steps have states. */
export function* itemsSection(rows: readonly ItemRow[], ofRun: boolean): Generator<Html> {
  const first = rows.slice(0, rowsAtOnce);
  yield markup`<section id="items" aria-labelledby="items-title">
    <h2 id="items-title">${itemsHeading.title}</h2>
    ${filterForm(rows, ofRun)}
    <p id="items-count" role="status">${rows.length} of ${rows.length} items</p>
    ${rows.length > first.length ? markup`<noscript><p class="hint">Without JavaScript the first ${first.length} rows are shown; plan --format json has all.</p></noscript>` : nothing}
    <table class="items">
      <thead>
        <tr>
          <th scope="col">Item</th>
          <th scope="col">${stateTitle(ofRun)}</th>
          <th scope="col">What is done</th>
          ${ofRun ? markup`<th scope="col">In the run</th>` : nothing}
          <th scope="col">Its backup data</th>
        </tr>
      </thead>
      <tbody id="rows">`;
  for (const row of first) yield rowMarkup(row, ofRun);
  yield markup`</tbody></table>
    <p id="items-more" hidden><button type="button">Show more</button></p>
    </section>`;
}

function filterForm(rows: readonly ItemRow[], ofRun: boolean): Html {
  const kinds = [...Map.groupBy(rows, ({ kind }) => kind)].toSorted(([one], [other]) => (one < other ? -1 : 1));
  const states = ofRun ? stepStates : [];
  return markup`<form id="filter" class="filter" role="search" aria-label="Filter the items" hidden>
    <label>Text <input type="search" name="text" autocomplete="off" spellcheck="false" placeholder="name, id, step, reason" /></label>
    <label>Kind <select name="kind">
      <option value="">all kinds</option>
      ${kinds.map(([kind, same]) => markup`<option value="${kind}">${kind} (${same.length})</option>`)}
    </select></label>
    <label>Only <select name="only">
      <option value="">everything</option>
      <option value="steps">with steps</option>
      <option value="none">without steps</option>
      <option value="destroyed">lost for good</option>
      ${marks.map((mark) => markup`<option value="mark:${mark}">${markWords[mark]}</option>`)}
      ${states.map((state) => markup`<option value="state:${state}">${stateSigns[state]} ${state}</option>`)}
    </select></label>
    <button type="reset">Clear</button>
    <p id="chosen" class="chosen" hidden></p>
  </form>`;
}

/** The state is that in which a thing was found: a run has changed it since. */
function stateTitle(ofRun: boolean): string {
  return ofRun ? "State before" : "State";
}

/** The same elements that browser/items.ts makes: a test compares them. */
function rowMarkup(row: ItemRow, ofRun: boolean): Html {
  const details = [
    row.id,
    ...(row.steps.length === 0 ? [] : [row.note]),
    ...row.steps.flatMap(({ id, details: lines }) => lines.map((line) => `${id}: ${line}`)),
  ];
  const lines = details.filter((line) => line !== "").map((line) => markup`<li>${line}</li>`);
  const why = row.note === "" ? "nothing" : row.note;
  const done = row.steps.length === 0 ? markup`<span class="quiet">${why}</span>` : row.steps.map(doneMarkup);
  const inRun = ofRun ? markup`<td data-label="In the run">${row.steps.map(stateMarkup)}</td>` : nothing;
  const destroyed = row.destroyed ? markup` class="destroyed"` : nothing;
  return markup`<tr><th scope="row"><details><summary><span class="name">${row.name}</span><span class="kind">${row.kind}</span></summary><ul class="lines">${lines}</ul></details></th><td data-label="${stateTitle(ofRun)}">${row.state}</td><td data-label="What is done">${done}</td>${inRun}<td data-label="Its backup data"${destroyed}>${row.loss}</td></tr>
`;
}

function doneMarkup({ id, marks: own }: StepRow): Html {
  return markup`<div class="step"><code>${id}</code>${own.map((mark) => markup` ${markBadge(mark)}`)}</div>`;
}

function stateMarkup({ state }: StepRow): Html {
  return markup`<div class="step">${state === undefined ? nothing : stateBadge(state)}</div>`;
}

/** Texts repeat by the thousand: rows name them by number. */
type Words = { readonly of: (text: string) => number; readonly all: () => readonly string[] };

function wordList(): Words {
  const numbers = new Map<string, number>();
  return {
    of: (text) => {
      const known = numbers.get(text);
      if (known !== undefined) return known;
      numbers.set(text, numbers.size);
      return numbers.size - 1;
    },
    all: () => [...numbers.keys()],
  };
}

/** So many rows are put in text at a time. */
const rowsAPiece = 500;

/**
 * All rows as data. `nodes`: for each drawn graph, by its name, the number of the node of each step of the plan.
 */
export function* itemsData(rows: readonly ItemRow[], ofRun: boolean, nodes: NodesOfSteps): Generator<Html> {
  const words = wordList();
  const known = { ofRun, stateTitle: stateTitle(ofRun), rowsAtOnce, marks: markWords, signs: stateSigns, nodes };
  yield markup`<script type="application/json" id="data">{"known":${scriptJson(known)},"rows":[`;
  for (let at = 0; at < rows.length; at += rowsAPiece) {
    const list = scriptJson(rows.slice(at, at + rowsAPiece).map((row) => packed(row, words))).markup;
    yield { markup: `${at === 0 ? "" : ","}${list.slice(1, -1)}` };
  }
  yield markup`],"words":${scriptJson(words.all())}}</script>
`;
}

/** As browser/items.ts unpacks it. */
function packed(row: ItemRow, { of }: Words): unknown {
  const steps = row.steps.map((step) => [
    of(step.id),
    step.place,
    step.marks.map(of),
    step.state === undefined ? -1 : of(step.state),
    step.details.map(of),
  ]);
  const texts = [row.name, row.kind, row.id, row.state, row.loss, row.note].map(of);
  return [...texts, row.destroyed ? 1 : 0, steps];
}
