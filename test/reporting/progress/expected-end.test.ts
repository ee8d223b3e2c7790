// What a run is told to take: the longest way through what is left, credited with what has begun.

import { describe, expect, it } from "vitest";
import type { RunEvent } from "../../../src/model/event.ts";
import { deleteItem, intended, step, verified } from "../builders.ts";
import { pictureOf, type Happening } from "./pictures.ts";

/** Recorded medians: 12 s a machine whose data is kept, 3 s the vault. */
const items = [1, 2, 3, 4].map((at) => deleteItem(`vm-${at}`, at));
const steps = [...items, step("delete-vault", { after: items.map(({ id }) => id) })];

const begun = items.map(({ id }): Happening => [0, intended(id)]);

describe("the time that is left", () => {
  it("is that of the longest chain: what runs side by side counts once", () => {
    expect(pictureOf(steps, [], 0).end).toEqual({ seconds: 15, isLate: false });
  });

  it("adds up what shares an exclusive key", () => {
    const shared = steps.map((one) => (one.action === "delete-item" ? { ...one, exclusive: "container" } : one));
    expect(pictureOf(shared, [], 0).end?.seconds).toBe(51);
  });

  it("adds up what may not run side by side for want of concurrency", () => {
    expect(pictureOf(steps, [], 0, { concurrency: 2 }).end?.seconds).toBe(25.5);
    expect(pictureOf(steps, [], 0, { concurrency: 50 }).end?.seconds).toBe(15);
  });

  it("grows shorter while steps are under way, and never less than what comes after them", () => {
    expect(pictureOf(steps, begun, 10).end).toEqual({ seconds: 5, isLate: false });
    expect(pictureOf(steps, begun, 20).end).toEqual({ seconds: 3, isLate: false });
  });

  it("says that it takes longer than usual, once what holds the end up does", () => {
    expect(pictureOf(steps, begun, 120).end).toEqual({ seconds: 3, isLate: true });
  });

  it("does not, where something else takes longer anyway", () => {
    const other = deleteItem("share", 5);
    const long = { ...other, action: "delete-instance", id: "delete-instance-1" } as const;
    const happenings: readonly Happening[] = [
      [0, intended("delete-item-1")],
      [50, intended("delete-instance-1")],
    ];
    const picture = pictureOf([deleteItem("vm-1", 1), long], happenings, 60);
    expect(picture.underWay[0]).toMatchObject({ label: "delete-item vm-1", isLate: true });
    expect(picture.end).toEqual({ seconds: 58, isLate: false });
  });

  it("begins anew with a step that waits to be tried again", () => {
    const because = "another operation runs";
    const again: RunEvent = { type: "step-retried", step: "delete-item-1", attempt: 1, delaySeconds: 60, because };
    expect(pictureOf(steps, [...begun, [100, again]], 110).end?.seconds).toBe(50 + 12 + 3);
  });

  it("of many steps goes by how fast those before them could begin", () => {
    const many = Array.from({ length: 1000 }, (_, at) => deleteItem(`vm-${at}`, at));
    const tenASecond = many.slice(0, 200).map(({ id }, at): Happening => [at / 10, intended(id)]);
    expect(pictureOf(many, tenASecond, 20).end).toEqual({ seconds: 80 + 12, isLate: false });
    expect(pictureOf(many, tenASecond.slice(0, 50), 5).end?.seconds).toBe(12);
  });

  it("is none when every step has ended", () => {
    const done = steps.map(({ id }): Happening => [1, verified(id)]);
    expect(pictureOf(steps, done, 2).end).toBeUndefined();
  });
});

describe("an Azure that is far faster than any recorded one, as an emulator behind a port", () => {
  const fast = items.slice(0, 3).flatMap(({ id }): readonly Happening[] => [
    [0, intended(id)],
    [1.2, verified(id)],
  ]);

  it("is expected to stay so", () => {
    expect(pictureOf(steps, fast, 2).end?.seconds).toBeCloseTo((12 + 3) / 10);
  });

  it("is not told by two steps, nor by steps that were a little quicker", () => {
    expect(pictureOf(steps, fast.slice(0, 4), 2).end?.seconds).toBe(15);
    const brisk = fast.map(([seconds, event]): Happening => [seconds * 5, event]);
    expect(pictureOf(steps, brisk, 7).end?.seconds).toBe(15);
  });
});

describe("a rehearsal", () => {
  it("does not take its own time for Azure's: a quarter of a second is many of its seconds", () => {
    expect(pictureOf(steps, begun, 120, { speed: 600 }).end).toEqual({ seconds: 3, isLate: false });
    expect(pictureOf(steps, begun, 400, { speed: 600 }).end).toEqual({ seconds: 3, isLate: true });
  });
});
