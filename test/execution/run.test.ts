// How a run begins, goes on and ends, event by event, on a vault that holds next to nothing.

import { describe, expect, it } from "vitest";
import { Stopped } from "../../src/execution/engine.ts";
import type { RunEvent } from "../../src/model/event.ts";
import type { Step } from "../../src/model/step.ts";
import { intent, lock, marsServer, stepOn, vault, vmItem } from "../dependencies/builders.ts";
import { deletion, planOf, putBack, refusal, removal, smallAzure } from "./small-azure.ts";

const at = "2026-11-21T07:00:00.000Z";
const past = (...events: readonly RunEvent[]) => events.map((event) => ({ ...event, at }));
const started: RunEvent = {
  type: "run-started",
  formatVersion: 1,
  run: "run-1",
  plan: "0123",
  vault: vault().id,
  azure: "a small one",
  tool: "a test",
  steps: 2,
};
const aborted = AbortSignal.abort();
const gone = "the intent is no longer listed";

describe("a new run", () => {
  it("begins with what it is of, and ends with every step verified in the order of the plan", async () => {
    const azure = smallAzure();
    const result = await azure.run(planOf(deletion("a"), deletion("b", { after: ["delete-a"] })));
    expect(azure.events).toStrictEqual([
      started,
      { type: "step-intended", step: "delete-a" },
      { type: "step-accepted", step: "delete-a", status: 200 },
      { type: "step-verified", step: "delete-a", evidence: gone },
      { type: "step-intended", step: "delete-b" },
      { type: "step-accepted", step: "delete-b", status: 200 },
      { type: "step-verified", step: "delete-b", evidence: gone },
      {
        type: "run-ended",
        exitCode: 0,
        resumable: false,
        counts: { verified: 2, failed: 0, skipped: 0, open: 0 },
      },
    ]);
    expect(azure.events.at(-1)).toEqual(result);
  });

  it("that is refused skips what waited for it, and says whose move it is", async () => {
    const azure = smallAzure({ answer: () => Promise.reject(refusal(403, "AuthorizationFailed")) });
    const result = await azure.run(planOf(deletion("a"), deletion("b", { after: ["delete-a"] })));
    expect(azure.events).toContainEqual({ type: "step-skipped", step: "delete-b", because: "delete-a" });
    expect(result).toStrictEqual({
      type: "run-ended",
      exitCode: 3,
      resumable: false,
      counts: { verified: 0, failed: 1, skipped: 1, open: 0 },
    });
  });

  it("that only has to wait says from when on it may be run again: at once, where nothing says so", async () => {
    const azure = smallAzure({ answer: () => Promise.reject(refusal(400, "CloudDosLimit")) });
    expect(await azure.run(planOf(deletion("a")))).toMatchObject({
      exitCode: 4,
      resumable: true,
      resumeAfter: "2026-11-22T08:00:00.000Z",
    });
    const text = "items in soft deleted state";
    const undated = smallAzure({
      answer: () => Promise.reject(Object.assign(refusal(400, "ServiceResourceNotEmpty"), { message: text })),
    });
    expect(await undated.run(planOf(deletion("a")))).toMatchObject({
      exitCode: 4,
      resumeAfter: "2026-11-21T08:00:00.000Z",
    });
  });
});

