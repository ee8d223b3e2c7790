// How long a run has worked, where it was stopped and continued: a night between two processes is no work, in any format.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { htmlReport } from "../../src/reporting/html/page.ts";
import { junitReport } from "../../src/reporting/junit.ts";
import { markdownReport } from "../../src/reporting/markdown/report.ts";
import type { RunReport } from "../../src/reporting/report.ts";
import { runDocument } from "../../src/reporting/run-document.ts";
import { workedMilliseconds } from "../../src/reporting/work-time.ts";
import { accepted, ended, intended, planOf, recorded, started, verified } from "./builders.ts";

const plan = planOf();
const [first, second] = plan.steps.map(({ id }) => id) as [string, string];

/** Stopped after the third minute and continued a day later, in the middle of the second step. */
function stoppedOverNight(): RunReport {
  const before = recorded(started, intended(first), accepted(first), intended(second));
  const resumed = { type: "run-resumed", run: "r-1", verified: 0, inDoubt: 2 } as const;
  const after = recorded(
    started,
    intended(first),
    accepted(first),
    intended(second),
    resumed,
    verified(first),
    verified(second),
    ended(0),
  ).slice(4);
  const nextDay = after.map((event) => ({ ...event, at: new Date(Date.parse(event.at) + 86_400_000).toISOString() }));
  const events = [...before, ...nextDay];
  return { about: "run", plan, run: runDocument("r-1", plan, events), events: () => events };
}

describe("a run that was continued the next day", () => {
  it("worked for minutes, in every format", () => {
    const report = stoppedOverNight();
    expect(markdownReport(report)).toContain("6 min 0 s of work; stopped and continued once");
    expect([...htmlReport(report, { scripts: [], styles: [] })].join("")).toContain(
      "6 min 0 s of work; stopped and continued once",
    );
    const junit = junitReport(report);
    expect(junit).toMatch(/<testsuites [^>]*time="360\.000"/);
    for (const [, seconds] of junit.matchAll(/time="([\d.]+)"/g)) expect(Number(seconds)).toBeLessThan(400);
  });
});

describe("work", () => {
  it("is never more than the time that passed, nor less than nothing, where stops do not overlap", () => {
    const times = fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(
        times,
        fc.integer({ min: 0, max: 100_000 }),
        fc.integer({ min: 0, max: 100_000 }),
        (all, one, other) => {
          const at = (milliseconds: number): string => new Date(milliseconds).toISOString();
          const sorted = all.toSorted((a, b) => a - b);
          const stops = sorted.flatMap((from, index) =>
            index % 2 === 0 && sorted[index + 1] !== undefined ? [{ from: at(from), to: at(sorted[index + 1]!) }] : [],
          );
          const [from, to] = [Math.min(one, other), Math.max(one, other)];
          const worked = workedMilliseconds(at(from), at(to), stops);
          expect(worked).toBeGreaterThanOrEqual(0);
          expect(worked).toBeLessThanOrEqual(to - from);
        },
      ),
    );
  });
});
