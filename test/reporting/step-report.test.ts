// What became of each step is what the engine itself takes for it: told from the same events, counted the same way.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { replay, type StepState } from "../../src/execution/replay.ts";
import type { RunEvent } from "../../src/model/event.ts";
import { stepStories, type StepReport } from "../../src/reporting/step-report.ts";
import { accepted, deleteItem, failed, intended, recorded, skipped, started, step, verified } from "./builders.ts";

const resumed: RunEvent = { type: "run-resumed", run: "r-1", verified: 0, inDoubt: 0 };
const lock = step("remove-lock", { id: "remove-lock-1" });
const steps = [
  lock,
  deleteItem("vm-1", 1),
  deleteItem("vm-2", 2),
  step("restore-lock", { id: "restore-lock-1", undoes: lock.id }),
];

function reportsAfter(events: readonly RunEvent[]): readonly StepReport[] {
  const stories = stepStories({ steps });
  for (const event of recorded(started, ...events)) stories.take(event);
  return stories.reports();
}

/** Open is open: whether an operation of it still runs is the engine's affair. */
function counted(state: (StepReport | StepState)["state"]): string {
  return ["pending", "intended", "in-doubt", "accepted"].includes(state) ? "open" : state;
}

describe("the state of a step", () => {
  it("is counted as the engine counts it, whatever happened before", () => {
    const id = fc.constantFrom(...steps.map((one) => one.id));
    const event: fc.Arbitrary<RunEvent> = fc.oneof(
      id.map(intended),
      id.map(accepted),
      id.map(verified),
      id.map((one) => failed(one)),
      id.map((one) => skipped(one, lock.id)),
      fc.constant(resumed),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        const { steps: known } = replay(steps, [started, ...events]);
        expect(reportsAfter(events).map(({ id: one, state }) => [one, counted(state)])).toEqual(
          [...known].map(([one, { state }]) => [one, counted(state)]),
        );
      }),
    );
  });

  it("of a lock that was put back and is taken away again is not that it was put back", () => {
    const once = [intended(lock.id), verified(lock.id), intended("restore-lock-1"), verified("restore-lock-1")];
    expect(reportsAfter(once).at(-1)).toMatchObject({ state: "verified" });
    const again = reportsAfter([...once, resumed, intended(lock.id), verified(lock.id)]);
    expect(again.map(({ id, state }) => [id, state])).toEqual([
      ["remove-lock-1", "verified"],
      ["delete-item-1", "pending"],
      ["delete-item-2", "pending"],
      ["restore-lock-1", "pending"],
    ]);
  });
});
