// Draws makespan over items as an SVG: a panel for each scenario, both axes logarithmic, with a ground of its own so that it
// reads on a light page and on a dark one. It must not measure.

import type { CaseResult } from "./case.ts";
import { scenarios, titles, type Scenario } from "./worlds.ts";

type Series = {
  readonly name: string;
  readonly color: string;
  readonly dashes: string;
  readonly seconds: (result: CaseResult) => number | undefined;
  /** Of the label at its last point, downwards from there. */
  readonly labelOffset: number;
};

const series: readonly Series[] = [
  {
    name: "one at a time",
    color: "#bc4c00",
    dashes: "",
    seconds: ({ oneAtATime }) => oneAtATime?.seconds,
    labelOffset: -12,
  },
  {
    name: "azure-vault-teardown",
    color: "#0969da",
    dashes: "",
    seconds: ({ makespanSeconds }) => makespanSeconds,
    labelOffset: -12,
  },
  {
    name: "lower bound",
    color: "#57606a",
    dashes: "5 4",
    seconds: ({ boundSeconds }) => boundSeconds,
    labelOffset: 38,
  },
];

const ink = "#1f2328";
const faint = "#d1d9e0";
const panel = { width: 272, height: 280, left: 84, top: 106, gap: 30 };
const size = { width: panel.left + 3 * panel.width + 2 * panel.gap + 24, height: panel.top + panel.height + 58 };
const times = [
  [60, "1 min"],
  [600, "10 min"],
  [3_600, "1 h"],
  [36_000, "10 h"],
  [360_000, "100 h"],
] as const;
const itemTicks: readonly number[] = [1, 10, 100, 1_000, 10_000];
const range = { items: [0.7, 14_000], seconds: [25, 2_000_000] } as const;

/** A whole SVG document. Cases with drawn times, and beside another client, are left out. */
export function chart(results: readonly CaseResult[]): string {
  const plain = results.filter(({ seed, otherClient }) => seed === undefined && otherClient !== true);
  const panels = scenarios.map((scenario, index) => drawPanel(scenario, index, plain));
  const what =
    "How long a teardown takes over the number of items, beside the lower bound and beside one item at a time";
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}" role="img" aria-label="${what}" font-family="system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif" font-size="12" fill="${ink}">`,
    `<title>${what}</title>`,
    `<rect x="0.5" y="0.5" width="${size.width - 1}" height="${size.height - 1}" rx="8" fill="#ffffff" stroke="${faint}"/>`,
    text(24, 32, "Makespan of a teardown", { size: 16, weight: 600 }),
    legend(),
    ...panels.flat(),
    text(size.width / 2, size.height - 14, "items in the vault (logarithmic)", { anchor: "middle" }),
    `<text transform="translate(18 ${panel.top + panel.height / 2}) rotate(-90)" text-anchor="middle">makespan (logarithmic)</text>`,
    "</svg>",
    "",
  ].join("\n");
}

function legend(): string {
  const entries = series.map(({ name, color, dashes }, index) => {
    const x = 24 + index * 200;
    return `${line([x, 54], [x + 26, 54], color, { dashes, width: 2.5 })}${text(x + 33, 58, name)}`;
  });
  return entries.join("\n");
}

function drawPanel(scenario: Scenario, index: number, results: readonly CaseResult[]): readonly string[] {
  const left = panel.left + index * (panel.width + panel.gap);
  const own = results
    .filter((result) => result.scenario === scenario)
    .toSorted((one, other) => one.items - other.items);
  return [
    text(left + panel.width / 2, panel.top - 14, titles[scenario], { anchor: "middle", weight: 600 }),
    ...grid(left, index === 0),
    ...series.flatMap((one) => drawSeries(one, left, own)),
  ];
}

function grid(left: number, isLabelled: boolean): readonly string[] {
  const [right, bottom] = [left + panel.width, panel.top + panel.height];
  const rows = times.flatMap(([seconds, label]) => [
    line([left, y(seconds)], [right, y(seconds)], faint),
    ...(isLabelled ? [text(left - 8, y(seconds) + 4, label, { anchor: "end" })] : []),
  ]);
  const columns = itemTicks.flatMap((items) => [
    line([x(items, left), panel.top], [x(items, left), bottom], faint),
    text(x(items, left), bottom + 18, items.toLocaleString("en-US"), { anchor: "middle" }),
  ]);
  return [...rows, ...columns];
}

function drawSeries(one: Series, left: number, results: readonly CaseResult[]): readonly string[] {
  const points = results.flatMap((result) => {
    const seconds = one.seconds(result);
    return seconds === undefined ? [] : [{ at: [x(result.items, left), y(seconds)] as const, seconds }];
  });
  const last = points.at(-1);
  if (last === undefined) return [];
  const path = points.map(({ at: [across, down] }) => `${round(across)},${round(down)}`).join(" ");
  const dashes = one.dashes === "" ? "" : ` stroke-dasharray="${one.dashes}"`;
  const [across, down] = last.at;
  return [
    `<polyline points="${path}" fill="none" stroke="${one.color}" stroke-width="2.5"${dashes} stroke-linejoin="round"/>`,
    ...points.map(({ at }) => `<circle cx="${round(at[0])}" cy="${round(at[1])}" r="3" fill="${one.color}"/>`),
    text(across + 6, down + one.labelOffset, duration(last.seconds), { anchor: "end", color: one.color, weight: 600 }),
  ];
}

function x(items: number, left: number): number {
  return left + share(items, range.items) * panel.width;
}

function y(seconds: number): number {
  return panel.top + (1 - share(seconds, range.seconds)) * panel.height;
}

function share(value: number, [from, to]: readonly [number, number]): number {
  return Math.log(value / from) / Math.log(to / from);
}

function duration(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3_600).toLocaleString("en-US")} h`;
}

type Point = readonly [across: number, down: number];

function line(
  [x1, y1]: Point,
  [x2, y2]: Point,
  color: string,
  { dashes = "", width = 1 }: { readonly dashes?: string; readonly width?: number } = {},
): string {
  const dashed = dashes === "" ? "" : ` stroke-dasharray="${dashes}"`;
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="${color}" stroke-width="${width}"${dashed}/>`;
}

type Style = {
  readonly anchor?: "start" | "middle" | "end";
  readonly color?: string;
  readonly size?: number;
  readonly weight?: number;
};

/** A white edge keeps it readable where a line runs through it. */
function text(across: number, down: number, content: string, style: Style = {}): string {
  const { anchor = "start", color = ink, size: fontSize = 12, weight = 400 } = style;
  return `<text x="${round(across)}" y="${round(down)}" text-anchor="${anchor}" fill="${color}" font-size="${fontSize}" font-weight="${weight}" stroke="#ffffff" stroke-width="3" paint-order="stroke">${content}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
