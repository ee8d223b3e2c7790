// The drawn graphs in the browser: zoomed and moved by mouse, fingers and keys, and whole again on paper. It chooses nothing.

type Panzoom = {
  readonly zoom: (scale: number, options: object) => void;
  readonly pan: (x: number, y: number, options: object) => void;
  readonly getScale: () => number;
  readonly zoomWithWheel: (event: WheelEvent) => void;
};
type Place = { readonly scale: number; readonly x: number; readonly y: number };
/** `box`: the drawing's own size, as the page has it. */
type Zoomed = { readonly panzoom: Panzoom; readonly svg: SVGSVGElement; readonly box: string };

const library = globalThis as unknown as { readonly Panzoom: (element: Element, options: object) => Panzoom };
const animate = !matchMedia("(prefers-reduced-motion: reduce)").matches;
const figures = [...document.querySelectorAll<HTMLElement>("figure.graph")];
const zooms = new Map<HTMLElement, Zoomed>();

/** At 10 pixels of the screen the text of a node, which is drawn with 12, is read with ease; at 6 somebody may still read it. */
const easy = 10 / 12;
const possible = 6 / 12;
const largest = 6;
/** Pixels around a node that is brought into sight. */
const room = 16;

/** Once the drawing is seen, and so has a size. From then on its units are pixels, in which the library reckons. */
function open(figure: HTMLElement): void {
  const svg = figure.querySelector("svg");
  const drawing = figure.querySelector("g.drawing");
  if (svg === null || drawing === null || zooms.has(figure)) return;
  figure.classList.add("live");
  const box = svg.getAttribute("viewBox") ?? "";
  const begin = start(svg);
  svg.removeAttribute("viewBox");
  const panzoom = library.Panzoom(drawing, {
    canvas: true,
    animate,
    duration: 160,
    minScale: Math.min(0.5, begin.scale) / 4,
    maxScale: largest,
    // Of two fingers and of the wheel.
    step: 0.6,
    cursor: "grab",
    startScale: begin.scale,
    startX: begin.x,
    startY: begin.y,
  });
  zooms.set(figure, { panzoom, svg, box });
  svg.addEventListener("wheel", (event) => {
    if (event.ctrlKey || event.metaKey) panzoom.zoomWithWheel(event);
  });
}

/** The drawing in the middle, as large as it can be seen whole. The library moves before it scales. */
function whole({ clientWidth, clientHeight }: SVGSVGElement, width: number, height: number): Place {
  const scale = Math.min(1, clientWidth / width, clientHeight / height);
  return { scale, x: (clientWidth / scale - width) / 2, y: (clientHeight / scale - height) / 2 };
}

/** The whole drawing, unless nobody could read it: then its beginning. */
function start(svg: SVGSVGElement): Place {
  const { width, height } = svg.viewBox.baseVal;
  const fitted = whole(svg, width, height);
  const first = svg.querySelector<SVGGraphicsElement>("a.node");
  const place = first?.transform.baseVal.consolidate()?.matrix;
  if (fitted.scale >= possible || !first || !place) return fitted;
  const box = first.getBBox();
  const along = (size: number, pixels: number, centre: number): number => {
    const seen = pixels / easy;
    return seen > size ? (seen - size) / 2 : -Math.min(size - seen, Math.max(0, centre - seen / 2));
  };
  return {
    scale: easy,
    x: along(width, svg.clientWidth, place.e + box.width / 2),
    y: along(height, svg.clientHeight, place.f + box.height / 2),
  };
}

function fit({ panzoom, svg, box }: Zoomed, moving: boolean): void {
  const [, , width = 1, height = 1] = box.split(" ").map(Number);
  const { scale, x, y } = whole(svg, width, height);
  panzoom.zoom(scale, { animate: moving });
  panzoom.pan(x, y, { animate: moving });
}

function shown(): HTMLElement | undefined {
  return figures.find((figure) => figure.offsetParent !== null);
}

function zoom(how: string | undefined): void {
  const figure = shown();
  const zoomed = figure === undefined ? undefined : zooms.get(figure);
  if (zoomed === undefined) return;
  if (how === "in") zoomAboutMiddle(zoomed, 1.5);
  if (how === "out") zoomAboutMiddle(zoomed, 1 / 1.5);
  if (how === "fit") fit(zoomed, animate);
}

/** What is in the middle stays there: the library is told where as it will be scaled. */
function zoomAboutMiddle({ svg, panzoom }: Zoomed, times: number): void {
  const scale = Math.min(largest, panzoom.getScale() * times);
  panzoom.zoom(scale, { animate, focal: { x: (svg.clientWidth / 2) * scale, y: (svg.clientHeight / 2) * scale } });
}

/** A node that the keyboard comes to may lie outside of what is seen. */
function bringIntoSight(figure: HTMLElement, node: Element): void {
  const zoomed = zooms.get(figure);
  if (zoomed === undefined || !node.matches(":focus-visible")) return;
  const [seen, box] = [zoomed.svg.getBoundingClientRect(), node.getBoundingClientRect()];
  const x = shift(box.left, box.right, seen.left, seen.right);
  const y = shift(box.top, box.bottom, seen.top, seen.bottom);
  const scale = zoomed.panzoom.getScale();
  if (x !== 0 || y !== 0) zoomed.panzoom.pan(x / scale, y / scale, { relative: true, animate });
}

/** How far a stretch must be moved to lie within another, with some room. */
function shift(from: number, to: number, first: number, last: number): number {
  if (from < first) return first - from + room;
  return to > last ? last - to - room : 0;
}

const keys: Readonly<Record<string, string>> = { "+": "in", "=": "in", "-": "out", "−": "out", "0": "fit" };

for (const figure of figures) {
  figure.addEventListener("focusin", (event) => {
    const node = (event.target as Element).closest("a.node");
    if (node !== null) bringIntoSight(figure, node);
  });
  figure.addEventListener("keydown", (event) => {
    const how = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
    if (how === undefined || (event.target as Element).closest("a.node") === null) return;
    event.preventDefault();
    zoom(how);
  });
}

for (const bar of document.querySelectorAll<HTMLElement>(".zoom")) {
  bar.hidden = false;
  bar.addEventListener("click", (event) => zoom((event.target as HTMLElement).dataset["zoom"]));
}

function openShown(): void {
  const figure = shown();
  if (figure !== undefined) open(figure);
}

for (const radio of document.querySelectorAll("input[name=graph]")) radio.addEventListener("change", openShown);
openShown();

let width = innerWidth;
window.addEventListener("resize", () => {
  if (innerWidth === width) return;
  width = innerWidth;
  for (const [figure, zoomed] of zooms) if (figure.offsetParent !== null) fit(zoomed, false);
});

// Paper shows the whole drawing: the style takes back how it was moved, and this how it was scaled.
window.addEventListener("beforeprint", () => {
  for (const { svg, box } of zooms.values()) svg.setAttribute("viewBox", box);
});
window.addEventListener("afterprint", () => {
  for (const { svg } of zooms.values()) svg.removeAttribute("viewBox");
});

export {};
