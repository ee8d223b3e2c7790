// The graph in the browser: zoom and panning, and the choice of a node, of which the table hears by an event.

type Panzoom = {
  readonly zoom: (scale: number, options?: object) => void;
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  readonly pan: (x: number, y: number, options?: object) => void;
  readonly getScale: () => number;
  readonly zoomWithWheel: (event: WheelEvent) => void;
};
type Chosen = { readonly graph: string; readonly node: number; readonly label: string };

const createPanzoom = (globalThis as unknown as { readonly Panzoom: (element: Element, options: object) => Panzoom })
  .Panzoom;
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const figures = [...document.querySelectorAll<HTMLElement>("figure.graph")];
const zooms = new Map<HTMLElement, Panzoom>();

/** At this height of a line, in pixels of the screen, the text can be read. */
const legible = 10;
const drawnText = 12;
/** Pixels around a node that is brought into sight. */
const room = 16;

function open(figure: HTMLElement): void {
  const svg = figure.querySelector("svg");
  const drawing = svg?.querySelector("g.drawing");
  if (!svg || !drawing) return;
  if (zooms.has(figure)) return;
  figure.classList.add("live");
  const panzoom = createPanzoom(drawing, {
    ...start(svg),
    canvas: true,
    animate: !calm,
    duration: 160,
    minScale: 0.5,
    maxScale: 12,
    step: 0.4,
    cursor: "grab",
    touchAction: "none",
    excludeClass: "no-pan",
  });
  zooms.set(figure, panzoom);
  svg.addEventListener("wheel", (event) => {
    if (event.ctrlKey || event.metaKey) panzoom.zoomWithWheel(event);
  });
}

type Start = { readonly startScale?: number; readonly startX?: number; readonly startY?: number };

/** The whole drawing, unless nobody could read it: then its beginning. Panzoom moves before it scales. */
function start(svg: SVGSVGElement): Start {
  const { width, height } = svg.viewBox.baseVal;
  const fitted = Math.min(svg.clientWidth / width, svg.clientHeight / height);
  const scale = legible / (drawnText * fitted);
  const first = svg.querySelector<SVGGraphicsElement>("a.node");
  const place = first?.transform.baseVal.consolidate()?.matrix;
  if (scale <= 1.6 || !first || !place) return {};
  const box = first.getBBox();
  const along = (size: number, pixels: number, centre: number): number => {
    const seen = pixels / fitted / scale;
    const begin = seen > size ? (size - seen) / 2 : Math.min(size - seen, Math.max(0, centre - seen / 2));
    return (size - pixels / fitted) / 2 / scale - begin;
  };
  return {
    startScale: scale,
    startX: along(width, svg.clientWidth, place.e + box.width / 2),
    startY: along(height, svg.clientHeight, place.f + box.height / 2),
  };
}

function fit(panzoom: Panzoom | undefined, animate: boolean): void {
  panzoom?.zoom(1, { animate });
  panzoom?.pan(0, 0, { animate });
}

function shown(): HTMLElement | undefined {
  return figures.find((figure) => figure.offsetParent !== null);
}

function zoom(how: string | undefined): void {
  const figure = shown();
  const panzoom = figure === undefined ? undefined : zooms.get(figure);
  if (how === "in") panzoom?.zoomIn();
  if (how === "out") panzoom?.zoomOut();
  if (how === "fit") fit(panzoom, !calm);
}

/** A node that the keyboard comes to may lie outside of what is seen. */
function bringIntoSight(figure: HTMLElement, node: Element): void {
  const panzoom = zooms.get(figure);
  const svg = node.closest("svg");
  if (panzoom === undefined || svg === null || !node.matches(":focus-visible")) return;
  const { width, height } = svg.viewBox.baseVal;
  const fitted = Math.min(svg.clientWidth / width, svg.clientHeight / height);
  const [seen, box] = [svg.getBoundingClientRect(), node.getBoundingClientRect()];
  const x = shift(box.left, box.right, seen.left, seen.right);
  const y = shift(box.top, box.bottom, seen.top, seen.bottom);
  const unit = fitted * panzoom.getScale();
  if (x !== 0 || y !== 0) panzoom.pan(x / unit, y / unit, { relative: true, animate: !calm });
}

