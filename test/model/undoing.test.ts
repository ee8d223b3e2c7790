// What a run still owes: told from its events alone, and in the words with which a person does it by hand.

import { describe, expect, it } from "vitest";
import { armId } from "../../src/model/arm-id.ts";
import type { RunEvent } from "../../src/model/event.ts";
import type { Step } from "../../src/model/step.ts";
import { dueSteps, notUndone } from "../../src/model/undoing.ts";

const plain: Step = {
  id: "remove-lock-1",
  action: "remove-lock",
  kind: "lock",
  target: armId("/lock"),
  name: "keep",
  after: [],
  reason: "for a test",
  irreversible: false,
  permissions: [],
};
const undoing: Step = {
  ...plain,
  id: "restore-lock-1",
  action: "restore-lock",
  undoes: "remove-lock-1",
  byHand: "az lock create --name 'keep'",
};
const steps = [plain, undoing];
const intended = (step: string): RunEvent => ({ type: "step-intended", step });
const verified = (step: string): RunEvent => ({ type: "step-verified", step, evidence: "seen" });
const failed = (step: string): RunEvent => ({
  type: "step-failed",
  step,
  disposition: "failed",
  code: "C",
  message: "m",
  remedy: "r",
});
const skipped = (step: string): RunEvent => ({ type: "step-skipped", step, because: "x" });

describe("a step that undoes another is due", () => {
  it.each<[string, boolean, readonly RunEvent[]]>([
    ["not before the other began", false, []],
    ["not when the other was skipped", false, [skipped("remove-lock-1")]],
    ["once the other was announced: it may have taken effect", true, [intended("remove-lock-1")]],
    ["also when the other failed", true, [intended("remove-lock-1"), failed("remove-lock-1")]],
    ["when the other was found done", true, [verified("remove-lock-1")]],
    ["until it is verified itself", true, [verified("remove-lock-1"), intended("restore-lock-1")]],
    ["also when it failed", true, [verified("remove-lock-1"), failed("restore-lock-1")]],
    ["not when it was verified", false, [verified("remove-lock-1"), verified("restore-lock-1")]],
    [
      "again when the other was done again",
      true,
      [verified("remove-lock-1"), verified("restore-lock-1"), intended("remove-lock-1")],
    ],
    [
      "also when a later run skipped the other",
      true,
      [verified("remove-lock-1"), { type: "run-resumed", run: "r", verified: 1, inDoubt: 0 }, skipped("remove-lock-1")],
    ],
  ])("%s", (_when, due, events) => {
    expect(dueSteps(steps, events)).toEqual(due ? [undoing] : []);
    expect(notUndone(steps, events)).toEqual(due ? ["restore-lock-1 keep: az lock create --name 'keep'"] : []);
  });
});
