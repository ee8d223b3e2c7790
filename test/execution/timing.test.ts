// How long an operation may take before a run stops waiting for it: a site with connected hosts longer than anything else.

import { describe, expect, it } from "vitest";
import {
  delayAt,
  operationDeadlineOf,
  retryDelaysSeconds,
  sweepIntervalSeconds,
  unansweredDelaysSeconds,
} from "../../src/execution/timing.ts";

describe("the deadline of an operation", () => {
  it("leaves a fabric more than the three hours a mature client gives it", () => {
    expect(operationDeadlineOf("remove-fabric")).toBeGreaterThan(180 * 60);
  });

  it.each(["disable-replication", "delete-item", "delete-vault"] as const)(
    "gives %s more than was ever recorded",
    (action) => {
      expect(operationDeadlineOf(action)).toBeGreaterThan(1411);
      expect(operationDeadlineOf(action)).toBeLessThan(operationDeadlineOf("remove-fabric"));
    },
  );
});

describe("between two listings of a kind", () => {
  const interval = (more: Partial<Parameters<typeof sweepIntervalSeconds>[0]>): number =>
    sweepIntervalSeconds({ shortest: 0, runSeconds: 0, entries: 0, patient: false, ...more });

  it.each([
    ["at least a second", {}, 1],
    ["a tenth of the shortest time that is waited for", { shortest: 94 }, 9.4],
    ["a share of the time the run has taken", { runSeconds: 1_000 }, 12],
    ["a larger share where the list is long", { runSeconds: 1_000, entries: 10_000 }, 32],
    ["a minute at most", { shortest: 10_000 }, 60],
    ["a minute for jobs, whatever else", { shortest: 94, patient: true }, 60],
  ])("passes %s", (_what, given, seconds) => {
    expect(interval(given)).toBeCloseTo(seconds, 9);
  });
});

describe("the delays before a write is sent again", () => {
  it("grow, and the last of them repeats", () => {
    expect([0, 1, 9, 10, 99].map((attempt) => delayAt(retryDelaysSeconds, attempt))).toEqual([5, 10, 120, 120, 120]);
    expect([0, 1, 2].map((attempt) => delayAt(unansweredDelaysSeconds, attempt))).toEqual([10, 20, 20]);
    expect(delayAt([], 0)).toBe(15);
  });
});
