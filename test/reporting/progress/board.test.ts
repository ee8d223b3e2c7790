// Where a run stands after its events, at a reading of the clock.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RunEvent } from "../../../src/model/event.ts";
import { actions } from "../../../src/model/step.ts";
import { endedOf } from "../../../src/reporting/progress/stand.ts";
import { countedAs, phaseOf, phases } from "../../../src/reporting/progress/work.ts";
import { now } from "../../dependencies/builders.ts";
import { accepted, deleteItem, failed, intended, planOf, skipped, started, step, verified } from "../builders.ts";
import { boardOf, pictureOf, type Happening } from "./pictures.ts";

const items = [1, 2, 3].map((at) => deleteItem(`vm-${at}`, at));
const steps = [...items, step("delete-vault", { after: items.map(({ id }) => id) })];

const retried = (id: string, delaySeconds: number): RunEvent => ({
  type: "step-retried",
  step: id,
  attempt: 1,
  delaySeconds,
  because: "another operation runs",
});

describe("the phase", () => {
  it("is unknown before the first step, and after the last", () => {
    expect(pictureOf(steps, [], 0)).toMatchObject({ phases: [], hasBegun: false });
    const all = steps.map(({ id }): Happening => [1, verified(id)]);
    expect(pictureOf(steps, all, 2)).toMatchObject({ phases: [], hasBegun: true });
  });

  it("is that of every step under way, in the order of a run", () => {
    const both = [step("remove-fabric"), ...items];
    const begun: readonly Happening[] = [
      [0, intended("remove-fabric-1")],
      [1, intended("delete-item-1")],
    ];
    expect(pictureOf(both, begun, 2).phases).toEqual(["data", "Site Recovery"]);
  });

  it("is that of the next step where none is under way", () => {
    const done = items.map(({ id }): Happening => [1, verified(id)]);
    expect(pictureOf(steps, done, 2).phases).toEqual(["vault"]);
  });
});

it("has words for every action, and an action for every phase", () => {
  expect(new Set(actions.map(phaseOf))).toEqual(new Set(phases));
  // Side by side on 80 columns with the longest counts of a large vault.
  expect(Math.max(...actions.map((action) => countedAs(action).length))).toBeLessThan(34);
  expect(new Set(actions.map(countedAs)).size).toBe(actions.length);
});

describe("the counts", () => {
  it("are kept for each kind of step", () => {
    const happenings: readonly Happening[] = [
      [0, intended("delete-item-1")],
      [1, verified("delete-item-1")],
      [1, intended("delete-item-2")],
      [2, failed("delete-item-2")],
      [2, intended("delete-item-3")],
      [3, skipped("delete-vault-1", "delete-item-2")],
    ];
    const { total, tallies } = pictureOf(steps, happenings, 3);
    expect(total).toEqual({ total: 4, verified: 1, failed: 1, skipped: 1, underWay: 1 });
    expect(tallies).toEqual([
      { action: "delete-item", total: 3, verified: 1, failed: 1, skipped: 0, underWay: 1 },
      { action: "delete-vault", total: 1, verified: 0, failed: 0, skipped: 1, underWay: 0 },
    ]);
  });

  it("of a run that goes on keep what is verified, and try the rest again", () => {
    const past: readonly Happening[] = [
      [0, verified("delete-item-1")],
      [0, failed("delete-item-2", { until: "2026-12-05T08:00:00.000Z" })],
      [0, intended("delete-item-3")],
      [1, { type: "run-resumed", run: "r-1", verified: 1, inDoubt: 1 }],
    ];
    const picture = pictureOf(steps, past, 1);
    expect(picture.total).toEqual({ total: 4, verified: 1, failed: 0, skipped: 0, underWay: 1 });
    expect(picture).toMatchObject({ hasBegun: false, underWay: [{ label: "delete-item vm-3" }] });
    expect(picture.notBefore).toBeUndefined();
  });

  it("of a run that goes on have what an earlier process wrote under way from then on, and late in its time", () => {
    const past: readonly Happening[] = [
      [0, intended("delete-item-1")],
      [100, { type: "run-resumed", run: "r-1", verified: 0, inDoubt: 1 }],
    ];
    const [first, , , vault] = steps;
    const two = [first, vault].flatMap((one) => one ?? []);
    expect(pictureOf(two, past, 110).underWay).toMatchObject([{ elapsed: 10_000, isLate: false }]);
    expect(pictureOf(two, past, 110).end).toEqual({ seconds: 5, isLate: false });
    expect(pictureOf(two, past, 200).end).toEqual({ seconds: 3, isLate: true });
    const written: Happening = [200, intended("delete-item-1")];
    expect(pictureOf(two, [...past, written], 201).end).toEqual({ seconds: 14, isLate: false });
  });

  it("owe a lock's return again when it is taken away again", () => {
    const locks = [step("remove-lock"), step("restore-lock", { undoes: "remove-lock-1" })];
    const once: readonly Happening[] = [
      [0, verified("remove-lock-1")],
      [1, verified("restore-lock-1")],
    ];
    expect(pictureOf(locks, once, 2).total.verified).toBe(2);
    expect(pictureOf(locks, [...once, [2, verified("remove-lock-1")]], 2).total.verified).toBe(1);
  });

  it("never add up to more than there is, whatever events come", () => {
    const ids = [...steps.map(({ id }) => id), "no-step"];
    const event = fc
      .constantFrom(...ids)
      .chain((id) =>
        fc.constantFrom<RunEvent>(
          intended(id),
          accepted(id),
          verified(id),
          failed(id),
          skipped(id, "delete-item-1"),
          retried(id, 5),
          { type: "run-resumed", run: "r-1", verified: 0, inDoubt: 0 },
        ),
      );
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const picture = pictureOf(
          steps,
          events.map((one, at): Happening => [at, one]),
          events.length,
        );
        const { total, tallies } = picture;
        expect(total.total).toBe(steps.length);
        expect(endedOf(total) + total.underWay).toBeLessThanOrEqual(steps.length);
        expect(picture.underWayCount).toBe(total.underWay);
        for (const key of ["verified", "failed", "skipped", "underWay"] as const) {
          expect(total[key]).toBeGreaterThanOrEqual(0);
          expect(tallies.reduce((sum, tally) => sum + tally[key], 0)).toBe(total[key]);
        }
        expect(picture.end === undefined).toBe(endedOf(total) === steps.length);
      }),
    );
  });
});

