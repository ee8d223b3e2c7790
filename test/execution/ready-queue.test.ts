// What can start next: the longest remaining way first, one at a time per exclusive key.

import { expect, it } from "vitest";
import { remainingSeconds } from "../../src/model/expected-times.ts";
import { ReadyQueue } from "../../src/execution/ready-queue.ts";
import { armId } from "../../src/model/arm-id.ts";
import type { Action, Step } from "../../src/model/step.ts";

function step(id: string, action: Action, more: Partial<Step> = {}): Step {
  return {
    id,
    action,
    kind: "protected-item",
    target: armId(`/${id}`),
    name: id,
    after: [],
    reason: "a test",
    irreversible: false,
    permissions: [],
    ...more,
  };
}

function queueWith(steps: readonly Step[], ready: readonly Step[] = steps): ReadyQueue {
  const queue = new ReadyQueue(steps, remainingSeconds(steps));
  for (const each of ready) queue.add(each);
  return queue;
}

it("gives the step with the longest way before it first, and equals in the order of the plan", () => {
  const short = step("short", "delete-intent");
  const [first, second] = [step("first", "delete-item"), step("second", "delete-item")];
  const long = step("long", "delete-item");
  const next = step("next", "unregister-container", { after: ["long"] });
  const queue = queueWith([short, first, second, long, next], [second, short, first, long]);
  expect([queue.take(), queue.take(), queue.take(), queue.take(), queue.take()]).toEqual([
    long,
    first,
    second,
    short,
    undefined,
  ]);
});

it("passes over a step whose key is held, and gives it when the key is released", () => {
  const [one, other] = ["one", "other"].map((id) => step(id, "delete-item", { exclusive: "container" }));
  const free = step("free", "delete-intent");
  if (one === undefined || other === undefined) throw new Error("two steps are needed");
  const queue = queueWith([one, other, free]);
  expect([queue.take(), queue.take(), queue.take()]).toEqual([one, free, undefined]);
  queue.release(one);
  expect([queue.take(), queue.take()]).toEqual([other, undefined]);
});

it("lets a step that became ready meanwhile have the key first when its way is longer", () => {
  const [held, short] = ["held", "short"].map((id) => step(id, "delete-item", { exclusive: "container" }));
  const long = step("long", "disable-replication", { exclusive: "container" });
  if (held === undefined || short === undefined) throw new Error("two steps are needed");
  const queue = queueWith([long, held, short], [held, short]);
  expect([queue.take(), queue.take()]).toEqual([held, undefined]);
  queue.add(long);
  expect(queue.take()).toBeUndefined();
  queue.release(held);
  expect([queue.take(), queue.take()]).toEqual([long, undefined]);
});

it("refuses a step it was not made for", () => {
  expect(() => new ReadyQueue([], new Map()).add(step("a", "delete-item"))).toThrow("'a' is not one of this schedule");
});

it("gives no more steps of one kind than may be under way, and others all the same", () => {
  const fabrics = Array.from({ length: 60 }, (_, index) => step(`fabric-${index}`, "remove-fabric"));
  const other = step("other", "delete-intent");
  const queue = queueWith([...fabrics, other]);
  const taken = Array.from({ length: 61 }, () => queue.take()).filter((each) => each !== undefined);
  expect(taken).toEqual([...fabrics.slice(0, 50), other]);
  queue.release(fabrics[0]!);
  expect([queue.take(), queue.take()]).toEqual([fabrics[50], undefined]);
});
