// What every request passes on its way: retries only of what surely had no effect.

import {
  createHttpHeaders,
  createPipelineRequest,
  RestError,
  type HttpMethods,
  type PipelineRequest,
  type PipelineResponse,
} from "@azure/core-rest-pipeline";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { transportRetryPolicy } from "../../src/azure/policies.ts";
import { createRequestBudget } from "../../src/azure/request-budget.ts";
import { virtualClock } from "../virtual-clock.ts";

const url = "https://management.azure.com/subscriptions/s";

/** Sends one request through the policy; `answers` come one after the other, an Error is thrown. */
async function send(
  method: HttpMethods,
  answers: readonly (Error | readonly [number, Record<string, string>?, string?])[],
) {
  const waits: number[] = [];
  let sent = 0;
  const policy = transportRetryPolicy({
    sleep: (milliseconds) => Promise.resolve(void waits.push(milliseconds / 1000)),
    onWait: () => undefined,
  });
  const request = createPipelineRequest({ url, method });
  const outcome = await policy
    .sendRequest(request, async (): Promise<PipelineResponse> => {
      const answer = answers[Math.min(sent++, answers.length - 1)]!;
      if (answer instanceof Error) throw answer;
      const [status, headers = {}, bodyAsText = ""] = answer;
      return { request, status, headers: createHttpHeaders(headers), bodyAsText };
    })
    .then(
      (response) => response.status,
      (error: Error) => error.message,
    );
  return { outcome, sent, waits };
}

const reset = new RestError("socket hang up", { code: "ECONNRESET" });

describe("a read", () => {
  it("is tried again after a server error and a broken connection, waiting longer each time", async () => {
    expect(await send("GET", [[500], reset, [503], [200]])).toEqual({ outcome: 200, sent: 4, waits: [1, 2, 4] });
  });

  it("is given up after five more tries", async () => {
    expect(await send("GET", [[504]])).toMatchObject({ outcome: 504, sent: 6 });
  });

  it("is not tried again when Azure has refused it", async () => {
    for (const status of [400, 401, 403, 404, 409, 501]) expect((await send("GET", [[status]])).sent).toBe(1);
  });
});

