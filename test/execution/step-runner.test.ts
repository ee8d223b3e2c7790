// One step that Azure refuses, does not answer or is late with: when it is sent again, and when it is only looked for.

import { describe, expect, it } from "vitest";
import type { AzureError } from "../../src/model/azure-error.ts";
import type { RecordedEvent, RunEvent } from "../../src/model/event.ts";
import type { Accepted } from "../../src/model/ports.ts";
import { intent, lock } from "../dependencies/builders.ts";
import { deletion, planOf, putBack, refusal, removal, smallAzure, type SmallAzure } from "./small-azure.ts";

const plan = planOf(deletion("a"));
const conflict = refusal(409, "AnotherOperationInProgress");

/** Refuses the first writes with these errors, one after the other, and takes those that follow. */
function refusing(...errors: readonly AzureError[]): SmallAzure {
  return smallAzure({
    answer: (_request, nth) => (errors[nth - 1] === undefined ? undefined : Promise.reject(errors[nth - 1])),
  });
}

function retriesOf({ events }: SmallAzure): readonly Extract<RunEvent, { readonly type: "step-retried" }>[] {
  return events.filter((event) => event.type === "step-retried");
}

function failureOf({ events }: SmallAzure): RunEvent | undefined {
  return events.find(({ type }) => type === "step-failed");
}

const seconds = ({ clock }: SmallAzure): number => (clock.now() - Date.parse("2026-11-21T08:00:00Z")) / 1000;

describe("a write that another one holds up", () => {
  it("is sent again, each time after a longer while, and every time is told", async () => {
    const azure = refusing(conflict, conflict);
    expect((await azure.run(plan)).exitCode).toBe(0);
    expect(retriesOf(azure)).toEqual([
      { type: "step-retried", step: "delete-a", attempt: 1, delaySeconds: 5, because: "AnotherOperationInProgress: m" },
      {
        type: "step-retried",
        step: "delete-a",
        attempt: 2,
        delaySeconds: 10,
        because: "AnotherOperationInProgress: m",
      },
    ]);
    expect(seconds(azure)).toBeGreaterThanOrEqual(15);
    expect(azure.sent).toHaveLength(3);
  });

  it("is sent eleven times at most", async () => {
    const azure = refusing(...Array.from({ length: 20 }, () => conflict));
    expect((await azure.run(plan)).exitCode).toBe(5);
    expect(azure.sent).toHaveLength(11);
    expect(retriesOf(azure).map(({ delaySeconds }) => delaySeconds)).toEqual([5, 10, 20, 40, 60, 60, 60, 90, 90, 120]);
    expect(failureOf(azure)).toMatchObject({ code: "AnotherOperationInProgress", disposition: "failed" });
  });

  it("is sent again no sooner than Azure wants, and not by this run where that is too long", async () => {
    const soon = refusing(refusal(429, "TooManyRequests", 120));
    await soon.run(plan);
    expect(retriesOf(soon).map(({ delaySeconds }) => delaySeconds)).toEqual([120]);
    const late = refusing(refusal(429, "TooManyRequests", 301));
    await late.run(plan);
    expect(retriesOf(late)).toEqual([]);
    expect(failureOf(late)).toMatchObject({ disposition: "waiting", until: "2026-11-21T08:05:01.000Z" });
    expect((await refusing(refusal(429, "TooManyRequests", 300)).run(plan)).exitCode).toBe(0);
  });

  it("is not sent again by a run that is stopped meanwhile", async () => {
    const controller = new AbortController();
    const azure = smallAzure({
      answer: () => {
        controller.abort();
        return Promise.reject(conflict);
      },
    });
    expect(await azure.run(plan, { signal: controller.signal })).toMatchObject({ exitCode: 130, counts: { open: 1 } });
    expect(azure.sent).toHaveLength(1);
    expect(retriesOf(azure)).toEqual([]);
  });
});

describe("a write that is refused for good", () => {
  it("is not sent again", async () => {
    const azure = refusing(refusal(400, "SomethingNew"));
    expect((await azure.run(plan)).exitCode).toBe(5);
    expect(azure.sent).toHaveLength(1);
    expect(failureOf(azure)).toStrictEqual({
      type: "step-failed",
      step: "delete-a",
      disposition: "failed",
      code: "SomethingNew",
      message: "m",
      remedy: "see the code and message; then run the same command again",
    });
  });
});

describe("a write that got no answer", () => {
  it("is looked for before it is sent again, and not sent again once it is seen to have taken effect", async () => {
    const azure: SmallAzure = smallAzure({
      answer: () => {
        (azure.standing as Set<string>).delete(intent("a").id);
        return Promise.reject(refusal(500, "InternalServerError"));
      },
    });
    expect((await azure.run(plan)).exitCode).toBe(0);
    expect(azure.sent).toHaveLength(1);
    expect(azure.events.at(-2)).toEqual({
      type: "step-verified",
      step: "delete-a",
      evidence: "the intent is no longer listed",
    });
  });

  it("is given half a minute to show, and then sent again", async () => {
    const azure = refusing(refusal(0, "ECONNRESET"));
    expect((await azure.run(plan)).exitCode).toBe(0);
    expect(azure.sent).toHaveLength(2);
    expect(seconds(azure)).toBeGreaterThanOrEqual(5 + 10 + 20);
  });

  it("is looked for also when a conflict follows, for that may be with itself", async () => {
    const azure: SmallAzure = smallAzure({
      answer: (_request, nth) => {
        if (nth === 2) (azure.standing as Set<string>).delete(intent("a").id);
        return Promise.reject(nth === 1 ? refusal(503, "ServiceUnavailable") : conflict);
      },
    });
    expect((await azure.run(plan)).exitCode).toBe(0);
    expect(azure.sent).toHaveLength(2);
  });
});

