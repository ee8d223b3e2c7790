// What counts as done: the target itself, read back after the write; and what a failing read must never lead to.

import { describe, expect, it } from "vitest";
import { loadWorld } from "../../src/emulator/worlds.ts";
import { rehearse, type Handle } from "../rehearsal.ts";

const isEndpointDelete = (request: Request): boolean =>
  request.method === "DELETE" && /\/privateEndpoints\//.test(request.url);
const refusal = (status: number, code: string, headers: Record<string, string> = {}): Promise<Response> =>
  Promise.resolve(Response.json({ error: { code, message: "as the test wants it" } }, { status, headers }));

/** Gives the first `times` requests that match to `instead`. */
function first(times: number, matches: (request: Request) => boolean, instead: () => Promise<Response>) {
  let left = times;
  return (handle: Handle): Handle =>
    (request) =>
      left > 0 && matches(request) ? ((left -= 1), instead()) : handle(request);
}

describe("a private endpoint", () => {
  it("is not taken for deleted because the vault no longer leads to it: a lost write is sent again", async () => {
    const rehearsal = rehearse("small", { between: first(1, isEndpointDelete, () => refusal(503, "ServerTimeout")) });
    const { result } = await rehearsal.run(await rehearsal.plan());
    expect(result.exitCode).toBe(0);
    expect(rehearsal.emulator.world().privateEndpoints).toEqual([]);
  });

  it("that is still there after an accepted deletion fails its step", async () => {
    const accepted = (): Promise<Response> => Promise.resolve(new Response(null, { status: 202 }));
    const rehearsal = rehearse("small", { between: first(99, isEndpointDelete, accepted) });
    const { result, events } = await rehearsal.run(await rehearsal.plan());
    expect(result.exitCode).toBe(5);
    expect(events.find((event) => event.type === "step-failed")).toMatchObject({
      step: "delete-private-endpoint-1",
      code: "NotVerified",
    });
  });

  it("whose intent was cut before it was sent is still deleted by the resumed run", async () => {
    const rehearsal = rehearse("small");
    const plan = await rehearsal.plan();
    const stop = new AbortController();
    const cut = await rehearsal.run(plan, {
      signal: stop.signal,
      record: (event) => {
        if (event.type === "step-intended" && event.step === "delete-private-endpoint-connection-1") stop.abort();
      },
    });
    const past = [
      ...cut.events,
      { ...cut.events[0]!, type: "step-intended", step: "delete-private-endpoint-1" } as const,
    ];
    const { result } = await rehearsal.run(plan, { past });
    expect(result.exitCode).toBe(0);
    expect(rehearsal.emulator.world().privateEndpoints).toEqual([]);
  });
});

describe("a read that fails while the effect is looked for", () => {
  const isItemList = (request: Request): boolean =>
    request.method === "GET" && /\/backupProtectedItems\?/.test(request.url);

  it.each([
    ["a service that does not answer", 503, "ServerTimeout", 12],
    ["a list nobody may read for a while", 403, "AuthorizationFailed", 3],
  ])("never leads to a second write: %s", async (_what, status, code, times) => {
    let lists = 0;
    const rehearsal = rehearse("always-on", {
      between: (handle) => (request) =>
        isItemList(request) && (lists += 1) > 1 && lists <= times + 1 ? refusal(status, code) : handle(request),
    });
    const { result } = await rehearsal.run(await rehearsal.plan());
    expect(result.exitCode).toBe(0);
    expect(rehearsal.writes().filter((write) => write.includes("/protectedItems/"))).toHaveLength(1);
  });
});

describe("a purge that is refused", () => {
  it("has written nothing but the attempt, whatever else the plan holds", async () => {
    const text = JSON.stringify(loadWorld("small")).replaceAll('"AlwaysON"', '"Enabled"');
    const rehearsal = rehearse(JSON.parse(text) as ReturnType<typeof loadWorld>);
    const { result } = await rehearsal.run(await rehearsal.plan({ strategy: "purge" }));
    expect(result.exitCode).toBe(3);
    expect(rehearsal.writes()).toEqual([expect.stringMatching(/^PATCH .*\/vaults\/[^/]+$/)]);
  });
});

