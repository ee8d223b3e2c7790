// The words of a recovery: what returns, what does not and what to do about it, and how backups go on.

import { describe, expect, it } from "vitest";
import { armId } from "../../src/model/arm-id.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { Recovery } from "../../src/model/recovery.ts";
import { planText } from "../../src/reporting/plan-text.ts";
import { afterwardsText, byHandText, recoverWords, recoveryHead } from "../../src/reporting/recovery-text.ts";
import { runDocument } from "../../src/reporting/run-document.ts";
import { runText } from "../../src/reporting/run-text.ts";
import { ended, harmful, hostile, planOf, recorded, started, step, verified } from "./builders.ts";

const nothing: Recovery = { wanted: [], byHand: [], remarks: [] };
const deletedVault = {
  id: armId("/subscriptions/s/providers/Microsoft.RecoveryServices/locations/uksouth/deletedVaults/g_1"),
};
const [one, other] = [armId("/items/vm-1"), armId("/items/vm-2")];

function recoveryPlan(recovery: Partial<Recovery>, more: Partial<Plan> = {}): Plan {
  return planOf({
    recovery: { ...nothing, ...recovery },
    expectedOutcome: { kind: "recovered" },
    steps: [step("undelete-vault", { id: "undelete-vault-1" }), step("prove-recovery", { id: "prove-recovery-1" })],
    ...more,
  });
}

describe("the head of the plan", () => {
  const line = (recovery: Partial<Recovery>, more: Partial<Plan> = {}): string | undefined => {
    const plan = recoveryPlan(recovery, more);
    return recoveryHead(plan, plan.recovery ?? nothing).find((text) => text.startsWith("recovery"));
  };

  it.each<readonly [Partial<Recovery>, string]>([
    [{ wanted: [one] }, "1 soft-deleted thing"],
    [{ wanted: [one, other], items: ["vm-*", "db"] }, "2 soft-deleted things fitting vm-*, db"],
    [{ deletedVault }, "the deleted vault"],
    [{ deletedVault, run: "r-1", wanted: [one, other] }, "the deleted vault and 2 things that run r-1 soft-deleted"],
    [{ run: "r-1", wanted: [one] }, "1 thing that run r-1 soft-deleted"],
  ])("says what returns: %j", (recovery, text) => {
    expect(line(recovery)).toBe(`recovery  ${text}`);
  });

  it("says that something blocks it", () => {
    expect(line({ wanted: [one] }, { expectedOutcome: { kind: "blocked" } })).toBe(
      "recovery  1 soft-deleted thing, once what blocks it is settled",
    );
  });

  it("names the deleted vault and its times, or that Azure does not say them", () => {
    const text = planText(recoveryPlan({ deletedVault: { ...deletedVault, deletedAt: "2026-11-20T08:00:00Z" } }));
    expect(text).toContain(
      `deleted   ${deletedVault.id}\n          deleted at 2026-11-20T08:00:00Z, purged at a time Azure does not say\n`,
    );
  });
});

describe("what does not return", () => {
  const byHand = {
    what: "private endpoints",
    subjects: ["a", "b", "c", "d", "e", "f", "g"],
    todo: "create them again",
  };

  it("is told sort by sort, some of it by name, with what to do", () => {
    expect(byHandText([byHand])).toEqual([
      "private endpoints: a, b, c, d, e and 2 more (--format json has all)",
      "  to do create them again",
    ]);
  });

  it("stands in the plan and below the summary, in which nothing steers a terminal", () => {
    const plan = recoveryPlan({ byHand: [{ ...byHand, subjects: [hostile] }], deletedVault });
    expect(planText(plan)).toContain("\nnot brought back\n  private endpoints: ");
    const outcome = { kind: "recovered", evidence: ["GET of the vault answers"], notShown: [] } as const;
    const events = recorded(started, verified("undelete-vault-1"), verified("prove-recovery-1"), ended(0, { outcome }));
    const text = runText(runDocument("r-2", plan, events));
    expect(text).toMatch(
      /^back: rsv-test stands, and what was to return is listed again\nproved +GET of the vault answers\n/,
    );
    expect(text).toMatch(
      /\nafter +what comes back is stopped, [^\n]*\nafter +resume protection of each: az backup protection resume /,
    );
    expect(text).toMatch(/\nby hand +private endpoints: [^\n]+\nby hand +to do create them again\nrun +r-2\n$/);
    expect(text).not.toMatch(harmful);
    expect(text).not.toContain("vault-teardown recover");
  });
});

it("a recovery that ended otherwise is not said to stand", () => {
  const plan = recoveryPlan({ deletedVault });
  const headOf = (exitCode: number): string | undefined =>
    runText(runDocument("r-2", plan, recorded(started, ended(exitCode)))).split("\n")[0];
  expect([1, 3, 4, 5, 130].map(headOf)).toEqual([
    "not done: the recovery of rsv-test is unfinished: the run had to stop and is saved",
    "not done: the recovery of rsv-test is blocked: a person must act first",
    "not done: the recovery of rsv-test cannot be finished now, but later",
    "not done: the recovery of rsv-test is unfinished: some steps failed, the rest that could be done was done",
    "not done: the recovery of rsv-test is unfinished: the run was interrupted and saved",
  ]);
});

describe("how protection goes on", () => {
  it("is a command of the vault's kind, with names as words of a shell", () => {
    const { vault } = planOf();
    const id = armId(
      "/subscriptions/s/resourceGroups/rg of it's/providers/Microsoft.DataProtection/backupVaults/bv-test",
    );
    const steps = [step("undelete-instance")];
    const [kept, command] = afterwardsText({ vault: { ...vault, id, name: "bv-test", kind: "backup" }, steps });
    expect(kept).toContain("its data kept and billed until somebody deletes it: no backup runs by itself");
    expect(command).toBe(
      String.raw`resume protection of each: az dataprotection backup-instance resume-protection --vault-name 'bv-test' --resource-group 'rg of it'\''s' --backup-instance-name <instance>`,
    );
  });

  it("is not told where nothing but a container returns", () => {
    const { vault } = planOf();
    expect(afterwardsText({ vault, steps: [step("register-container"), step("prove-recovery")] })).toEqual([]);
  });
});

it("the words that make the same recovery again are those of a shell", () => {
  const { vault } = planOf();
  expect(recoverWords({ vault, recovery: { ...nothing, run: "r-1" } })).toBe("recover --run r-1");
  expect(recoverWords({ vault, recovery: { ...nothing, items: ["vm-*", "db"] } })).toBe(
    "recover --vault rsv-test --item 'vm-*' --item db",
  );
});