/** How far a stretch must be moved to lie within another, with some room. */
function shift(from: number, to: number, first: number, last: number): number {
  if (from < first) return first - from + room;
  return to > last ? last - to - room : 0;
}

const keys: Readonly<Record<string, string>> = { "+": "in", "=": "in", "-": "out", "−": "out", "0": "fit" };

function choose(figure: HTMLElement, node: SVGAElement | undefined): void {
  for (const other of document.querySelectorAll("a.node[aria-pressed=true]"))
    other.setAttribute("aria-pressed", "false");
  for (const panel of document.querySelectorAll<HTMLElement>(".chosen-node")) panel.hidden = true;
  if (node === undefined) return;
  node.setAttribute("aria-pressed", "true");
  const said = document.querySelector(node.getAttribute("href") ?? "");
  const panel = figure.querySelector<HTMLElement>(".chosen-node");
  if (panel === null || said === null) return;
  panel.replaceChildren(...said.cloneNode(true).childNodes, linkToTable());
  panel.hidden = false;
}

function linkToTable(): HTMLElement {
  const link = document.createElement("a");
  link.href = "#items";
  link.textContent = "in the table below";
  return link;
}

function toggle(figure: HTMLElement, node: SVGAElement): void {
  const was = node.getAttribute("aria-pressed") === "true";
  const label = node.querySelector("text")?.textContent ?? "";
  const detail: Chosen | null = was
    ? null
    : { graph: figure.dataset["graph"] ?? "", node: Number(node.dataset["node"]), label };
  document.dispatchEvent(new CustomEvent("choose", { detail }));
}

for (const figure of figures) {
  for (const node of figure.querySelectorAll<SVGAElement>("a.node")) {
    node.setAttribute("role", "button");
    node.setAttribute("aria-pressed", "false");
    node.setAttribute("draggable", "false");
  }
  let from: { readonly x: number; readonly y: number } | undefined;
  figure.addEventListener("pointerdown", ({ clientX: x, clientY: y }) => (from = { x, y }), { capture: true });
  figure.addEventListener("click", (event) => {
    const node = (event.target as Element).closest<SVGAElement>("a.node");
    if (node === null) return;
    event.preventDefault();
    const moved =
      from !== undefined && event.detail > 0 ? Math.hypot(event.clientX - from.x, event.clientY - from.y) : 0;
    if (moved < 6) toggle(figure, node);
  });
  figure.addEventListener("focusin", (event) => {
    const node = (event.target as Element).closest("a.node");
    if (node !== null) bringIntoSight(figure, node);
  });
  figure.addEventListener("keydown", (event) => {
    const target = event.target as Element;
    if (target.closest("a.node") === null) return;
    if (event.key === " ") {
      event.preventDefault();
      toggle(figure, target as SVGAElement);
    }
    if (event.key === "Escape") document.dispatchEvent(new CustomEvent("choose", { detail: null }));
    const how = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
    if (how === undefined) return;
    event.preventDefault();
    zoom(how);
  });
}

document.addEventListener("choose", (event) => {
  const chosen = (event as CustomEvent<Chosen | null>).detail;
  const figure = figures.find((one) => one.dataset["graph"] === chosen?.graph);
  const node = figure?.querySelector<SVGAElement>(`a.node[data-node="${chosen?.node}"]`) ?? undefined;
  if (figure !== undefined) choose(figure, node);
  else for (const one of figures) choose(one, undefined);
});

for (const radio of document.querySelectorAll<HTMLInputElement>("input[name=graph]"))
  radio.addEventListener("change", () => {
    document.dispatchEvent(new CustomEvent("choose", { detail: null }));
    const figure = shown();
    if (figure !== undefined) open(figure);
  });

for (const bar of document.querySelectorAll<HTMLElement>(".zoom")) {
  bar.hidden = false;
  bar.addEventListener("click", (event) => zoom((event.target as HTMLElement).dataset["zoom"]));
}
const first = shown();
if (first !== undefined) open(first);

// Paper shows the whole drawing.
window.addEventListener("beforeprint", () => {
  for (const panzoom of zooms.values()) fit(panzoom, false);
});

export {};