describe("a write under a lock that this run removed", () => {
  const locked = refusal(409, "ScopeLocked");
  const underLock = planOf(removal, deletion("a", { after: ["remove"] }), {
    ...putBack,
    after: ["remove", "delete-a"],
  });
  const refusingDeletions = (times: number): SmallAzure => {
    let left = times;
    return smallAzure({
      answer: ({ write }) => (write === "delete-protection-intent" && left-- > 0 ? Promise.reject(locked) : undefined),
    });
  };
  const deletions = ({ sent }: SmallAzure): number =>
    sent.filter(({ write }) => write === "delete-protection-intent").length;

  it("is sent again while the removal may not have reached every part of Azure", async () => {
    const azure = refusingDeletions(6);
    expect((await azure.run(underLock)).exitCode).toBe(0);
    expect(deletions(azure)).toBe(7);
  });

  it("is given up after six times more", async () => {
    const azure = refusingDeletions(7);
    expect((await azure.run(underLock)).exitCode).toBe(3);
    expect(deletions(azure)).toBe(7);
    expect(azure.standing.has(lock().id)).toBe(true);
  });

  it.each([
    ["that waits for no lock", planOf(deletion("a"))],
    ["that waits for something else", planOf(deletion("b"), deletion("a", { after: ["delete-b"] }))],
    [
      "that waits for a lock's return",
      planOf({ ...putBack, id: "back", after: [] }, deletion("a", { after: ["back"] })),
    ],
  ])("is not sent again by a step %s", async (_what, of) => {
    const azure = smallAzure({
      answer: (request) =>
        "intent" in request && request.intent === intent("a").id ? Promise.reject(locked) : undefined,
    });
    await azure.run(of);
    expect(deletions(azure)).toBeLessThanOrEqual(2);
    expect(retriesOf(azure)).toEqual([]);
  });
});

describe("an accepted write", () => {
  const operation = { address: "https://management.azure.com/operations/1", retryAfterSeconds: 60 };
  const accepted: Accepted = { status: 202, operation, correlationId: "corr" };

  it("is recorded with its operation, and its operation's failure is its own", async () => {
    const azure = smallAzure({
      answer: async () => accepted,
      check: async () => ({ state: "failed", code: "BMSUserErrorX", message: "why" }),
    });
    expect((await azure.run(plan)).exitCode).toBe(5);
    expect(azure.events).toContainEqual({
      type: "step-accepted",
      step: "delete-a",
      status: 202,
      operation: operation.address,
      correlationId: "corr",
    });
    expect(failureOf(azure)).toMatchObject({ code: "BMSUserErrorX", message: "why" });
  });

  it("of an earlier run is asked about before anything is written", async () => {
    const asked: string[] = [];
    const azure = smallAzure();
    const past = [
      { type: "step-intended", step: "delete-a", at: "2026-11-21T07:00:00Z" },
      {
        type: "step-accepted",
        step: "delete-a",
        status: 202,
        operation: operation.address,
        at: "2026-11-21T07:00:00Z",
      },
    ] as const;
    const writer = {
      send: () => Promise.reject(new Error("nothing is to be written")),
      check: async ({ address }: { readonly address: string }) => {
        asked.push(address);
        (azure.standing as Set<string>).delete(intent("a").id);
        return { state: "succeeded" } as const;
      },
    };
    expect((await azure.run(plan, { past, writer })).exitCode).toBe(0);
    expect(asked).toEqual([operation.address]);
  });
});

describe("a look that fails", () => {
  const throttled = refusal(429, "TooManyRequests");
  const failing =
    (...which: readonly number[]) =>
    (nth: number): void => {
      if (which.includes(nth)) throw throttled;
    };

  it("says nothing about an accepted write of an earlier run: it is looked for again, and not sent again", async () => {
    const azure = smallAzure({ standing: [], listing: failing(1) });
    const past: readonly RecordedEvent[] = [
      { seq: 1, at: "2026-11-21T07:00:00.000Z", type: "step-intended", step: "delete-a" },
      { seq: 2, at: "2026-11-21T07:00:01.000Z", type: "step-accepted", step: "delete-a", status: 200 },
    ];
    expect((await azure.run(plan, { past })).exitCode).toBe(0);
    expect(azure.sent).toEqual([]);
    expect(retriesOf(azure)).toHaveLength(1);
  });

  it("says nothing about a refused write: the step is not written again", async () => {
    const azure = smallAzure({
      answer: () => Promise.reject(refusal(400, "BadRequest")),
      listing: failing(1),
    });
    expect((await azure.run(plan)).exitCode).toBe(5);
    expect(azure.sent).toHaveLength(1);
    expect(failureOf(azure)).toMatchObject({ code: "BadRequest" });
  });
});
