// The timeline as numbers and as a drawing: when a step could begin, began and ended; stops, waits, and how many ran at once.

import fc from "fast-check";
import { expect, test } from "vitest";
import { timeScale } from "../../../src/reporting/html/time-scale.ts";
import { timelineSection } from "../../../src/reporting/html/timeline-section.ts";
import { densityOf, mostRows, timelineOf, type Timeline } from "../../../src/reporting/html/timeline.ts";
import type { RunReport } from "../../../src/reporting/report.ts";
import { now } from "../../dependencies/builders.ts";
import { accepted, deleteItem, intended, planOf, started, verified } from "../builders.ts";
import { reportOf, runReport, troubledRun, twoItems } from "./reports.ts";

const minute = 60_000;
const at = (minutes: number): number => now + minutes * minute;

function timeline({ run, events }: RunReport): Timeline {
  return timelineOf(run, events())!;
}

test("a bar reaches from the first intent to the end, and knows when Azure took it and when it could have begun", () => {
  const report = reportOf(
    twoItems,
    started,
    intended("delete-item-1"),
    verified("delete-item-1"),
    intended("delete-item-2"),
    accepted("delete-item-2"),
    verified("delete-item-2"),
  );
  const [lane] = timeline(report).lanes;
  expect(lane).toMatchObject({ action: "delete-item", rows: 1, peak: 1 });
  expect(lane?.bars[1]).toMatchObject({
    from: at(3),
    ready: at(2),
    accepted: at(4),
    to: at(5),
    open: false,
    reads: false,
  });
});

test("a step that goes on is drawn until the run was last heard of", () => {
  const [lane] = timeline(reportOf(twoItems, started, intended("delete-item-1"), accepted("delete-item-1"))).lanes;
  expect(lane?.bars[0]).toMatchObject({ to: at(2), open: true });
});

test("a step that wrote nothing is drawn from when it could begin", () => {
  const events = [started, intended("delete-item-1"), verified("delete-item-1"), started, verified("delete-item-2")];
  const bars = timeline(reportOf(twoItems, ...events)).lanes.flatMap((lane) => lane.bars);
  expect(bars.find(({ step }) => step.id === "delete-item-2")).toMatchObject({ from: at(2), to: at(4), reads: true });
});

test("between its stop and its continuation a run is not at work", () => {
  expect(timeline(troubledRun).spans).toEqual([
    { from: at(0), to: at(3) },
    { from: at(4), to: at(10) },
  ]);
});

test("requests that were sent again have a lane of their own, tried steps a notch, failed ones a sign, stops a name", () => {
  expect(timeline(troubledRun).waits).toEqual([{ from: at(2), to: at(2.5), because: "Azure answered 429" }]);
  const { markup } = timelineSection(troubledRun);
  expect(markup).toContain("1 request sent again");
  expect(markup).toContain("stopped and continued once");
  expect(markup).toContain("stopped 1 min 0 s");
  expect(markup).toContain("Azure answered 429: sent again after 30 s");
  expect(markup.match(/class="retry"/g)).toHaveLength(1);
  expect(markup).toContain("✗ 1 failed");
});

test("a run of which no step has begun has no timeline", () => {
  expect(timelineSection(reportOf(twoItems, started)).markup).toBe("");
});

test("bars of one lane never overlap in one row", async () => {
  for (const { bars } of timeline(await runReport("kitchen-sink")).lanes)
    for (const one of bars)
      for (const other of bars)
        expect(one === other || one.row !== other.row || one.to <= other.ready || other.to <= one.ready).toBe(true);
});

test("very many steps of one action are drawn as how many ran at once", () => {
  const steps = Array.from({ length: mostRows + 10 }, (_, n) => deleteItem(`vm-${n}`, n));
  const ids = steps.map(({ id }) => id);
  const report = reportOf(planOf({ steps }), started, ...ids.map(intended), ...ids.map(verified));
  const [lane] = timeline(report).lanes;
  expect(lane?.peak).toBe(steps.length);
  const { markup } = timelineSection(report);
  expect(markup).toContain(`at most ${steps.length} at once`);
  expect(markup).toContain('class="area"');
  expect(markup).not.toContain('class="bar');
});

test("the density of a span adds up to the time that its bars lie in it", () => {
  const bars = fc.array(fc.tuple(fc.nat(1000), fc.nat(1000)).map(([from, length]) => ({ from, to: from + length })));
  fc.assert(
    fc.property(bars, fc.integer({ min: 1, max: 50 }), (some, parts) => {
      const span = { from: 200, to: 1200 };
      const drawn = densityOf(some, span, parts).reduce((sum, one) => sum + one, 0) * (1000 / parts);
      const lain = some.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(to, 1200) - Math.max(from, 200)), 0);
      expect(drawn).toBeCloseTo(lain, 3);
    }),
  );
});

const spans = fc
  .array(fc.tuple(fc.nat(5_000_000), fc.nat(900_000_000)), { minLength: 1, maxLength: 5 })
  .map((lengths) => {
    let time = now;
    return lengths.map(([length, gap]) => {
      const from = time;
      time += length + gap + 1;
      return { from, to: from + length };
    });
  });

test("later is never further left, and nothing leaves the axis, however often and long the run was stopped", () => {
  fc.assert(
    fc.property(spans, fc.array(fc.integer({ min: -1000, max: 2_000_000_000 })), (some, offsets) => {
      const { xOf, gaps, ticks } = timeScale(some, 960);
      const places = offsets.toSorted((one, other) => one - other).map((offset) => xOf(now + offset));
      expect(places).toEqual(places.toSorted((one, other) => one - other));
      for (const x of [...places, ...ticks.map((tick) => tick.x)]) expect(x >= 0 && x <= 961).toBe(true);
      expect(gaps).toHaveLength(some.length - 1);
    }),
  );
});
