// The choice of a node of the graph: by click, Enter or Space; its steps are shown below it, and the table hears of it by an event.

type Chosen = { readonly graph: string; readonly node: number; readonly label: string };

const figures = [...document.querySelectorAll<HTMLElement>("figure.graph")];

function tell(detail: Chosen | null): void {
  document.dispatchEvent(new CustomEvent("choose", { detail }));
}

function toggle(figure: HTMLElement, node: Element): void {
  const was = node.getAttribute("aria-pressed") === "true";
  const label = node.querySelector("text")?.textContent ?? "";
  const number = Number(node.getAttribute("data-node"));
  tell(was ? null : { graph: figure.dataset["graph"] ?? "", node: number, label });
}

function show(figure: HTMLElement, node: Element): void {
  node.setAttribute("aria-pressed", "true");
  const said = document.querySelector(node.getAttribute("href") ?? "");
  const panel = figure.querySelector<HTMLElement>(".chosen-node");
  if (panel === null || said === null) return;
  panel.replaceChildren(...said.cloneNode(true).childNodes, linkToTable());
  panel.hidden = false;
}

function hide(): void {
  for (const node of document.querySelectorAll("a.node[aria-pressed=true]")) node.setAttribute("aria-pressed", "false");
  for (const panel of document.querySelectorAll<HTMLElement>(".chosen-node")) panel.hidden = true;
}

function linkToTable(): HTMLElement {
  const link = document.createElement("a");
  link.href = "#items";
  link.textContent = "in the table below";
  return link;
}

/** Whoever moves the drawing does not choose the node under the pointer. */
const steady = 6;

for (const figure of figures) {
  for (const node of figure.querySelectorAll("a.node")) {
    node.setAttribute("role", "button");
    node.setAttribute("aria-pressed", "false");
    node.setAttribute("draggable", "false");
  }
  let from = { x: 0, y: 0 };
  const pressed = ({ clientX: x, clientY: y }: PointerEvent): void => {
    from = { x, y };
  };
  figure.addEventListener("pointerdown", pressed, { capture: true });
  figure.addEventListener("click", (event) => {
    const node = (event.target as Element).closest("a.node");
    if (node === null) return;
    event.preventDefault();
    // A key presses without a place.
    const moved = event.detail === 0 ? 0 : Math.hypot(event.clientX - from.x, event.clientY - from.y);
    if (moved < steady) toggle(figure, node);
  });
  figure.addEventListener("keydown", (event) => {
    const node = (event.target as Element).closest("a.node");
    if (node === null) return;
    if (event.key === "Escape") tell(null);
    if (event.key !== " ") return;
    event.preventDefault();
    toggle(figure, node);
  });
}

document.addEventListener("choose", (event) => {
  const chosen = (event as CustomEvent<Chosen | null>).detail;
  hide();
  const figure = figures.find((one) => one.dataset["graph"] === chosen?.graph);
  const node = figure?.querySelector(`a.node[data-node="${chosen?.node}"]`) ?? null;
  if (figure !== undefined && node !== null) show(figure, node);
});

for (const radio of document.querySelectorAll("input[name=graph]")) radio.addEventListener("change", () => tell(null));

export {};