describe("waiting", () => {
  it("for an operation is never a busy loop, whatever the service asks for", async () => {
    let polls = 0;
    const rehearsal = rehearse("always-on", {
      between: (handle) => async (request) => {
        const response = await handle(request);
        if (!request.url.includes("/backupOperations/")) return response;
        polls += 1;
        const headers = new Headers(response.headers);
        headers.set("retry-after", "0");
        return new Response(await response.text(), { status: response.status, headers });
      },
    });
    expect((await rehearsal.run(await rehearsal.plan())).result.exitCode).toBe(0);
    expect(polls).toBeLessThan(30);
  });

  it("for throttling that outlasts a run ends 4 with the time Azure gave", async () => {
    const isItemDelete = (request: Request): boolean =>
      request.method === "DELETE" && request.url.includes("/protectedItems/");
    const rehearsal = rehearse("always-on", {
      between: first(99, isItemDelete, () => refusal(429, "ResourceRequestsThrottled", { "retry-after": "1800" })),
    });
    const plan = await rehearsal.plan();
    const begun = rehearsal.clock.now();
    const { result } = await rehearsal.run(plan);
    expect(result).toMatchObject({ exitCode: 4, resumable: true });
    expect(Date.parse(result.resumeAfter ?? "") - begun).toBe(1_800_000);
  });

  it("for a refused write ends at once when the run is stopped, as an interruption and not as a failure", async () => {
    const stop = new AbortController();
    const isVaultDelete = (request: Request): boolean =>
      request.method === "DELETE" && /\/vaults\/[^/]+\?/.test(request.url);
    const rehearsal = rehearse("always-on", {
      between: first(99, isVaultDelete, () => {
        stop.abort();
        return refusal(503, "ServerTimeout");
      }),
    });
    const { result, events } = await rehearsal.run(await rehearsal.plan(), { signal: stop.signal });
    expect(result).toMatchObject({ exitCode: 130, counts: { failed: 0 } });
    expect(events.some((event) => event.type === "step-failed")).toBe(false);
  });

  it.each([
    ["what became of the vault", "small", "/deletedVaults", { exitCode: 0, outcome: { kind: "soft-deleted" } }],
    ["when the last item is purged", "classic", "/backupProtectedItems", { exitCode: 4 }],
  ])("for the answer to %s ends when the run is stopped, concluding nothing", async (_what, world, list, ending) => {
    const stop = new AbortController();
    let [isVaultSent, isSilent] = [false, true];
    const rehearsal = rehearse(world, {
      between: (handle) => (request) => {
        isVaultSent ||= request.method === "DELETE" && /\/vaults\/[^/]+\?/.test(request.url);
        if (!isSilent || !isVaultSent || !request.url.includes(list)) return handle(request);
        stop.abort();
        return Promise.reject(Object.assign(new Error("the operation was aborted"), { name: "AbortError" }));
      },
    });
    const plan = await rehearsal.plan();
    const { result, events } = await rehearsal.run(plan, { signal: stop.signal });
    expect(result).toMatchObject({ exitCode: 130, resumable: true, counts: { failed: 0 } });
    expect(result.outcome).toBeUndefined();
    isSilent = false;
    const continued = await rehearsal.run(plan, { past: events });
    expect(continued.result).toMatchObject(ending);
    if (continued.result.exitCode === 4) expect(continued.result.resumeAfter).toMatch(/^2026-12-/);
  });
});

describe("a continued run", () => {
  it("lists the vault again before it deletes it, however long ago it was found empty", async () => {
    const rehearsal = rehearse("always-on");
    const plan = await rehearsal.plan();
    const stop = new AbortController();
    const cut = await rehearsal.run(plan, {
      signal: stop.signal,
      record: (event) => {
        if (event.type === "step-verified" && event.step === "recheck-1") stop.abort();
      },
    });
    const before = rehearsal.emulator.requests().length;
    expect((await rehearsal.run(plan, { past: cut.events })).result.exitCode).toBe(0);
    const requests = rehearsal.emulator.requests().slice(before);
    const deleted = requests.findIndex((request) => request.method === "DELETE");
    expect(requests.slice(0, deleted).some((request) => request.url.includes("/backupProtectedItems"))).toBe(true);
  });

  it("of a vault that is gone meanwhile writes nothing in it, ends what lies outside, and proves", async () => {
    let isGone = false;
    const ofVault = (request: Request): boolean => /\/vaults\//i.test(request.url);
    const ofGroup = (request: Request): boolean => /\/resources\?/.test(request.url);
    const rehearsal = rehearse("small", {
      between: (handle) => (request) => {
        if (isGone && ofGroup(request)) return Promise.resolve(Response.json({ value: [] }));
        return isGone && ofVault(request) ? refusal(404, "ResourceNotFound") : handle(request);
      },
    });
    const plan = await rehearsal.plan();
    const stop = new AbortController();
    const cut = await rehearsal.run(plan, {
      signal: stop.signal,
      record: (event) => {
        if (event.type === "step-accepted") stop.abort();
      },
    });
    isGone = true;
    const before = rehearsal.writes().length;
    const { result } = await rehearsal.run(plan, { past: cut.events, vaultIsGone: true });
    expect(result).toMatchObject({ exitCode: 0, outcome: { kind: "absent" } });
    expect(rehearsal.writes().slice(before)).toEqual([expect.stringMatching(/^DELETE .*\/privateEndpoints\//)]);
  });
});
