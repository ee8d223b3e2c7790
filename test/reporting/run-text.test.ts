// How a run ended: one document for machines and one text for people, drawn from the plan and the events alone.

import { describe, expect, it } from "vitest";
import type { RunEvent } from "../../src/model/event.ts";
import { runDocument, type RunDocument } from "../../src/reporting/run-document.ts";
import { runText } from "../../src/reporting/run-text.ts";
import { rehearse } from "../rehearsal.ts";
import {
  accepted,
  deleteItem,
  ended,
  failed,
  harmful,
  hostile,
  intended,
  planOf,
  recorded,
  skipped,
  started,
  step,
  verified,
} from "./builders.ts";

const plan = planOf();

function document(...events: readonly RunEvent[]): RunDocument {
  return runDocument("r-1", plan, recorded(started, ...events));
}

function text(...events: readonly RunEvent[]): string {
  return runText(document(...events));
}

const allVerified = plan.steps.map((step) => verified(step.id));

describe("a run that ended with the vault gone", () => {
  it("says until when a soft-deleted one is recoverable, and what proves it", () => {
    const evidence = ["GET of the vault answers 404", "deleted vaults name it"];
    const until = "2026-12-05T08:00:00.000Z";
    const said = text(...allVerified, ended(0, { outcome: { kind: "soft-deleted", until, evidence, notShown: [] } }));
    expect(said).toContain(`gone: rsv-test is soft-deleted; Azure purges it at ${until}`);
    expect(said).toContain("proved    GET of the vault answers 404\nproved    deleted vaults name it");
    expect(said).toContain("steps     3 verified, 0 failed, 0 skipped, 0 open");
    expect(said).not.toContain("continue");
  });

  it.each([
    [{ kind: "purged", evidence: [], notShown: [] } as const, "gone: rsv-test is purged, for good"],
    [{ kind: "absent", evidence: [], notShown: [] } as const, "gone: Azure no longer has rsv-test"],
    [{ kind: "soft-deleted", evidence: [], notShown: [] } as const, "gone: rsv-test is soft-deleted\n"],
  ])("%o", (outcome, said) => {
    expect(text(...allVerified, ended(0, { outcome }))).toContain(said);
  });

  it("says what could not be shown, and why", () => {
    const outcome = { kind: "absent", evidence: ["GET"], notShown: ["deleted vaults: AuthorizationFailed"] } as const;
    const said = text(...allVerified, ended(0, { outcome }));
    expect(said).toContain("proved    GET\nnot shown deleted vaults: AuthorizationFailed\n");
  });

  it("says what the vault leaves behind once it is gone, and not before", () => {
    const left = planOf({ remains: [{ what: "restore point collection", subject: "/collections/AzureBackup_vm-1" }] });
    const outcome = { kind: "absent", evidence: [], notShown: [] } as const;
    const gone = runText(runDocument("r-1", left, recorded(started, ...allVerified, ended(0, { outcome }))));
    expect(gone).toContain("remains   restore point collection: AzureBackup_vm-1\n");
    expect(runText(runDocument("r-1", left, recorded(started, ended(5))))).not.toContain("remains");
  });

  it("is what a rehearsal of world small comes to", async () => {
    const rehearsal = rehearse("small");
    const made = await rehearsal.plan();
    const { events } = await rehearsal.run(made);
    const found = runDocument("rehearsal", made, events);
    expect(found).toMatchObject({ formatVersion: 1, plan: made.id, ended: true, exitCode: 0, resumable: false });
    expect(new Set(found.steps.map((step) => step.state))).toEqual(new Set(["verified"]));
    expect(runText(found)).toMatch(/^gone: rsv-backup-weu is soft-deleted; Azure purges it at 2026-12-05T/);
  });
});

describe("a run that did not finish", () => {
  it("that is blocked says that a person must act, and does not offer to go on", () => {
    const said = text(
      failed("delete-item-1", {
        disposition: "blocked",
        code: "ScopeLocked",
        remedy: "its owner must remove the lock",
      }),
      ended(3),
    );
    expect(said).toContain("not done: rsv-test is blocked: a person must act first");
    expect(said).toContain("ScopeLocked: another operation runs");
    expect(said).toContain("to do: its owner must remove the lock");
    expect(said).not.toContain("continue");
  });

  it("that waits says when to come back", () => {
    const said = text(
      failed("delete-vault-1", { disposition: "waiting", until: "2026-11-29T07:00:00.000Z" }),
      ended(4, { resumeAfter: "2026-11-29T07:00:00.000Z" }),
    );
    expect(said).toContain("not done: rsv-test cannot be finished now, but later");
    expect(said).toContain("goes on where this run stopped, after 2026-11-29T07:00:00.000Z");
  });

  it("that failed in part gives code, message, remedy and correlation id of each failure", () => {
    const said = text(
      verified("delete-item-1"),
      failed("delete-item-2", { correlationId: "c-42" }),
      skipped("delete-vault-1", "delete-item-2"),
      ended(5, { counts: { verified: 1, failed: 1, skipped: 1, open: 0 } }),
    );
    expect(said).toContain("not done: rsv-test stands: some steps failed, the rest that could be done was done");
    expect(said).toContain("failed    delete-item-2 vm-2: Busy: another operation runs");
    expect(said).toContain("to do: run the same command again");
    expect(said).toContain("correlation id c-42");
    expect(said).toContain("steps     1 verified, 1 failed, 1 skipped, 0 open");
    expect(said).toContain("continue  the same command");
    expect(said).not.toContain("delete-vault-1");
  });

  it("that failed points once to what explains each code of which more is known", () => {
    const locked = { disposition: "blocked", code: "ScopeLocked" } as const;
    const said = text(
      failed("delete-item-1", locked),
      failed("delete-item-2", locked),
      failed("delete-vault-1", { code: "Busy" }),
      ended(3),
    );
    expect(said.match(/^explain .*$/gm)).toEqual(["explain   vault-teardown explain ScopeLocked"]);
  });

  it("that was interrupted says that it is saved", () => {
    const said = text(ended(130, { counts: { verified: 1, failed: 0, skipped: 0, open: 2 } }));
    expect(said).toContain("not done: rsv-test stands: the run was interrupted and saved");
    expect(said).toContain("continue  the same command goes on where this run stopped\n");
  });

  it("that lost its credential says so, and not that steps failed", () => {
    const reason = "Azure no longer accepts the credential: expired";
    const said = text(ended(1, { reason, counts: { verified: 1, failed: 0, skipped: 0, open: 2 } }));
    expect(said).toContain(`reason    ${reason}`);
    expect(said).not.toContain("some steps failed");
  });

  it("that has not ended says so, and how to go on", () => {
    const said = text(intended("delete-item-1"));
    expect(said).toContain("unfinished: the run on rsv-test has not ended; apply continues it");
    expect(said).toContain("run       r-1\n");
    expect(said).not.toContain("verified");
  });
});

