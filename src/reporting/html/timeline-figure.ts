// The timeline as a drawing: a lane for each action, a bar for each step or how many ran at once, and a lane of throttling.

import { duration } from "../words.ts";
import { markup, nothing, type Html } from "./html-text.ts";
import { clock } from "./item-rows.ts";
import { stateSigns } from "./states.ts";
import { timeScale, type TimeScale } from "./time-scale.ts";
import { densityOf, mostRows, type Bar, type Lane, type Timeline } from "./timeline.ts";

/** In pixels where it is not scaled. */
const axisWidth = 960;
const side = 10;
const rowHeight = 9;
const barHeight = 6;
const laneHead = 18;
const laneGap = 7;
const axisHeight = 34;
const areaHeight = 44;
const labelWidth = 36;

export function timelineFigure(timeline: Timeline): Html {
  const scale = timeScale(timeline.spans, axisWidth);
  let y = axisHeight;
  const lanes: Html[] = [];
  for (const lane of timeline.lanes) {
    lanes.push(laneMarkup(lane, scale, y));
    y += heightOf(lane);
  }
  if (timeline.waits.length > 0) {
    lanes.push(waitsMarkup(timeline, scale, y));
    y += laneHead + rowHeight + laneGap;
  }
  const width = axisWidth + 2 * side;
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="Timeline, drawn">
    <svg
      class="timeline"
      viewBox="${-side} 0 ${width} ${y}"
      width="${width}"
      height="${y}"
      role="img"
      aria-label="When which steps ran; the table below says the same"
    >
      <defs>
        <pattern id="stopped" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path class="hatch" d="M0 0V6" />
        </pattern>
      </defs>
      ${axisMarkup(scale, y)}${lanes}
    </svg>
  </div>`;
}

function axisMarkup({ ticks, gaps, pieces }: TimeScale, height: number): Html {
  const start = pieces[0]?.from ?? 0;
  const fine = ticks.some(({ at }) => at % 60_000 !== 0);
  return markup`<text class="tick" x="0" y="11">${new Date(start).toISOString().slice(0, 10)}, times in UTC</text>
    ${ticks.map(
      ({ x, at }, index) => markup`<path class="grid" d="M${x} ${axisHeight - 4}V${height}" />
      <text class="tick" x="${x}" y="${axisHeight - 8}" text-anchor="${x > axisWidth - labelWidth ? "end" : "start"}">${label(at, ticks[index - 1]?.at ?? start, fine)}</text>`,
    )}
    ${gaps.map(
      ({ x, width, length }) => markup`<g class="gap">
        <title>stopped for ${duration(length)}</title>
        <rect x="${x}" y="${axisHeight - 20}" width="${width}" height="${height - axisHeight + 20}" />
        <text class="tick" x="${x + width / 2}" y="11" text-anchor="middle">stopped ${duration(length)}</text>
      </g>`,
    )}`;
}

/** The time of day, with the day where it is another than that of the label before. */
function label(at: number, before: number, fine: boolean): string {
  const iso = new Date(at).toISOString();
  const time = iso.slice(11, fine ? 19 : 16);
  return iso.slice(0, 10) === new Date(before).toISOString().slice(0, 10) ? time : `${iso.slice(5, 10)} ${time}`;
}

function heightOf({ rows }: Lane): number {
  return laneHead + (rows > mostRows ? areaHeight : rows * rowHeight) + laneGap;
}

function laneMarkup(lane: Lane, scale: TimeScale, y: number): Html {
  const { action, bars, peak } = lane;
  const many = bars.length === 1 ? "" : ` × ${bars.length}${peak > 1 ? `, at most ${peak} at once` : ""}`;
  const failed = bars.filter(({ step }) => step.state === "failed").length;
  const body =
    lane.rows > mostRows
      ? areaMarkup(lane, scale, y + laneHead)
      : bars.map((bar) => barMarkup(bar, scale, y + laneHead));
  const signs = failed === 0 ? "" : ` ${stateSigns.failed} ${failed} failed`;
  return markup`<g class="lane">${laneTitle(action, `${many}${signs}`, y)}${body}</g>`;
}

function laneTitle(action: string, more: string, y: number): Html {
  return markup`<text class="action" x="0" y="${y + 12}">${action}<tspan class="many">${more}</tspan></text>`;
}

/** Waiting, then sending, then waiting for Azure to have done it; each time it was tried again as a notch. */
function barMarkup(bar: Bar, { xOf }: TimeScale, laneTop: number): Html {
  const { step, from, to, ready, accepted = from } = bar;
  const y = laneTop + bar.row * rowHeight;
  const [start, sent, end] = [xOf(from), xOf(Math.min(accepted, to)), xOf(to)];
  const waited = xOf(ready);
  const middle = y + barHeight / 2;
  const width = Math.max(1.5, end - sent);
  const waiting = start - waited > 0.5 ? markup`<path class="wait" d="M${waited} ${middle}H${start}" />` : nothing;
  const sending = sent - start > 0.3 ? rectangle("sent", start, y, sent - start) : nothing;
  const retries = (step.retries ?? []).map(
    ({ at }) => markup`<path class="retry" d="M${xOf(Date.parse(at))} ${y - 1}v${barHeight + 2}" />`,
  );
  const sign =
    step.state === "failed"
      ? markup`<text class="sign" x="${rounded(sent + width + 3)}" y="${y + barHeight}">${stateSigns.failed}</text>`
      : nothing;
  return markup`<g class="bar ${step.state}${bar.reads ? " reads" : ""}">
    <title>${barTitle(bar)}</title>${waiting}${sending}${rectangle("done", sent, y, width)}${retries}${sign}
  </g>`;
}

function rectangle(kind: string, x: number, y: number, width: number): Html {
  return markup`<rect class="${kind}" x="${x}" y="${y}" width="${rounded(width)}" height="${barHeight}" />`;
}

function barTitle({ step, from, to, ready, open, reads }: Bar): string {
  const waited = from - ready >= 1000 ? `; could begin ${duration(from - ready)} earlier` : "";
  const after = step.waitedFor === undefined ? "" : `, after ${step.waitedFor}${waited}`;
  const retries = step.retries === undefined ? "" : `; tried again ${step.retries.length} times`;
  return `${step.id} ${step.name}: ${open ? "open" : step.state} after ${duration(to - from)}; ${reads ? "only looked, at the earliest from" : "began"} ${clock(new Date(from).toISOString())}${after}${retries}`;
}

function areaMarkup({ bars, action }: Lane, scale: TimeScale, y: number): Html {
  const base = y + areaHeight;
  const profiles = scale.pieces.map((piece) => ({
    piece,
    density: densityOf(bars, piece, Math.max(1, Math.round(piece.width / 2))),
  }));
  const most = profiles.reduce(
    (top, { density }) => density.reduce((higher, one) => Math.max(higher, one), top),
    0.001,
  );
  return markup`${profiles.map(({ piece, density }) => {
    const part = piece.width / density.length;
    const tops = density.map(
      (now, index) =>
        `L${rounded(piece.x + index * part)} ${rounded(base - (now / most) * areaHeight)}h${rounded(part)}`,
    );
    return markup`<path class="area" d="M${rounded(piece.x)} ${base}${tops.join("")}V${base}Z">
      <title>${action}: how many ran at once</title>
    </path>`;
  })}`;
}

function waitsMarkup({ waits }: Timeline, { xOf }: TimeScale, y: number): Html {
  const drawn = drawnWaits(waits, xOf).map(
    ({ x, width, text }) => markup`<g><title>${text}</title>${rectangle("again", x, y + laneHead, width)}</g>`,
  );
  return markup`<g class="lane waits">${laneTitle("sent again", ` × ${waits.length}: throttled, or not answered`, y)}${drawn}</g>`;
}

/** Waits that begin at one place of the drawing are one mark. */
function drawnWaits(
  waits: Timeline["waits"],
  xOf: TimeScale["xOf"],
): readonly { readonly x: number; readonly width: number; readonly text: string }[] {
  return [...Map.groupBy(waits, ({ from }) => Math.round(xOf(from)))].map(([x, same]) => {
    const to = same.reduce((latest, wait) => Math.max(latest, wait.to), 0);
    const [first] = same;
    const more = same.length > 1 ? `, and ${same.length - 1} more` : "";
    return {
      x,
      width: Math.max(2, rounded(xOf(to) - x)),
      text: `${first?.because ?? ""}: sent again after ${duration((first?.to ?? 0) - (first?.from ?? 0))}${more}`,
    };
  });
}

function rounded(length: number): number {
  return Math.round(length * 100) / 100;
}