describe("a run that is continued", () => {
  it("says what it found, and does not do again what is verified", async () => {
    const azure = smallAzure({ standing: [intent("b").id] });
    await azure.run(planOf(deletion("a"), deletion("b")), {
      past: past(started, { type: "step-verified", step: "delete-a", evidence: gone }),
    });
    expect(azure.events[0]).toStrictEqual({ type: "run-resumed", run: "run-1", verified: 1, inDoubt: 0 });
    expect(azure.sent).toEqual([{ write: "delete-protection-intent", intent: intent("b").id }]);
  });

  it("counts what was intended and what was accepted as in doubt, and looks before it writes", async () => {
    const azure = smallAzure({ standing: [intent("b").id] });
    const result = await azure.run(planOf(deletion("a"), deletion("b")), {
      past: past(
        started,
        { type: "step-intended", step: "delete-a" },
        { type: "step-intended", step: "delete-b" },
        { type: "step-accepted", step: "delete-b", status: 202 },
      ),
    });
    expect(azure.events[0]).toStrictEqual({ type: "run-resumed", run: "run-1", verified: 0, inDoubt: 2 });
    expect(azure.sent).toEqual([{ write: "delete-protection-intent", intent: intent("b").id }]);
    expect(result.counts.verified).toBe(2);
  });

  it("looks before it writes anything where the last line of its journal was lost", async () => {
    const azure = smallAzure({ standing: [intent("b").id] });
    const plan = planOf(deletion("a"), deletion("b"));
    expect((await azure.run(plan, { past: past(started), lostLine: true })).exitCode).toBe(0);
    expect(azure.sent).toEqual([{ write: "delete-protection-intent", intent: intent("b").id }]);
  });

  it("on a vault that is gone takes what lay in it for gone, and nothing else", async () => {
    const outside: Step = { ...deletion("b"), target: lock().id };
    const proof: Step = { ...stepOn(vault(), "prove-absence"), id: "prove" };
    const before: Step = { ...stepOn(marsServer("m"), "unregister-server"), id: "before" };
    const azure = smallAzure({ standing: [] });
    await azure.run(planOf(before, { ...stepOn(vmItem("x"), "delete-item"), id: "item" }, outside, putBack, proof), {
      vaultIsGone: true,
      past: past(started, { type: "step-verified", step: "before", evidence: "earlier" }),
      signal: aborted,
    });
    const evidence = "GET of the vault answers 404: it is gone, and this with it";
    expect(azure.events.filter(({ type }) => type === "step-verified")).toEqual([
      { type: "step-verified", step: "item", evidence },
    ]);
  });

  it("reads a recheck and a proof again", async () => {
    const recheck: Step = { ...stepOn(vault(), "recheck"), id: "recheck" };
    const azure = smallAzure();
    let looks = 0;
    await azure.run(planOf(recheck), {
      past: past(started, { type: "step-verified", step: "recheck", evidence: "empty" }),
      recheck: async () => ((looks += 1), []),
    });
    expect(looks).toBe(1);
  });
});

describe("a run that is stopped", () => {
  const two = planOf(deletion("a"), deletion("b"));
  const open = { verified: 0, failed: 0, skipped: 0, open: 2 };

  it("by a person leaves its steps open, and can be continued", async () => {
    expect(await smallAzure().run(two, { signal: aborted })).toStrictEqual({
      type: "run-ended",
      exitCode: 130,
      resumable: true,
      counts: open,
    });
  });

  it("by its time says so, and from when on it may be continued", async () => {
    expect(await smallAzure().run(two, { signal: aborted, stopReason: () => "out-of-time" })).toStrictEqual({
      type: "run-ended",
      exitCode: 4,
      resumable: true,
      counts: open,
      resumeAfter: "2026-11-21T08:00:00.000Z",
      reason: "the time this run was given is over",
    });
  });

  it("by a credential that is no longer taken says so, and sends nothing more", async () => {
    const azure = smallAzure({ answer: () => Promise.reject(refusal(401, "ExpiredAuthenticationToken")) });
    expect(await azure.run(planOf(deletion("a"), deletion("b", { after: ["delete-a"] })))).toStrictEqual({
      type: "run-ended",
      exitCode: 1,
      resumable: true,
      counts: open,
      reason: "Azure no longer accepts the credential: m",
    });
    expect(azure.sent).toHaveLength(1);
  });

  it("when nothing was open any more has ended like any other", async () => {
    const done = past(started, { type: "step-verified", step: "delete-a", evidence: gone });
    const result = await smallAzure().run(planOf(deletion("a")), {
      past: done,
      signal: aborted,
      stopReason: () => "out-of-time",
    });
    expect(result).toMatchObject({ exitCode: 0, resumable: false });
    expect(result).not.toHaveProperty("reason");
  });
});