describe("a write", () => {
  it("that may have taken effect goes back to the engine at once", async () => {
    expect(await send("DELETE", [[503]])).toMatchObject({ outcome: 503, sent: 1 });
    expect(await send("DELETE", [reset])).toMatchObject({ outcome: "socket hang up", sent: 1 });
    expect((await send("PUT", [[500]])).sent).toBe(1);
  });

  it("that was throttled is sent again after the seconds of the header, or of the text", async () => {
    expect(await send("DELETE", [[429, { "retry-after": "7" }], [202]])).toEqual({ outcome: 202, sent: 2, waits: [7] });
    const text = "Please try again after '324' seconds.";
    expect((await send("DELETE", [[429, { "retry-after": "12" }, text], [202]])).waits).toEqual([12]);
    expect((await send("DELETE", [[429, {}, "Please try again after '24' seconds."], [202]])).waits).toEqual([24]);
    expect((await send("DELETE", [[429], [202]])).waits).toEqual([10]);
  });

  it("is not sent again when the run was stopped while it waited", async () => {
    const stop = new AbortController();
    let sent = 0;
    const policy = transportRetryPolicy({
      sleep: () => Promise.resolve(stop.abort()),
      onWait: () => undefined,
      signal: stop.signal,
    });
    const request = createPipelineRequest({ url, method: "DELETE" });
    const answer = { request, status: 429, headers: createHttpHeaders() };
    const response = await policy.sendRequest(request, () => Promise.resolve(((sent += 1), answer)));
    expect([response.status, sent]).toEqual([429, 1]);
  });

  it("that looks at something right before it leaves gets its 429 back, and others of its type are held back", async () => {
    const clock = virtualClock(0);
    const budget = createRequestBudget(clock);
    const onWait = () => expect.unreachable("nothing is waited for");
    const policy = transportRetryPolicy({ sleep: clock.sleep, onWait, budget });
    const request = createPipelineRequest({ url, method: "DELETE" });
    const answer = { request, status: 429, headers: createHttpHeaders({ "retry-after": "20" }) };
    const departure = { urgency: 0, looking: async () => undefined };
    const turn = await budget.turn({ verb: "delete", subscriptionId: "s" }, departure);
    const response = await turn.use(() => policy.sendRequest(request, () => Promise.resolve(answer)));
    expect([response.status, clock.now()]).toEqual([429, 0]);
    await budget.admit(request);
    expect(clock.now()).toBe(20_000);
  });

  it("is not sent when the run was stopped after its turn had come, while a token was fetched for it", async () => {
    const stop = new AbortController();
    const budget = createRequestBudget(virtualClock(0));
    const policy = transportRetryPolicy({
      sleep: () => Promise.reject(new Error("nothing is waited for")),
      onWait: () => undefined,
      signal: stop.signal,
      budget,
    });
    let sent = 0;
    const request = createPipelineRequest({ url, method: "DELETE" });
    const turn = await budget.turn({ verb: "delete", subscriptionId: "s" }, { urgency: 0 }, stop.signal);
    const ended = turn.use(() => {
      stop.abort();
      return policy.sendRequest(request, () =>
        Promise.resolve(((sent += 1), { request, status: 202, headers: createHttpHeaders() })),
      );
    });
    await expect(ended).rejects.toMatchObject({ status: 429, code: "NotSent" });
    expect(sent).toBe(0);
  });

  it("holds other requests of its type back too, until its time is over", async () => {
    const clock = virtualClock(0);
    const options = { sleep: clock.sleep, onWait: () => undefined, budget: createRequestBudget(clock) };
    const policy = transportRetryPolicy(options);
    const request = createPipelineRequest({ url, method: "DELETE" });
    const answers = [{ request, status: 429, headers: createHttpHeaders({ "retry-after": "20" }) }];
    const sentAt: number[] = [];
    const send = () =>
      policy.sendRequest(request, () => {
        sentAt.push(clock.now() / 1000);
        return Promise.resolve(answers.shift() ?? { request, status: 202, headers: createHttpHeaders() });
      });
    const refused = send();
    await clock.sleep(1000);
    const statuses = (await Promise.all([refused, send()])).map(({ status }) => status);
    expect(statuses).toEqual([202, 202]);
    expect(sentAt).toEqual([0, 20, 20]);
  });

  it("is not waited for longer than five minutes: that wait is the caller's to make", async () => {
    expect(await send("DELETE", [[429, { "retry-after": "3600" }]])).toEqual({ outcome: 429, sent: 1, waits: [] });
  });
});

describe("a connection that stays silent", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** Milliseconds after which the request is given up; `stopAt`: when the run is stopped. */
  async function givenUpAfter(method: HttpMethods, stopAt?: number): Promise<number> {
    const stop = new AbortController();
    if (stopAt !== undefined) setTimeout(() => stop.abort(), stopAt);
    const policy = transportRetryPolicy({
      sleep: () => Promise.reject(new Error("nothing is waited for")),
      onWait: () => undefined,
      signal: stop.signal,
    });
    const begun = Date.now();
    const silent = (request: PipelineRequest) =>
      new Promise<never>((_, reject) => {
        request.abortSignal?.addEventListener("abort", () => reject(new Error("given up")));
      });
    const ended = policy.sendRequest(createPipelineRequest({ url, method }), silent).catch(() => Date.now() - begun);
    await vi.runAllTimersAsync();
    return (await ended) as number;
  }

  it("is given up after 100 seconds", async () => {
    expect(await givenUpAfter("GET")).toBe(100_000);
    expect(await givenUpAfter("DELETE")).toBe(100_000);
  });

  it("is given up when the run stops: a read after 3 seconds, a write after 15, in which the answer may still come", async () => {
    expect(await givenUpAfter("GET", 5000)).toBe(8000);
    expect(await givenUpAfter("DELETE", 5000)).toBe(20_000);
  });

  it("leaves no timer behind once it was answered", async () => {
    await send("GET", [[200]]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
