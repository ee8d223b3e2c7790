// The fold over a journal's events: where every step stands, and what a resumed run makes of it.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { replay } from "../../src/execution/replay.ts";
import type { RunEvent } from "../../src/model/event.ts";

const steps = [{ id: "a" }, { id: "b" }];
const intended: RunEvent = { type: "step-intended", step: "a" };
const accepted: RunEvent = { type: "step-accepted", step: "a", status: 202, operation: "https://x/1" };
const verified: RunEvent = { type: "step-verified", step: "a", evidence: "gone" };
const failed: RunEvent = {
  type: "step-failed",
  step: "a",
  disposition: "failed",
  code: "C",
  message: "m",
  remedy: "r",
};
const skipped: RunEvent = { type: "step-skipped", step: "b", because: "a" };
const resumed: RunEvent = { type: "run-resumed", run: "r", verified: 0, inDoubt: 0 };

const stateOf = (events: readonly RunEvent[], step = "a") => replay(steps, events).steps.get(step);

describe("a step in a journal", () => {
  it.each<[string, readonly RunEvent[], unknown]>([
    ["that was never touched is pending", [], { state: "pending" }],
    ["whose intent dangles is in doubt", [intended], { state: "in-doubt" }],
    [
      "that was accepted remembers the operation",
      [intended, accepted],
      { state: "accepted", operation: "https://x/1" },
    ],
    ["that was verified stays so", [intended, accepted, verified, resumed], { state: "verified", evidence: "gone" }],
    ["that failed is looked at again by a resumed run", [intended, failed, resumed], { state: "in-doubt" }],
    ["that is written again is in doubt again", [intended, accepted, intended], { state: "in-doubt" }],
  ])("%s", (_name, events, expected) => {
    expect(stateOf(events)).toEqual(expected);
  });

  it("that was skipped is open to a resumed run", () => {
    expect(stateOf([failed, skipped], "b")).toEqual({ state: "skipped", because: "a" });
    expect(stateOf([failed, skipped, resumed], "b")).toEqual({ state: "pending" });
  });
});

describe("a run in a journal", () => {
  const started: RunEvent = {
    type: "run-started",
    formatVersion: 1,
    run: "r",
    plan: "p",
    vault: "v",
    azure: "public",
    tool: "t",
    steps: 2,
  };
  const ended: RunEvent = {
    type: "run-ended",
    exitCode: 5,
    resumable: true,
    counts: { verified: 0, failed: 1, skipped: 0, open: 1 },
  };
  const retried: RunEvent = { type: "step-retried", step: "a", attempt: 1, delaySeconds: 5, because: "b" };

  it("has started once it says so", () => {
    expect(replay(steps, []).started).toBe(false);
    expect(replay(steps, [intended, resumed]).started).toBe(false);
    expect(replay(steps, [started, intended]).started).toBe(true);
  });

  it("leaves its steps where they stand when it begins, ends or retries", () => {
    for (const event of [started, ended, retried])
      expect(stateOf([intended, accepted, event])).toEqual({ state: "accepted", operation: "https://x/1" });
  });

  it("says of a step that was accepted without an operation no more than that", () => {
    expect(stateOf([intended, { type: "step-accepted", step: "a", status: 200 }])).toStrictEqual({ state: "accepted" });
  });

  it("says of a step why it failed, or for which it was skipped", () => {
    expect(stateOf([intended, failed])).toEqual({ state: "failed", failure: failed });
  });
});

describe("a step that undoes another", () => {
  const withUndo = [{ id: "a" }, { id: "z", undoes: "a" }];
  const undone: RunEvent = { type: "step-verified", step: "z", evidence: "back" };
  const z = (...events: readonly RunEvent[]) => replay(withUndo, events).steps.get("z")?.state;

  it("stands as it was recorded, until the other is done again", () => {
    expect(z(intended, verified, undone)).toBe("verified");
    expect(z(intended, verified, undone, resumed)).toBe("verified");
    expect(z(intended, verified, undone, resumed, intended)).toBe("pending");
    expect(z(intended, verified, undone, resumed, verified)).toBe("pending");
    expect(z(intended, verified, undone, resumed, verified, undone)).toBe("verified");
    expect(z(intended, verified, undone, accepted)).toBe("verified");
  });
});

describe("any journal", () => {
  it("leaves a state for exactly the plan's steps, and once verified always verified", () => {
    const events = fc.array(
      fc.constantFrom(intended, accepted, failed, skipped, resumed, { ...intended, step: "stranger" }),
    );
    fc.assert(
      fc.property(events, events, (before, after) => {
        expect([...replay(steps, before).steps.keys()]).toEqual(["a", "b"]);
        const later = after.filter((event) => event.type === "run-resumed" || event === skipped);
        expect(stateOf([...before, verified, ...later])?.state).toBe("verified");
      }),
    );
  });
});
