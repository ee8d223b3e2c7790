// What a continued run does again: the locks that earlier put-backs have returned, as long as anything under them is open.

import { expect, it } from "vitest";
import { replay } from "../../src/execution/replay.ts";
import { reopened } from "../../src/execution/undoing.ts";
import type { RunEvent } from "../../src/model/event.ts";
import type { Step } from "../../src/model/step.ts";
import { rehearse } from "../rehearsal.ts";

const { steps } = await rehearse("locked").plan({ consents: ["remove-locks"] });
const restore = steps.find((step) => step.undoes !== undefined)!;
const removal = steps.find((step) => step.id === restore.undoes)!;

const verified = ({ id }: Step): RunEvent => ({ type: "step-verified", step: id, evidence: "seen" });

function begin(...events: readonly RunEvent[]) {
  const state = replay(steps, events);
  const done = new Set(steps.filter(({ id }) => state.steps.get(id)?.state === "verified").map(({ id }) => id));
  const { state: after, done: left } = reopened(steps, { state, done });
  const lock = [removal, restore].map(({ id }) => ({ state: after.steps.get(id)?.state, isDone: left.has(id) }));
  return lock;
}

it("a lock that is back is looked for and removed again while a write under it is open", () => {
  expect(begin(verified(removal), verified(restore))).toEqual([
    { state: "in-doubt", isDone: false },
    { state: "pending", isDone: false },
  ]);
});

it("a lock whose removal was never verified returns once more, for it is removed again", () => {
  const others = steps.filter((step) => step !== removal && step !== restore).map(verified);
  const cut: RunEvent = { type: "step-intended", step: removal.id };
  expect(begin(...others, cut, verified(restore))).toEqual([
    { state: "in-doubt", isDone: false },
    { state: "pending", isDone: false },
  ]);
});

it("a lock under which nothing is open stays where it is", () => {
  expect(begin(...steps.map(verified))).toEqual([
    { state: "verified", isDone: true },
    { state: "verified", isDone: true },
  ]);
});