describe("what is under way", () => {
  it("counts from its first write, however often it is written", () => {
    const happenings: readonly Happening[] = [
      [0, intended("delete-item-1")],
      [10, accepted("delete-item-1")],
      [20, intended("delete-item-1")],
    ];
    expect(pictureOf(steps, happenings, 30).underWay).toEqual([
      { label: "delete-item vm-1", elapsed: 30_000, isLate: false },
    ]);
  });

  it("waits until it is tried again, and no longer", () => {
    const happenings: readonly Happening[] = [
      [0, intended("delete-item-1")],
      [5, retried("delete-item-1", 60)],
    ];
    const wait = { until: now + 65_000, because: "another operation runs" };
    expect(pictureOf(steps, happenings, 30).underWay[0]?.wait).toEqual(wait);
    expect(pictureOf(steps, happenings, 66).underWay[0]?.wait).toBeUndefined();
    expect(pictureOf(steps, [...happenings, [50, intended("delete-item-1")]], 51).underWay[0]?.wait).toBeUndefined();
  });

  it("is named three at a time: what takes longer than usual first, then what runs for the longest", () => {
    const many = [step("remove-fabric"), ...[1, 2, 3, 4].map((at) => deleteItem(`vm-${at}`, at))];
    const happenings: readonly Happening[] = [
      [0, intended("delete-item-4")],
      [10, intended("remove-fabric-1")],
      [30, intended("delete-item-1")],
      [31, intended("delete-item-2")],
    ];
    const { underWay, underWayCount } = pictureOf(many, happenings, 38);
    expect(underWayCount).toBe(4);
    expect(underWay.map(({ label, isLate }) => [label, isLate])).toEqual([
      ["delete-item vm-4", true],
      ["remove-fabric rsv-test", true],
      ["delete-item vm-1", false],
    ]);
  });
});

describe("a step that writes nothing, of whose beginning no event tells,", () => {
  const job = step("settle-job", { name: "Backup of vm-1" });
  const item = { ...deleteItem("vm-1", 1), after: [job.id] };
  const lock = step("remove-lock");
  const recheck = step("recheck", { after: [item.id, lock.id], despite: [lock.id] });
  const proof = step("prove-absence", { after: [recheck.id] });
  const plan = [lock, job, item, recheck, proof];
  const begun: Happening = [0, started];
  const namesOf = (happenings: readonly Happening[], seconds: number): readonly string[] =>
    pictureOf(plan, happenings, seconds).underWay.map(({ label, elapsed }) => `${label} ${elapsed / 1000}`);

  it("is under way from the beginning of the run where it waits for nothing", () => {
    expect(namesOf([], 5)).toEqual([]);
    expect(namesOf([begun], 5)).toEqual(["settle-job Backup of vm-1 5"]);
    const resumed: Happening = [9, { type: "run-resumed", run: "r-1", verified: 0, inDoubt: 0 }];
    expect(namesOf([begun, resumed], 10)).toEqual(["settle-job Backup of vm-1 1"]);
  });

  it("is under way once all before it has ended, also in failure where it is tried despite that", () => {
    const done: readonly Happening[] = [begun, [1, verified(job.id)], [2, verified(item.id)]];
    expect(namesOf(done, 5)).toEqual([]);
    expect(namesOf([...done, [3, failed(lock.id)]], 5)).toEqual(["recheck rsv-test 2"]);
    expect(namesOf([...done, [3, failed(lock.id)], [4, failed(recheck.id)]], 5)).toEqual([]);
  });
});

describe("what requests wait for", () => {
  const throttled = (delaySeconds: number): RunEvent => ({
    type: "request-retried",
    delaySeconds,
    because: "Azure throttles this client",
  });

  it("is the wait that ends last, until it has ended", () => {
    const happenings: readonly Happening[] = [
      [0, throttled(60)],
      [1, throttled(5)],
    ];
    expect(pictureOf(steps, happenings, 2).wait?.until).toBe(now + 60_000);
    expect(pictureOf(steps, happenings, 60).wait).toBeUndefined();
  });

  it("may be told of outside the events", () => {
    const board = boardOf(planOf({ steps }), []);
    const wait = { until: now + 5000, because: "Azure does not answer" };
    board.wait(wait);
    expect(board.picture(now).wait).toEqual(wait);
  });
});

it("knows the latest time before which a failed step cannot be tried again", () => {
  const happenings: readonly Happening[] = [
    [0, failed("delete-item-1", { until: "2026-12-05T08:00:00.000Z" })],
    [0, failed("delete-item-2", { until: "2026-12-01T08:00:00.000Z" })],
  ];
  expect(pictureOf(steps, happenings, 1).notBefore).toBe("2026-12-05T08:00:00.000Z");
});
