// The table in the browser: filters every row of the page's data, and draws those that fit, some at a time; all of them for print.

type Mark = string;
type PackedStep = readonly [
  id: number,
  place: number,
  marks: readonly number[],
  state: number,
  details: readonly number[],
];
type PackedRow = readonly [
  name: number,
  kind: number,
  id: number,
  state: number,
  loss: number,
  note: number,
  destroyed: 0 | 1,
  steps: readonly PackedStep[],
];
type Data = {
  readonly known: {
    readonly ofRun: boolean;
    readonly stateTitle: string;
    readonly rowsAtOnce: number;
    readonly marks: Readonly<Record<Mark, string>>;
    readonly signs: Readonly<Record<string, string>>;
    readonly nodes: Readonly<Record<string, readonly number[]>>;
  };
  readonly rows: readonly PackedRow[];
  readonly words: readonly string[];
};
/** What the graph tells when a node is chosen, or none any more. */
type Chosen = { readonly graph: string; readonly node: number; readonly label: string };

const element = <T extends Element>(selector: string): T => {
  const found = document.querySelector<T>(selector);
  if (found === null) throw new Error(`the page has no ${selector}`);
  return found;
};

const form = element<HTMLFormElement>("#filter");
const body = element<HTMLTableSectionElement>("#rows");
const count = element<HTMLElement>("#items-count");
const more = element<HTMLElement>("#items-more");
const chosenText = element<HTMLElement>("#chosen");
const data = JSON.parse(element("#data").textContent) as Data;
const { known, rows } = data;
const word = (number: number): string => data.words[number] ?? "";

let chosen: Chosen | null = null;
let fitting: readonly number[] = rows.map((_, index) => index);
let drawn = body.rows.length;
const searched: string[] = [];

function searchText(index: number): string {
  const row = rows[index];
  if (row === undefined) return "";
  const texts = row.slice(0, 6).map((text) => word(text as number));
  const steps = row[7].flatMap(([id, , , , details]) => [word(id), ...details.map(word)]);
  return (searched[index] ??= [...texts, ...steps].join("\n").toLowerCase());
}

function fitsOnly(only: string, [, , , , , , destroyed, steps]: PackedRow): boolean {
  const [what, value] = only.split(":");
  if (what === "steps") return steps.length > 0;
  if (what === "none") return steps.length === 0;
  if (what === "destroyed") return destroyed === 1;
  if (what === "mark") return steps.some(([, , marks]) => marks.some((mark) => word(mark) === value));
  return what !== "state" || steps.some(([, , , state]) => word(state) === value);
}

function fits(
  index: number,
  wanted: { readonly text: readonly string[]; readonly kind: string; readonly only: string },
): boolean {
  const row = rows[index];
  if (row === undefined) return false;
  const nodes = chosen === null ? undefined : known.nodes[chosen.graph];
  if (nodes !== undefined && !row[7].some(([, place]) => nodes[place] === chosen?.node)) return false;
  if (wanted.kind !== "" && word(row[1]) !== wanted.kind) return false;
  if (wanted.only !== "" && !fitsOnly(wanted.only, row)) return false;
  return wanted.text.every((part) => searchText(index).includes(part));
}

function given(field: string): string {
  const value = new FormData(form).get(field);
  return typeof value === "string" ? value : "";
}

function filter(): void {
  const words = given("text")
    .toLowerCase()
    .split(/\s+/)
    .filter((part) => part !== "");
  const wanted = { text: words, kind: given("kind"), only: given("only") };
  fitting = rows.map((_, index) => index).filter((index) => fits(index, wanted));
  body.replaceChildren();
  drawn = 0;
  draw(known.rowsAtOnce);
}

function draw(many: number): void {
  const next = fitting.slice(drawn, drawn + many);
  body.append(...next.flatMap((index) => (rows[index] === undefined ? [] : [rowElement(rows[index])])));
  drawn += next.length;
  announce();
}

function announce(): void {
  const shown = drawn < fitting.length ? `, ${drawn} of them shown` : "";
  count.textContent = `${fitting.length} of ${rows.length} items${shown}`;
  more.hidden = drawn >= fitting.length;
}

function make(name: string, text: string, className = ""): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  if (className !== "") made.className = className;
  return made;
}

function cell(label: string, children: readonly (Node | string)[]): HTMLTableCellElement {
  const made = document.createElement("td");
  made.dataset["label"] = label;
  made.append(...children);
  return made;
}

function rowElement([name, kind, id, state, loss, note, destroyed, steps]: PackedRow): HTMLTableRowElement {
  const row = document.createElement("tr");
  const lines = [
    word(id),
    steps.length === 0 ? "" : word(note),
    ...steps.flatMap(([step, , , , details]) => details.map((line) => `${word(step)}: ${word(line)}`)),
  ];
  const head = document.createElement("th");
  head.scope = "row";
  const details = document.createElement("details");
  const list = make("ul", "", "lines");
  list.append(...lines.filter((line) => line !== "").map((line) => make("li", line)));
  const summary = make("summary", "");
  summary.append(make("span", word(name), "name"), make("span", word(kind), "kind"));
  details.append(summary, list);
  head.append(details);
  const data = cell("Its backup data", [word(loss)]);
  if (destroyed === 1) data.className = "destroyed";
  const done = steps.length === 0 ? [make("span", word(note) || "nothing", "quiet")] : steps.map(doneElement);
  const inRun = known.ofRun ? [cell("In the run", steps.map(stateElement))] : [];
  row.append(head, cell(known.stateTitle, [word(state)]), cell("What is done", done), ...inRun, data);
  return row;
}

function doneElement([id, , marks]: PackedStep): HTMLElement {
  const made = make("div", "", "step");
  const badges = marks.flatMap((mark) => [" ", make("span", known.marks[word(mark)] ?? "", `mark ${word(mark)}`)]);
  made.append(make("code", word(id)), ...badges);
  return made;
}

function stateElement([, , , state]: PackedStep): HTMLElement {
  const made = make("div", "", "step");
  if (state !== -1)
    made.append(make("span", `${known.signs[word(state)] ?? ""} ${word(state)}`, `state ${word(state)}`));
  return made;
}

function choose(next: Chosen | null): void {
  chosen = next;
  chosenText.hidden = next === null;
  chosenText.textContent = next === null ? "" : `only the steps of: ${next.label}`;
  filter();
}

let waiting = 0;
form.addEventListener("input", () => {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(filter);
});
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => {
  // The fields are cleared after the event.
  setTimeout(() => document.dispatchEvent(new CustomEvent("choose", { detail: null })));
});
form.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  form.reset();
  event.preventDefault();
});
more.addEventListener("click", () => {
  const first = drawn;
  draw(known.rowsAtOnce);
  body.rows[first]?.querySelector("summary")?.focus({ preventScroll: true });
});
document.addEventListener("choose", (event) => choose((event as CustomEvent<Chosen | null>).detail));
window.addEventListener("beforeprint", () => draw(fitting.length));
form.hidden = false;
announce();

export {};
