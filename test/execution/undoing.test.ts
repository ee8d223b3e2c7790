// What a continued run does again under a lock that was put back meanwhile, and nothing more.

import { describe, expect, it } from "vitest";
import type { RunState, StepState } from "../../src/execution/replay.ts";
import { reopened } from "../../src/execution/undoing.ts";
import type { Step } from "../../src/model/step.ts";
import { lock, stepOn, vmItem } from "../dependencies/builders.ts";

const write: Step = {
  ...stepOn(vmItem("a"), "delete-item"),
  id: "write",
  after: ["remove"],
  request: { write: "delete-protected-item", item: vmItem("a").id },
};
const look: Step = { ...stepOn(vmItem("b"), "settle-job"), id: "look" };
const remove: Step = {
  ...stepOn(lock(), "remove-lock"),
  id: "remove",
  request: { write: "remove-lock", lock: lock().id },
};
const restore: Step = {
  ...stepOn(lock(), "restore-lock"),
  id: "restore",
  undoes: "remove",
  after: ["remove", "write"],
};

const verified: StepState = { state: "verified", evidence: "done" };

function state(steps: Readonly<Record<string, StepState>>): RunState {
  return { started: true, steps: new Map(Object.entries(steps)) };
}

const all = { remove: verified, write: { state: "pending" }, restore: verified } as const;

describe("a lock that was put back while a write under it is open", () => {
  it("is looked for, removed and put back again", () => {
    const found = reopened([remove, write, restore], { state: state(all), done: new Set(["remove", "restore"]) });
    expect([...found.done]).toEqual([]);
    expect(Object.fromEntries(found.state.steps)).toEqual({
      remove: { state: "in-doubt" },
      write: { state: "pending" },
      restore: { state: "pending" },
    });
  });

  it("keeps what is known of a removal that was not verified", () => {
    const failed: StepState = { state: "skipped", because: "x" };
    const begin = { state: state({ ...all, remove: failed, restore: failed }), done: new Set<string>() };
    expect(Object.fromEntries(reopened([remove, write, restore], begin).state.steps)).toMatchObject({
      remove: failed,
      restore: failed,
    });
  });
});

describe("a lock is left as it is", () => {
  const left = (steps: readonly Step[], done: readonly string[]) => {
    const begin = { state: state(all), done: new Set(done) };
    const found = reopened(steps, begin);
    return [[...found.done], found.state.steps] as const;
  };
  const untouched = (done: readonly string[]) => [done, state(all).steps];

  it.each<[string, readonly Step[], readonly string[]]>([
    ["when all under it is done", [remove, write, restore], ["remove", "write", "restore"]],
    ["when what is open only reads", [remove, look, { ...restore, after: ["remove", "look"] }], ["remove", "restore"]],
    [
      "when what is open undoes something else",
      [remove, { ...write, undoes: "other" }, restore],
      ["remove", "restore"],
    ],
    ["when what it waits for is not in the plan", [remove, { ...restore, after: ["remove", "gone"] }], ["remove"]],
    ["when no step undoes another", [remove, write], ["remove"]],
  ])("%s", (_when, steps, done) => {
    expect(left(steps, done)).toEqual(untouched(done));
  });
});
