// When a step that waits for its effect is looked for, asked about and given up, in seconds from its write.

import { describe, expect, it } from "vitest";
import {
  awaited,
  contradiction,
  endedAt,
  nextLookAt,
  nextQuestionAt,
  unseen,
  type Awaited,
  type Effect,
  type Timekeeping,
} from "../../src/execution/awaited-effect.ts";
import { Unproved } from "../../src/execution/engine.ts";
import { job, marsServer, now, sqlServer, stepOn } from "../dependencies/builders.ts";

/** A clock at `now` plus these seconds, on an Azure of this pace, with steps that have so much time to spare. */
function keeping(seconds = 0, pace = 1, spare = 0, toCome = 0): Timekeeping {
  return {
    clock: { now: () => now + seconds * 1000, sleep: async () => undefined },
    patience: { asked: () => undefined, pace: () => pace },
    slack: { begun: () => undefined, seconds: () => spare, toCome: () => toCome },
  };
}

const settle = { resolve: () => undefined, reject: () => undefined };
const container = stepOn(sqlServer("sql-1"), "unregister-container");
const operation = { address: "https://management.azure.com/operations/1" };

function times(effect: Effect, kept: Timekeeping = keeping()): Readonly<Record<"look" | "ask" | "deadline", number>> {
  const { lookAt, askAt, deadline } = awaited(effect, kept, settle);
  return { look: (lookAt - now) / 1000, ask: (askAt - now) / 1000, deadline: (deadline - now) / 1000 };
}

describe("a step that was just accepted", () => {
  it("is looked for when the fastest was seen, and asked about when it is late", () => {
    expect(times({ step: container, operation })).toEqual({ look: 45, ask: 226.5, deadline: 10_800 });
  });

  it("that has time to spare is looked for when it is expected, and a tenth of that time later", () => {
    expect(times({ step: container, operation }, keeping(0, 1, 100)).look).toBe(94 + 10);
    expect(times({ step: container, operation }, keeping(0, 1, 10_000)).look).toBe(94 + 60);
  });

  it("on an Azure that is ten times as fast is looked for ten times as soon, and asked no sooner than it wants", () => {
    expect(times({ step: container, operation }, keeping(0, 0.1))).toEqual({ look: 4.5, ask: 22.65, deadline: 10_800 });
    const slow = { ...operation, retryAfterSeconds: 60 };
    expect(times({ step: container, operation: slow }, keeping(0, 0.1)).ask).toBe(60);
  });

  it("long ago is looked for and asked about at once", () => {
    expect(times({ step: container, operation, isOverdue: true })).toEqual({ look: 0, ask: 0, deadline: 10_800 });
  });

  it("without an operation is due, and has the time that lists may lag; a job has the time jobs take", () => {
    expect(times({ step: container })).toEqual({ look: 0, ask: Infinity, deadline: 900 });
    expect(times({ step: stepOn(job("j"), "settle-job") })).toEqual({ look: 0, ask: Infinity, deadline: 21_600 });
    expect(awaited({ step: container }, keeping(), settle)).toMatchObject({ hasEnded: true, holdsAtEnd: false });
    expect(awaited({ step: container, operation, holdsAtEnd: true }, keeping(), settle)).toMatchObject({
      hasEnded: false,
      holdsAtEnd: true,
      isAsking: false,
    });
  });

  it("whose operation has ended waits for the lists alone", () => {
    expect(endedAt(now)).toEqual({ since: now, lookAt: now, askAt: Infinity, deadline: now + 900_000, hasEnded: true });
  });
});

describe("the next look", () => {
  const waitingFor = (more: Partial<Awaited> = {}): Awaited => ({
    ...awaited({ step: container, operation }, keeping(), settle),
    ...more,
  });
  const next = (seconds: number, kept: (at: number) => Timekeeping, more: Partial<Awaited> = {}): number =>
    (nextLookAt(waitingFor(more), kept(seconds)) - now) / 1000 - seconds;

  it.each([
    ["early: in 15 % of the time that was waited", 40, {}, 6],
    ["just when it is expected: in 5 %", 94, {}, 4.7],
    ["late: in 5 %", 200, {}, 10],
    ["after hours: in a minute at most", 5_000, {}, 60],
    ["at once: in a second at least", 0, {}, 1],
    ["with its operation ended: in five seconds at least", 10, { hasEnded: true }, 5],
    ["with its operation ended, it is never early", 200, { hasEnded: true, expected: 1_000 }, 10],
  ])("is %s", (_what, seconds, more, delay) => {
    expect(next(seconds, (at) => keeping(at), more)).toBeCloseTo(delay, 6);
  });

  it("is later by a share of what the step has to spare, and of what is to come after it", () => {
    expect(next(0, (at) => keeping(at, 1, 100))).toBeCloseTo(10, 6);
    expect(next(0, (at) => keeping(at, 1, 0, 1_000))).toBeCloseTo(15, 6);
  });

  it("follows the pace of this Azure, but never sooner than in a quarter of a second", () => {
    expect(next(4, (at) => keeping(at, 0.1))).toBeCloseTo(0.6, 6);
    expect(next(0, (at) => keeping(at, 0.1))).toBeCloseTo(0.25, 6);
  });

  it("at a job is in a minute", () => {
    const step = stepOn(job("j"), "settle-job");
    expect((nextLookAt(awaited({ step }, keeping(), settle), keeping(10)) - now) / 1000).toBe(70);
  });
});

describe("the next question", () => {
  const waiting = awaited({ step: container, operation }, keeping(), settle);
  const after = (seconds: number, retryAfterSeconds?: number): number => {
    const check = { state: "running", ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) } as const;
    return (nextQuestionAt(waiting, check, now + seconds * 1000) - now) / 1000 - seconds;
  };

  it("is after half the time that was waited, and no sooner than the service wants", () => {
    expect([after(200), after(10), after(10, 60), after(200, 60)]).toEqual([100, 15, 60, 100]);
  });
});

describe("what was not seen", () => {
  it("of a job is a job that still runs", () => {
    const { failure } = unseen({ step: stepOn(job("j"), "settle-job") }, "the Backup job is InProgress");
    expect(failure).toEqual({
      disposition: "waiting",
      code: "JobStillRunning",
      retryAfterSeconds: 3600,
      message: "the Backup job is InProgress",
      remedy: "run the same command again when the job has ended",
    });
  });

  it("of any other step is a change that was accepted and does not show", () => {
    const left = unseen({ step: stepOn(marsServer("m"), "unregister-server") }, "the server is still listed");
    expect(left).toBeInstanceOf(Unproved);
    expect(left.failure).toEqual({
      disposition: "failed",
      code: "NotVerified",
      message: "Azure accepted the change, but after 15 minutes the server is still listed",
      remedy: "run the same command again: it looks before it writes",
    });
  });

  it("is said together with what the operation answered instead of how it stands", () => {
    const left = unseen({ step: stepOn(marsServer("m"), "unregister-server"), said: "Gone: no more" }, "it is listed");
    expect(left.failure.message).toBe(
      "Azure accepted the change, but after 15 minutes it is listed; its operation answered Gone: no more",
    );
  });

  it("and contradicts the plan blocks, with what to do", () => {
    expect(contradiction({ found: "it is kept", remedy: "plan again" }).failure).toEqual({
      disposition: "blocked",
      code: "ContradictsPlan",
      message: "it is kept",
      remedy: "plan again",
    });
  });
});
