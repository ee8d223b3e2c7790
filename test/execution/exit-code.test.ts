// How a run's end becomes an exit code, and when to come back.

import { expect, it } from "vitest";
import { exitCodeOf, resumeAfterOf } from "../../src/execution/exit-code.ts";
import type { RunState, StepState } from "../../src/execution/replay.ts";
import type { Disposition } from "../../src/model/event.ts";

const verified: StepState = { state: "verified", evidence: "gone" };

function failed(disposition: Disposition, until?: string): StepState {
  const failure = { disposition, code: "X", message: "m", remedy: "r" };
  return { state: "failed", failure: until === undefined ? failure : { ...failure, until } };
}

function ended(...steps: readonly StepState[]): RunState {
  return { started: true, steps: new Map(steps.map((step, index) => [`step-${index}`, step])) };
}

it.each<[number, string, RunState]>([
  [0, "all is verified", ended(verified, verified)],
  [0, "nothing was to do", ended()],
  [3, "something is blocked", ended(verified, failed("blocked"), failed("waiting"))],
  [4, "something has to wait", ended(failed("waiting"), verified)],
  [5, "something failed, whatever else is blocked", ended(failed("blocked"), failed("failed"), failed("waiting"))],
])("ends with %i when %s", (code, _what, state) => {
  expect(exitCodeOf(state, undefined)).toBe(code);
});

it.each([
  ["interrupted", 130],
  ["out-of-time", 4],
  ["signed-out", 1],
] as const)("a run that was stopped, being %s, ends with %i, whatever failed", (stop, code) => {
  expect(exitCodeOf(ended(failed("failed")), stop)).toBe(code);
});

it("names the last of the times that are waited for", () => {
  const dates = ["2026-12-01T00:00:00Z", "2026-12-09T00:00:00Z", "2026-12-03T00:00:00Z"];
  const waiting = dates.map((until) => failed("waiting", until));
  expect(resumeAfterOf(ended(verified, ...waiting, failed("blocked")))).toBe("2026-12-09T00:00:00Z");
  expect(resumeAfterOf(ended(verified, failed("failed")))).toBeUndefined();
});