describe("the document of a run", () => {
  it("gives every step of the plan its latest state, in the plan's order", () => {
    const found = document(
      intended("delete-item-1"),
      accepted("delete-item-1"),
      verified("delete-item-1"),
      intended("delete-item-2"),
      accepted("delete-item-2"),
    );
    expect(found.steps.map(({ id, state }) => [id, state])).toEqual([
      ["delete-item-1", "verified"],
      ["delete-item-2", "accepted"],
      ["delete-vault-1", "pending"],
    ]);
    expect(found.steps[0]).toMatchObject({ evidence: "delete-item-1 was read back", at: "2026-11-21T08:03:00.000Z" });
  });

  it("does not take a retry for a state", () => {
    const retried: RunEvent = {
      type: "step-retried",
      step: "delete-item-1",
      attempt: 1,
      delaySeconds: 15,
      because: "Busy",
    };
    const states = (...events: readonly RunEvent[]): unknown => document(...events).steps[0]?.state;
    expect(states(intended("delete-item-1"), retried)).toBe("intended");
    expect(states(retried)).toBe("pending");
  });

  it("lets a later success replace an earlier failure", () => {
    const again: RunEvent = { type: "run-resumed", run: "r-1", verified: 0, inDoubt: 0 };
    const found = document(failed("delete-item-1"), ended(5), again, verified("delete-item-1"), ended(0));
    expect(found.steps[0]).toMatchObject({ state: "verified" });
    expect(found.steps[0]?.code).toBeUndefined();
    expect(found).toMatchObject({ ended: true, exitCode: 0 });
  });

  it("has not ended while it is being continued", () => {
    const found = document(ended(130), { type: "run-resumed", run: "r-1", verified: 1, inDoubt: 1 });
    expect(found.ended).toBe(false);
    expect("exitCode" in found || "outcome" in found).toBe(false);
  });

  it("says why a step was skipped", () => {
    const found = document(failed("delete-item-2"), skipped("delete-vault-1", "delete-item-2"));
    expect(found.steps[2]).toMatchObject({ state: "skipped", because: "delete-item-2" });
  });

  it("carries how it ended, and comes back from JSON as it was", () => {
    const resumeAfter = "2026-11-29T07:00:00.000Z";
    const found = document(failed("delete-vault-1"), ended(4, { resumeAfter, reason: "out of time" }));
    expect(found).toMatchObject({
      run: "r-1",
      plan: plan.id,
      exitCode: 4,
      resumable: true,
      resumeAfter,
      reason: "out of time",
    });
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });
});

describe("what Azure says in an error", () => {
  it("is harmless wherever it stands", () => {
    const steps = [{ ...deleteItem(hostile, 1), id: "delete-item-1" }];
    const hurt = planOf({ steps, vault: { ...plan.vault, name: hostile } });
    const bad = { code: hostile, message: hostile, remedy: hostile, correlationId: hostile };
    const outcome = { kind: "soft-deleted", until: hostile, evidence: [hostile], notShown: [hostile] } as const;
    for (const end of [ended(5, { reason: hostile, resumeAfter: hostile }), ended(0, { outcome })]) {
      const events = recorded(started, failed("delete-item-1", bad), end);
      expect(runText(runDocument("r-1", hurt, events))).not.toMatch(harmful);
    }
  });
});

describe("what a run could not put back", () => {
  it("stands in the text with its command, and in the document", () => {
    const line = "restore-lock-1 keep: az lock create --name 'keep'";
    const left = document(ended(5, { notPutBack: [line] }));
    expect(left.notPutBack).toEqual([line]);
    expect(runText(left)).toContain(`open      not put back: ${line}`);
    expect(runText(document(ended(5)))).not.toContain("not put back");
  });

  it("is told of a run that never came to an end, too", () => {
    const lock = step("remove-lock", { id: "remove-lock-1" });
    const undoing = step("restore-lock", { id: "restore-lock-1", undoes: lock.id, byHand: "az lock create" });
    const withLock = planOf({ steps: [lock, undoing] });
    const events = recorded(started, { type: "step-intended", step: lock.id });
    expect(runDocument("r-1", withLock, events).notPutBack).toEqual([expect.stringContaining("az lock create")]);
  });
});
