// Whether the vault was sent to be deleted and may be dying, told from a journal's events.

import { describe, expect, it } from "vitest";
import { isVaultDeletionUnderWay } from "../../src/execution/vault-deletion.ts";
import type { RunEvent } from "../../src/model/event.ts";
import { rehearse } from "../rehearsal.ts";

const plan = await rehearse("small").plan();
const step = plan.steps.find(({ action }) => action === "delete-vault")!.id;
const intended: RunEvent = { type: "step-intended", step };
const accepted: RunEvent = { type: "step-accepted", step, status: 202 };
const verified: RunEvent = { type: "step-verified", step, evidence: "gone" };
const resumed: RunEvent = { type: "run-resumed", run: "r", verified: 0, inDoubt: 0 };
const skipped: RunEvent = { type: "step-skipped", step, because: "recheck-1" };
const failed = (code: string): RunEvent => ({
  type: "step-failed",
  step,
  disposition: "waiting",
  code,
  message: "m",
  remedy: "r",
});

describe("the deletion of the vault", () => {
  it.each<[string, readonly RunEvent[], boolean]>([
    ["was never begun", [], false],
    ["was announced", [intended], true],
    ["was accepted", [intended, accepted, resumed], true],
    ["was verified", [intended, accepted, verified, resumed], true],
    ["did not end while it was watched", [intended, accepted, failed("OperationDidNotEnd"), resumed], true],
    ["was refused", [intended, failed("ServiceResourceNotEmptyWithContainerDetails")], false],
    ["was refused before an interrupted attempt", [intended, failed("ScopeLocked"), resumed, resumed], false],
    ["was announced anew after a refusal", [intended, failed("ScopeLocked"), resumed, intended], true],
    ["was skipped", [skipped], false],
    ["is another step's", [{ type: "step-intended", step: "delete-item-1" }], false],
  ])("that %s", (_what, events, underWay) => {
    expect(isVaultDeletionUnderWay(plan, events)).toBe(underWay);
  });
});
