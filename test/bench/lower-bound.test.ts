// The bench's lower bound on plans made by hand: paths, turns in one container, and the rate of a counter.
import { expect, test } from "vitest";

import { lowerBound, type BoundedStep, type LowerBound } from "../../scripts/bench/lower-bound.ts";
import type { Rate } from "../../scripts/bench/request-counters.ts";
import { armId } from "../../src/model/arm-id.ts";
import type { WriteRequest } from "../../src/model/write-request.ts";

type Given = Partial<Omit<BoundedStep, "id">> & { readonly id: string; readonly seconds?: number };

const deletion: WriteRequest = { write: "delete-protected-item", item: armId("/item") };
const ample: Rate = { capacity: 1_000, perSecond: 10 };

function boundOf(given: readonly Given[], deletes: Rate = ample): LowerBound {
  return lowerBound({
    steps: given.map((step) => ({ action: "delete-item", kind: "protected-item", after: [], ...step })),
    seconds: new Map(given.flatMap(({ id, seconds }) => (seconds === undefined ? [] : [[id, seconds] as const]))),
    rates: { deletes, writes: ample },
  });
}

test("a plan without steps takes no time", () => {
  expect(boundOf([])).toEqual({
    seconds: 0,
    decidedBy: "longest path",
    each: { "longest path": 0, deletes: 0, writes: 0 },
  });
});

test("steps that wait for nothing run beside each other, and the vault waits for the longest", () => {
  const plan = [
    { id: "a", seconds: 12 },
    { id: "b", seconds: 111 },
    { id: "check", after: ["a", "b"] },
    { id: "vault", after: ["check"], seconds: 60 },
  ];
  expect(boundOf(plan)).toMatchObject({ seconds: 171, decidedBy: "longest path" });
});

test("items of one container take turns, those of two containers do not", () => {
  const items = (keys: readonly string[]): readonly Given[] =>
    keys.map((exclusive, index) => ({ id: `item-${index}`, exclusive, seconds: 32 }));
  const closed = (given: readonly Given[]): readonly Given[] => [
    ...given,
    { id: "vault", after: given.map(({ id }) => id), seconds: 60 },
  ];
  expect(boundOf(closed(items(["c", "c", "c"]))).seconds).toBe(156);
  expect(boundOf(closed(items(["c", "d", "e"]))).seconds).toBe(92);
  expect(boundOf(closed(items(["c", "d", "c"]))).seconds).toBe(124);
});

test("what an item waits for in its own container takes a turn as well", () => {
  const plan = [
    { id: "undelete", exclusive: "c", seconds: 11 },
    { id: "delete-1", exclusive: "c", after: ["undelete"], seconds: 111 },
    { id: "delete-2", exclusive: "c", seconds: 111 },
    { id: "vault", after: ["delete-1", "delete-2"] },
  ];
  expect(boundOf(plan).seconds).toBe(233);
});

test("turns begin no earlier than what they wait for, and none of the time before is lost to the others", () => {
  const plan = [
    { id: "gate", seconds: 50 },
    { id: "late", exclusive: "c", after: ["gate"], seconds: 10 },
    { id: "early", exclusive: "c", seconds: 20 },
    { id: "vault", after: ["late", "early"] },
  ];
  expect(boundOf(plan).seconds).toBe(60);
});

test("a server is let go a while after its databases, a storage account at once", () => {
  const plan = (kind: BoundedStep["kind"]): readonly Given[] => [
    { id: "item", exclusive: "c", seconds: 32 },
    { id: "container", action: "unregister-container", kind, after: ["item"], exclusive: "c", seconds: 25 },
  ];
  expect(boundOf(plan("workload-container")).seconds).toBe(77);
  expect(boundOf(plan("storage-container")).seconds).toBe(57);
});

test("a counter lets its burst through at once and the rest at its rate", () => {
  const items = Array.from({ length: 30 }, (_, index) => ({ id: `item-${index}`, seconds: 12, request: deletion }));
  const rate = { capacity: 10, perSecond: 2 };
  expect(boundOf(items, rate)).toMatchObject({ seconds: 22, decidedBy: "deletes" });
  expect(boundOf(items.slice(0, 10), rate)).toMatchObject({ seconds: 12, decidedBy: "longest path" });
});

test("a counter is full when the first request can be sent, and what has the longest way is sent first", () => {
  const items = Array.from({ length: 20 }, (_, index) => ({
    id: `item-${index}`,
    after: ["gate"],
    seconds: index === 19 ? 100 : 5,
    request: deletion,
  }));
  const plan = [{ id: "gate", seconds: 60 }, ...items];
  expect(boundOf(plan, { capacity: 10, perSecond: 0.5 })).toMatchObject({ seconds: 160, decidedBy: "longest path" });
  expect(boundOf(plan, { capacity: 10, perSecond: 0.1 })).toMatchObject({ seconds: 165, decidedBy: "deletes" });
});

test("writes that another counter counts, and steps that only read, use up none", () => {
  const plan = Array.from({ length: 30 }, (_, index) => ({ id: `step-${index}`, seconds: 1 }));
  expect(boundOf(plan, { capacity: 1, perSecond: 1 }).each.deletes).toBe(0);
});
