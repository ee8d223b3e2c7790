// When what ran: the drawing, what its signs mean, and a table with the same times. It reads the events once.

import { workText } from "../work-time.ts";
import type { RunReport } from "../report.ts";
import { counted, duration } from "../words.ts";
import { markup, nothing, type Html } from "./html-text.ts";
import { noSection, section, type Section } from "./parts.ts";
import { stateBadge } from "./states.ts";
import { timelineFigure } from "./timeline-figure.ts";
import { timelineOf, type Bar, type Timeline } from "./timeline.ts";

/** With more steps the table has a row for each action; the items below have the times of each step. */
const mostStepRows = 100;

export function timelineSection({ run, events }: RunReport): Section {
  const timeline = timelineOf(run, events());
  if (timeline === undefined) return noSection;
  const { waits } = timeline;
  const told = [...workText(run), ...(waits.length === 0 ? [] : [`${counted(waits.length, "request")} sent again`])];
  const drawn = markup`<p>${told.join("; ")}.</p>
    <ul class="legend">
      <li><span class="key wait"></span> could begin, waits for its turn</li>
      <li><span class="key sent"></span> being sent</li>
      <li><span class="key done"></span> taken by Azure, until it was read back as done</li>
      <li><span class="key reads"></span> only looks, until it has seen what it waits for</li>
      <li><span class="key retry"></span> tried again</li>
    </ul>
    ${timelineFigure(timeline)}
    <details class="in-words">
      <summary>The same as a table</summary>
      ${tableOf(timeline)}
    </details>`;
  return section("timeline", "When what ran", drawn);
}

function tableOf({ lanes, waits }: Timeline): Html {
  const bars = lanes.flatMap((lane) => lane.bars).toSorted((one, other) => one.from - other.from);
  const rows =
    bars.length > mostStepRows ? lanes.map(({ action, bars: own }) => actionRow(action, own)) : bars.map(stepRow);
  const reasons = [...Map.groupBy(waits, ({ because }) => because)];
  const again = reasons.map(([because, same]) => `${because} (${same.length})`).join("; ");
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="Timeline as a table">
      <table class="times">
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Began, UTC</th>
            <th scope="col">Took</th>
            <th scope="col">Of it, to be taken</th>
            <th scope="col">State</th>
            <th scope="col">Waited longest for</th>
            <th scope="col">Tried again</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    ${again === "" ? nothing : markup`<p>Requests sent again: ${again}</p>`}`;
}

function stepRow({ step, from, to, accepted }: Bar): Html {
  return markup`<tr>
    <th scope="row"><code>${step.id}</code> ${step.name}</th>
    <td>${time(from)}</td>
    <td>${duration(to - from)}</td>
    <td>${accepted === undefined ? "" : duration(accepted - from)}</td>
    <td>${stateBadge(step.state)}</td>
    <td>${step.waitedFor}</td>
    <td>${(step.retries ?? []).map(({ because }) => because).join("; ")}</td>
  </tr>`;
}

function actionRow(action: string, bars: readonly Bar[]): Html {
  const from = bars.reduce((first, bar) => Math.min(first, bar.from), Number.POSITIVE_INFINITY);
  const to = bars.reduce((last, bar) => Math.max(last, bar.to), 0);
  const retries = bars.reduce((sum, { step }) => sum + (step.retries?.length ?? 0), 0);
  const states = [...Map.groupBy(bars, ({ step }) => step.state)];
  return markup`<tr>
    <th scope="row"><code>${action}</code> × ${bars.length}</th>
    <td>${time(from)}</td>
    <td>${duration(to - from)}</td>
    <td></td>
    <td>${states.map(([state, same]) => markup`${same.length} ${stateBadge(state)} `)}</td>
    <td></td>
    <td>${retries === 0 ? "" : retries}</td>
  </tr>`;
}

function time(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace("T", " ");
}