describe("what a run takes away for its time", () => {
  it("is put back at its end, and when it is stopped", async () => {
    const azure = smallAzure();
    expect(
      (
        await azure.run(
          planOf(removal, deletion("a", { after: ["remove"] }), { ...putBack, after: ["remove", "delete-a"] }),
        )
      ).exitCode,
    ).toBe(0);
    expect([...azure.standing]).toEqual([intent("b").id, lock().id]);
    const controller = new AbortController();
    const stopped = smallAzure({
      answer: ({ write }) => {
        if (write === "remove-lock") controller.abort();
        return undefined;
      },
    });
    const result = await stopped.run(planOf(removal, deletion("a", { after: ["remove"] }), putBack), {
      signal: controller.signal,
    });
    expect(result).toMatchObject({ exitCode: 130, resumable: true });
    expect(result).not.toHaveProperty("notPutBack");
    expect(stopped.standing.has(lock().id)).toBe(true);
    expect(stopped.standing.has(intent("a").id)).toBe(true);
  });

  it("is named with the command that does it by hand, where it could not be put back", async () => {
    const azure = smallAzure({
      answer: ({ write }) =>
        write === "restore-lock" ? Promise.reject(refusal(403, "AuthorizationFailed")) : undefined,
    });
    expect(await azure.run(planOf(removal, putBack))).toMatchObject({
      exitCode: 3,
      resumable: true,
      notPutBack: ["restore keep: az lock create"],
    });
  });

  it("is not put back where it was never taken away", async () => {
    const azure = smallAzure({ answer: () => Promise.reject(refusal(403, "AuthorizationFailed")) });
    await azure.run(planOf({ ...deletion("a"), id: "first" }, { ...removal, after: ["first"] }, putBack));
    expect(azure.events.filter(({ type }) => type === "step-skipped")).toEqual([
      { type: "step-skipped", step: "remove", because: "first" },
      { type: "step-skipped", step: "restore", because: "remove" },
    ]);
    expect(azure.sent).toHaveLength(1);
  });

  it("is put back when a defect ends the run, and told where that can be", async () => {
    const azure = smallAzure({
      answer: ({ write }) => (write === "delete-protection-intent" ? Promise.reject(new TypeError("x")) : undefined),
    });
    const plan = planOf(removal, deletion("a", { after: ["remove"] }), { ...putBack, after: ["remove", "delete-a"] });
    await expect(azure.run(plan)).rejects.toThrow(TypeError);
    expect(azure.standing.has(lock().id)).toBe(true);
    expect(azure.events.at(-1)).toMatchObject({ type: "step-verified", step: "restore" });
  });

  it("is put back when the disk refuses, and not where another run has the vault by then", async () => {
    const plan = planOf(removal, deletion("a", { after: ["remove"] }), { ...putBack, after: ["remove", "delete-a"] });
    const refusing =
      (error: Error) =>
      (event: RunEvent): void => {
        if ("step" in event && event.step !== "remove") throw error;
      };
    const full = smallAzure();
    await expect(full.run(plan, { record: refusing(new TypeError("disk")) })).rejects.toThrow("disk");
    expect(full.standing.has(lock().id)).toBe(true);
    const taken = smallAzure();
    const record = refusing(new Stopped());
    const begun = (event: RunEvent): void => {
      if (event.type === "step-intended" && event.step === "delete-a") throw new TypeError("lost");
      record(event);
    };
    await expect(taken.run(plan, { record: begun })).rejects.toThrow("lost");
    expect(taken.standing.has(lock().id)).toBe(false);
  });

  it("is put back at once when the disk refuses, whatever else is being waited for", async () => {
    const azure = smallAzure({
      answer: ({ write }) => (write === "delete-protection-intent" ? Promise.resolve({ status: 202 }) : undefined),
    });
    const record = (event: RunEvent): void => {
      if (event.type === "step-intended" && event.step === "delete-b") throw new TypeError("disk");
    };
    const waited = deletion("a", { after: ["remove"] });
    const refused = deletion("b", { after: ["remove"] });
    const plan = planOf(removal, waited, refused, { ...putBack, after: ["remove", "delete-a", "delete-b"] });
    const began = azure.clock.now();
    await expect(azure.run(plan, { record })).rejects.toThrow("disk");
    expect(azure.standing.has(lock().id)).toBe(true);
    expect(azure.clock.now() - began).toBeLessThan(60_000);
  });
});
