// The locks a plan writes to: those it removes and puts back, and no other.

import { expect, it } from "vitest";
import { armId } from "../../src/model/arm-id.ts";
import type { Step } from "../../src/model/step.ts";
import { lockIds } from "../../src/planning/lock-ids.ts";
import { lock, stepOn, vmItem } from "../dependencies/builders.ts";

const other = armId("/subscriptions/s/providers/Microsoft.Authorization/locks/other");
const removal: Step = { ...stepOn(lock(), "remove-lock"), request: { write: "remove-lock", lock: lock().id } };
const putBack: Step = {
  ...stepOn(lock(), "restore-lock"),
  request: { write: "restore-lock", lock: other, level: "ReadOnly" },
};
const deletion: Step = {
  ...stepOn(vmItem("vm-1"), "delete-item"),
  request: { write: "delete-protected-item", item: vmItem("vm-1").id },
};

it("names the locks that are removed or put back, and nothing that other steps write or read", () => {
  expect(lockIds({ steps: [removal, deletion, stepOn(vmItem("vm-1"), "settle-job"), putBack] })).toEqual([
    lock().id,
    other,
  ]);
});

it("names none where no lock is written", () => {
  expect(lockIds({ steps: [deletion] })).toEqual([]);
});
