// The display where there is no terminal: one line an event, and a sign of life when nothing happens for long.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { RecordedEvent, RunEvent } from "../../src/model/event.ts";
import type { Plan } from "../../src/model/plan.ts";
import { openProgress } from "../../src/reporting/progress.ts";
import type { Progress } from "../../src/reporting/progress/display.ts";
import { now } from "../dependencies/builders.ts";
import {
  accepted,
  deleteItem,
  ended,
  failed,
  harmful,
  hostile,
  intended,
  planOf,
  recorded,
  skipped,
  started,
  verified,
  writing,
} from "./builders.ts";

type Display = { readonly progress: Progress; readonly lines: () => readonly string[] };

const open: Progress[] = [];

/** A display on the clock by which the events of a test are dated: its first one happens when the display opens. */
async function display(
  plan: Plan = planOf({ steps: writing(planOf().steps) }),
  past: readonly RecordedEvent[] = [],
): Promise<Display> {
  let written = "";
  const timing = { clock: { now: () => Date.now() }, speed: 1 };
  const progress = await openProgress(plan, { write: (text) => (written += text) }, timing, past);
  open.push(progress);
  return { progress, lines: () => written.split("\n").slice(0, -1) };
}

function one(event: RunEvent): RecordedEvent {
  return recorded(event)[0]!;
}

beforeEach(() => void vi.useFakeTimers({ now }));

afterEach(() => {
  for (const progress of open.splice(0)) progress.end();
  vi.useRealTimers();
});

describe("each event is one line", () => {
  const retried: RunEvent = {
    type: "step-retried",
    step: "delete-item-1",
    attempt: 2,
    delaySeconds: 90,
    because: "another operation runs",
  };
  const cases: readonly (readonly [RunEvent, string])[] = [
    [started, "run r-1 begins: 3 steps"],
    [{ type: "run-resumed", run: "r-1", verified: 2, inDoubt: 1 }, "run r-1 continues: 2 verified, 1 to look at first"],
    [intended("delete-item-1"), "delete-item vm-1: writing"],
    [accepted("delete-item-1"), "delete-item vm-1: accepted (202), waiting for it"],
    [retried, "delete-item vm-1: again in 1 min 30 s: another operation runs"],
    [verified("delete-item-1"), "delete-item vm-1: verified: delete-item-1 was read back"],
    [failed("delete-item-1"), "delete-item vm-1: failed: Busy: another operation runs"],
    [failed("delete-item-1", { disposition: "waiting" }), "delete-item vm-1: waiting: Busy: another operation runs"],
    [skipped("delete-vault-1", "delete-item-2"), "delete-vault rsv-test: skipped, because delete-item vm-2 failed"],
  ];

  it.each(cases)("%o", async (event, line) => {
    const { progress, lines } = await display();
    progress.show(one(event));
    expect(lines()).toEqual([line]);
  });

  it("but the end, which the summary tells", async () => {
    const { progress, lines } = await display();
    progress.show(one(ended(0)));
    expect(lines()).toEqual([]);
  });

  it("and so is a wait that no event tells of", async () => {
    const { progress, lines } = await display();
    progress.waiting(75, "Azure throttles this client");
    expect(lines()).toEqual(["waiting 1 min 15 s: Azure throttles this client"]);
  });

  it("with names that cannot command a terminal", async () => {
    const { progress, lines } = await display(planOf({ steps: [deleteItem(hostile, 1)] }));
    progress.show(one(intended("delete-item-1")));
    progress.show(one({ type: "step-verified", step: "delete-item-1", evidence: hostile }));
    progress.show(one(failed("delete-item-1", { code: hostile, message: hostile })));
    progress.waiting(1, hostile);
    expect(lines()).toHaveLength(4);
    expect(lines().join("\n")).not.toMatch(harmful);
  });
});

describe("a sign of life", () => {
  it("comes when nothing was written for half a minute: the phase, how far, until when, and what runs since when", async () => {
    const { progress, lines } = await display();
    progress.show(one(intended("delete-item-1")));
    vi.advanceTimersByTime(30_000);
    expect(lines().at(-1)).toBe("0 of 3 steps; about 15 s left: data; delete-item vm-1 for 30 s");
  });

  it("comes at least once a minute, however long the silence", async () => {
    const { lines } = await display();
    for (let minute = 1; minute <= 10; minute += 1) {
      const before = lines().length;
      vi.advanceTimersByTime(60_000);
      expect(lines().length).toBeGreaterThan(before);
    }
  });

  it("does not come while events do", async () => {
    const { progress, lines } = await display();
    for (let at = 0; at < 12; at += 1) {
      progress.show(one(intended("delete-item-1")));
      vi.advanceTimersByTime(10_000);
    }
    expect(lines()).toHaveLength(12);
  });

  it("says what a step waits for, and how long still", async () => {
    const { progress, lines } = await display();
    const because = "another operation runs";
    progress.show(one({ type: "step-retried", step: "delete-item-1", attempt: 1, delaySeconds: 90, because }));
    vi.advanceTimersByTime(30_000);
    expect(lines().at(-1)).toContain("delete-item vm-1 again in 1 min 0 s: another operation runs");
  });

  it("of a continued run counts what was verified before, and tells none of it again", async () => {
    const past = recorded(started, intended("delete-item-1"), verified("delete-item-1"), failed("delete-item-2"));
    const { progress, lines } = await display(undefined, past);
    progress.show(one({ type: "run-resumed", run: "r-1", verified: 1, inDoubt: 1 }));
    vi.advanceTimersByTime(30_000);
    expect(lines()).toEqual([
      "run r-1 continues: 1 verified, 1 to look at first",
      "1 of 3 steps; about 15 s left: looking",
    ]);
  });

  it("stops with the display, and leaves no timer behind", async () => {
    const { progress, lines } = await display();
    progress.end();
    vi.advanceTimersByTime(600_000);
    expect(lines()).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("a run of thousands of steps", () => {
  const steps = writing(Array.from({ length: 2000 }, (_, at) => deleteItem(`vm-${at + 1}`, at + 1)));

  it("is told by its share that has ended", async () => {
    const { progress, lines } = await display(planOf({ steps }));
    for (const { id } of steps)
      for (const event of [intended(id), accepted(id), verified(id)]) progress.show(one(event));
    expect(lines()).toHaveLength(20);
    expect(lines()[0]).toBe("100 of 2000 steps; about 5 s left: data");
    expect(lines().at(-1)).toBe("2000 of 2000 steps: ending");
  });

  it("names what failed, and counts what failed as often as nobody reads", async () => {
    const { progress, lines } = await display(planOf({ steps }));
    progress.show(one(failed("delete-item-1", { code: "Rare" })));
    for (const { id } of steps.slice(0, 90)) progress.show(one(failed(id)));
    expect(lines()).toHaveLength(21);
    expect(lines()[0]).toBe("delete-item vm-1: failed: Rare: another operation runs");
    expect(lines().at(-1)).toContain("another operation runs (further ones of this sort are only counted)");
    vi.advanceTimersByTime(30_000);
    expect(lines().at(-1)).toContain("90 of 2000 steps, 90 failed");
  });
});
