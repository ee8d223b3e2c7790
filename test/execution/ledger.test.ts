// Where a run stands, event by event: since when, what is due to be undone, and whether the undone step was ever answered.

import { describe, expect, it } from "vitest";
import { Ledger } from "../../src/execution/ledger.ts";
import type { RunEvent } from "../../src/model/event.ts";
import type { Step } from "../../src/model/step.ts";
import { lock, stepOn, vault } from "../dependencies/builders.ts";

const remove: Step = { ...stepOn(lock(), "remove-lock"), id: "remove" };
const restore: Step = { ...stepOn(lock(), "restore-lock"), id: "restore", undoes: "remove" };
const deletion: Step = { ...stepOn(vault(), "delete-vault"), id: "delete" };

const start = Date.parse("2026-11-21T08:00:00Z");
const minute = 60_000;

/** The first event happened at the start, each other an hour after the one before. */
function after(...events: readonly RunEvent[]): Ledger {
  const ledger = new Ledger({ steps: [remove, deletion, restore] });
  for (const [index, event] of events.entries()) ledger.take(event, start + index * 60 * minute);
  return ledger;
}

const intended = (step: string): RunEvent => ({ type: "step-intended", step });
const accepted = (step: string): RunEvent => ({ type: "step-accepted", step, status: 202 });
const verified = (step: string): RunEvent => ({ type: "step-verified", step, evidence: "done" });

describe("a ledger", () => {
  it("knows since when a vault may have been deleted by it: its start, less what clocks differ by", () => {
    expect(after(intended("remove"), intended("delete")).vaultDeletedSince).toBe(start - 10 * minute);
    const { vaultDeletedSince } = new Ledger({ steps: [deletion] });
    expect(vaultDeletedSince).toBeLessThanOrEqual(0);
  });

  it("knows it by the clock of Azure where that has told when it first accepted the deletion", () => {
    const at = (acceptedAt: string): RunEvent => ({ type: "step-accepted", step: "delete", status: 202, acceptedAt });
    const ledger = after(intended("remove"), at("2026-11-20T03:00:00Z"), at("2026-11-20T05:00:00Z"));
    expect(ledger.vaultDeletedSince).toBe(Date.parse("2026-11-20T02:59:00Z"));
  });

  it("knows what is due to be undone, until it is", () => {
    expect(after().due).toEqual([]);
    expect(after(intended("remove")).due).toEqual([restore]);
    expect(after(intended("remove"), verified("remove"), verified("restore")).due).toEqual([]);
  });

  it("knows whether the step to be undone was ever answered", () => {
    expect(after().isUnanswered(restore)).toBe(false);
    expect(after(intended("remove")).isUnanswered(restore)).toBe(true);
    expect(after(intended("remove"), intended("delete")).isUnanswered(restore)).toBe(true);
    expect(after(intended("remove"), accepted("remove")).isUnanswered(restore)).toBe(false);
    expect(after(intended("delete")).isUnanswered(deletion)).toBe(false);
  });

  it("knows whether the vault is being deleted, and where every step stands", () => {
    expect(after(intended("remove")).isVaultDeletionUnderWay).toBe(false);
    expect(after(intended("delete")).isVaultDeletionUnderWay).toBe(true);
    expect(Object.fromEntries(after(intended("remove")).state.steps)).toEqual({
      remove: { state: "in-doubt" },
      delete: { state: "pending" },
      restore: { state: "pending" },
    });
  });
});
