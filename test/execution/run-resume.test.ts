// A run cut after any event goes on from its journal: operations first, then the target, and only then a write.

import { describe, expect, it } from "vitest";
import type { RunEvent } from "../../src/model/event.ts";
import { loadWorld } from "../../src/emulator/worlds.ts";
import { rehearse } from "../rehearsal.ts";
import { killedAfter, killedBefore } from "./killed-run.ts";

describe("a run that is cut and run again", () => {
  it("writes nothing again for a step that was verified", async () => {
    const rehearsal = rehearse("small");
    const plan = await rehearsal.plan();
    const past = await killedAfter(rehearsal, plan, 30);
    const verified = past.filter((event) => event.type === "step-verified").map((event) => event.step);
    const targets = plan.steps.filter((step) => verified.includes(step.id)).map((step) => step.target.toLowerCase());
    const before = rehearsal.writes().length;
    await rehearsal.run(plan, { past });
    expect(targets.length).toBeGreaterThan(0);
    for (const write of rehearsal.writes().slice(before))
      expect(targets.some((target) => write.toLowerCase().endsWith(` ${target}`))).toBe(false);
  });

  it("looks at the target of an accepted write before it writes anything, and does not write it again", async () => {
    const rehearsal = rehearse("recorded-file-shares");
    const plan = await rehearsal.plan();
    const past = await killedAfter(rehearsal, plan, 5);
    const accepted = past.filter((event) => event.type === "step-accepted");
    expect(accepted.length).toBeGreaterThan(0);
    const before = rehearsal.emulator.requests().length;
    await rehearsal.run(plan, { past });
    expect(rehearsal.emulator.requests()[before]?.url).toContain("/backupProtectedItems?");
    expect(new Set(rehearsal.writes()).size).toBe(rehearsal.writes().length);
  });

  it("asks about the operation of an accepted write whose effect does not show", async () => {
    const code = "UserErrorDeleteBackupItemOnImmutableItem";
    const fault = { kind: "fails", code, message: "immutable" } as const;
    const match = { method: "DELETE", path: "*/protectedItems/*" };
    const rehearsal = rehearse({ ...loadWorld("recorded-file-shares"), faults: [{ match, times: "always", fault }] });
    const plan = await rehearsal.plan();
    const past = await killedAfter(rehearsal, plan, 5);
    const accepted = past.find((event) => event.type === "step-accepted");
    const { events } = await rehearsal.run(plan, { past });
    expect(events).toContainEqual(expect.objectContaining({ type: "step-failed", step: accepted?.step, code }));
    expect(new Set(rehearsal.writes()).size).toBe(rehearsal.writes().length);
  });

  it("takes an operation whose address is gone as a reason to look at the target", async () => {
    const rehearsal = rehearse("recorded-file-shares");
    const plan = await rehearsal.plan();
    const past = (await killedAfter(rehearsal, plan, 5)).map((event) =>
      event.type === "step-accepted" ? { ...event, operation: `${event.operation ?? ""}gone` } : event,
    );
    const { result } = await rehearsal.run(plan, { past });
    expect(result.exitCode).toBe(0);
  });
});

describe("a deletion of the vault that an earlier run announced", () => {
  it("is not sent before the whole vault was looked at again: by now it may be protected", async () => {
    const before = rehearse("small");
    const plan = await before.plan();
    const step = plan.steps.find(({ action }) => action === "delete-vault")!.id;
    const stored = await killedBefore(before, plan, (event) => event.type === "step-intended" && event.step === step);
    const at = new Date(before.clock.now()).toISOString();
    const past = [...stored, { seq: stored.length + 1, at, type: "step-intended", step } as const];
    const { vaults, ...left } = before.emulator.world();
    const tagged = vaults.map((vault) => ({ ...vault, tags: { "vault-teardown": "deny" } }));
    const rehearsal = rehearse({ ...left, vaults: tagged }, { clock: before.clock });
    const { result, events } = await rehearsal.run(plan, { past });
    expect(result.exitCode).toBe(3);
    expect(rehearsal.writes()).toEqual([]);
    expect(events).toContainEqual(expect.objectContaining({ type: "step-failed", step, code: "VaultNotEmpty" }));
    const untouched = rehearse({ ...left, vaults }, { clock: before.clock });
    expect((await untouched.run(plan, { past })).result.exitCode).toBe(0);
  });
});

describe("a run that is stopped", () => {
  it("sends nothing more, stays resumable and ends 130 when it was interrupted", async () => {
    const rehearsal = rehearse("small");
    const plan = await rehearsal.plan();
    const stop = new AbortController();
    const record = (event: RunEvent): void => {
      if (event.type === "step-verified") stop.abort();
    };
    const { result, events } = await rehearsal.run(plan, { signal: stop.signal, record });
    expect(result).toMatchObject({ exitCode: 130, resumable: true });
    expect(result.counts.open).toBeGreaterThan(0);
    const stoppedAt = events.findIndex((event) => event.type === "step-verified");
    expect(events.slice(stoppedAt).some((event) => event.type === "step-intended")).toBe(false);
    const again = await rehearsal.run(plan, { past: events });
    expect(again.result.exitCode).toBe(0);
  });

  it("ends 4 when the allowed time is over", async () => {
    const rehearsal = rehearse("small");
    const stop = new AbortController();
    const record = (event: RunEvent): void => {
      if (event.type === "step-accepted") stop.abort();
    };
    const { result } = await rehearsal.run(await rehearsal.plan(), {
      signal: stop.signal,
      stopReason: () => "out-of-time",
      record,
    });
    expect(result).toMatchObject({ exitCode: 4, resumable: true, reason: "the time this run was given is over" });
  });
});
