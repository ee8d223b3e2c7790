// What the network and the service do to a run: lost answers, refusals, throttling, an expired credential, things that appear.

import { describe, expect, it } from "vitest";
import { loadWorld } from "../../src/emulator/worlds.ts";
import { rehearse, type Handle } from "../rehearsal.ts";

/** Passes everything on, but gives the first request that matches to `instead`. */
function once(
  matches: (request: Request) => boolean,
  instead: (request: Request, handle: Handle) => Promise<Response>,
) {
  let left = 1;
  return (handle: Handle): Handle =>
    (request) =>
      left > 0 && matches(request) ? ((left -= 1), instead(request, handle)) : handle(request);
}

function azureError(
  status: number,
  code: string,
  message = "as the test wants it",
  headers: Record<string, string> = {},
) {
  return Promise.resolve(Response.json({ error: { code, message } }, { status, headers }));
}

const isItemDelete = (request: Request): boolean =>
  request.method === "DELETE" && request.url.includes("/protectedItems/");

describe("a write whose answer is lost", () => {
  it("is not sent again when it took effect", async () => {
    const rehearsal = rehearse("always-on", {
      between: once(isItemDelete, async (request, handle) => {
        await handle(request);
        throw Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
      }),
    });
    const { result } = await rehearsal.run(await rehearsal.plan());
    expect(result.exitCode).toBe(0);
    expect(rehearsal.writes().filter((write) => write.includes("/protectedItems/"))).toHaveLength(1);
  });

  it("is sent again when it did not", async () => {
    const rehearsal = rehearse("always-on", { between: once(isItemDelete, () => azureError(503, "ServerTimeout")) });
    const { result, events } = await rehearsal.run(await rehearsal.plan());
    expect(result.exitCode).toBe(0);
    expect(events.filter((event) => event.type === "step-intended" && event.step === "delete-item-1")).toHaveLength(2);
  });
});

describe("a service that is busy", () => {
  it("is asked again after a conflict", async () => {
    const rehearsal = rehearse("always-on", {
      between: once(isItemDelete, () => azureError(409, "BMSUserErrorConflictingProtectionOperation")),
    });
    const { result, events } = await rehearsal.run(await rehearsal.plan());
    expect(result.exitCode).toBe(0);
    expect(events.find((event) => event.type === "step-retried")).toMatchObject({ step: "delete-item-1", attempt: 1 });
  });

  it("is given the seconds its throttling asks for, from the header or the text", async () => {
    for (const headers of [{ "retry-after": "7" }, {}]) {
      const text = "Please try again after '7' seconds.";
      const rehearsal = rehearse("always-on", {
        between: once(isItemDelete, () => azureError(429, "ResourceRequestsThrottled", text, headers)),
      });
      const plan = await rehearsal.plan();
      const begun = rehearsal.clock.now();
      let refusedUntil = 0;
      const { result } = await rehearsal.run(plan, {
        record: (event) => {
          if (event.type === "step-accepted" && refusedUntil === 0) refusedUntil = rehearsal.clock.now();
        },
      });
      expect(result.exitCode).toBe(0);
      expect(refusedUntil - begun).toBeGreaterThanOrEqual(7000);
    }
  });

  it("does not fail an operation because one question about it failed", async () => {
    const isQuestion = (request: Request): boolean => request.url.includes("/backupOperations/");
    const rehearsal = rehearse(
      { ...loadWorld("always-on"), latencies: { softDeleteVm: 200, deleteWorkload: 200, deleteFileShare: 200 } },
      { between: once(isQuestion, () => azureError(500, "RestApiInternalError")) },
    );
    expect((await rehearsal.run(await rehearsal.plan())).result.exitCode).toBe(0);
    expect(rehearsal.emulator.requests().some(({ url }) => url.includes("/backupOperations/"))).toBe(true);
  });
});

describe("a refusal", () => {
  it("blocks its step with the code, skips what depends on it with the cause, and lets the rest go on", async () => {
    const isAccount = (request: Request): boolean =>
      request.method === "DELETE" &&
      decodeURIComponent(request.url).includes("/StorageContainer;Storage;") &&
      !isItemDelete(request);
    const rehearsal = rehearse("small", { between: once(isAccount, () => azureError(409, "ScopeLocked")) });
    const { result, events } = await rehearsal.run(await rehearsal.plan());
    expect(result.exitCode).toBe(3);
    expect(events.find((event) => event.type === "step-failed")).toMatchObject({
      code: "ScopeLocked",
      disposition: "blocked",
    });
    expect(events.find((event) => event.type === "step-skipped" && event.step === "delete-vault-1")).toMatchObject({
      because: expect.stringMatching(/^unregister-container-/),
    });
    const databases = events.filter((event) => event.type === "step-verified" && event.step.startsWith("delete-item-"));
    expect(databases).toHaveLength(5);
  });

  it("inside a polled operation fails the step with the operation's own code", async () => {
    const match = { method: "DELETE", path: "*/protectedItems/*" };
    const fault = { kind: "fails", code: "UserErrorDeleteBackupItemOnImmutableItem", message: "immutable" } as const;
    const rehearsal = rehearse({ ...loadWorld("always-on"), faults: [{ match, fault }] });
    const { result, events } = await rehearsal.run(await rehearsal.plan());
    expect(result.exitCode).toBe(3);
    expect(events.find((event) => event.type === "step-failed")).toMatchObject({
      code: "UserErrorDeleteBackupItemOnImmutableItem",
    });
  });

  it("of the credential in the middle ends the run at once, resumable, when a new token is refused too", async () => {
    let [lastsUntilSignIn, isSignedOut] = [true, false];
    const rehearsal = rehearse("small", {
      between: (handle) => async (request) => {
        isSignedOut ||= lastsUntilSignIn && isItemDelete(request);
        return isSignedOut ? azureError(401, "ExpiredAuthenticationToken") : handle(request);
      },
    });
    const plan = await rehearsal.plan();
    const { result, events } = await rehearsal.run(plan);
    expect(result).toMatchObject({ exitCode: 1, resumable: true });
    expect(result.reason).toContain("no longer accepts the credential");
    [lastsUntilSignIn, isSignedOut] = [false, false];
    expect((await rehearsal.run(plan, { past: events })).result.exitCode).toBe(0);
  });
});

describe("something that appears while a run goes on", () => {
  it("is not deleted: it is named, and the run ends blocked before the vault", async () => {
    const other = rehearse("small");
    const plan = await other.plan();
    // The plan of a smaller vault is carried out on one that has grown a database and an account since.
    const steps = plan.steps.filter((step) => !["delete-item-3", "unregister-container-1"].includes(step.id));
    const smaller = {
      ...plan,
      steps: steps.map((step) => ({
        ...step,
        after: step.after.filter((id) => steps.some((candidate) => candidate.id === id)),
      })),
    };
    const { result, events } = await other.run(smaller);
    expect(result).toMatchObject({ exitCode: 3, resumable: false });
    const failed = events.find((event) => event.type === "step-failed");
    expect(failed).toMatchObject({ step: "recheck-1", code: "VaultNotEmpty" });
    expect(failed?.type === "step-failed" ? failed.message : "").toContain("projects");
    expect(other.writes().some((write) => write.toLowerCase().includes("azurefileshare"))).toBe(false);
    expect(other.emulator.world().vaults).toHaveLength(1);
  });
});
