// How many requests leave, and when: a bucket for each subscription and type, corrected by what answers say.

import {
  createHttpHeaders,
  createPipelineRequest,
  type HttpMethods,
  type PipelineResponse,
} from "@azure/core-rest-pipeline";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRequestBudget, type Admitted } from "../../src/azure/request-budget.ts";
import { virtualClock } from "../virtual-clock.ts";

const start = Date.parse("2026-11-21T08:00:00Z");
const vault =
  "https://management.azure.com/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v";
const item = `${vault}/backupFabrics/Azure/protectionContainers/c/protectedItems/i`;

type Answer = { readonly headers?: Record<string, string>; readonly text?: string };

function answerTo(
  request: ReturnType<typeof createPipelineRequest>,
  { headers = {}, text = "" }: Answer,
): PipelineResponse {
  return { request, status: 200, headers: createHttpHeaders(headers), bodyAsText: text };
}

/** A budget on a clock of its own; `seconds` tells when each of so many requests was admitted. */
function bench() {
  const clock = virtualClock(start);
  const budget = createRequestBudget(clock);
  const request = (method: HttpMethods, url = item) => createPipelineRequest({ method, url });
  const admit = async (method: HttpMethods, url?: string): Promise<Admitted & { readonly second: number }> => {
    const admitted = await budget.admit(request(method, url));
    return { ...admitted, second: (clock.now() - start) / 1000 };
  };
  const leave = async (method: HttpMethods, url?: string): Promise<number> => {
    const { ended, second } = await admit(method, url);
    ended(undefined);
    return second;
  };
  return {
    clock,
    budget,
    admit,
    answered: async (method: HttpMethods, answer: Answer, url?: string): Promise<void> => {
      (await admit(method, url)).ended(answerTo(request(method, url), answer));
    },
    refused: async (method: HttpMethods, seconds: number, text = "", url?: string): Promise<void> => {
      const admitted = await admit(method, url);
      const response = answerTo(request(method, url), { text });
      admitted.ended(response, seconds);
    },
    seconds: async (count: number, method: HttpMethods, url?: string): Promise<readonly number[]> =>
      Promise.all(Array.from({ length: count }, () => leave(method, url))),
  };
}

const left = (name: string, count: number) => ({
  headers: { [`x-ms-ratelimit-remaining-subscription-${name}`]: String(count) },
});

describe("before any answer", () => {
  it("200 deletions leave at once, and ten in each second after", async () => {
    const seconds = await bench().seconds(220, "DELETE");
    expect(seconds.slice(0, 200)).toEqual(Array.from({ length: 200 }, () => 0));
    expect(seconds.slice(200)).toEqual(Array.from({ length: 20 }, (_, index) => (index + 1) / 10));
  });

  it("deletions do not hold reads or writes back, nor those of another subscription", async () => {
    const { seconds } = bench();
    const [, reads, writes, other] = await Promise.all([
      seconds(300, "DELETE"),
      seconds(250, "GET"),
      seconds(200, "PUT"),
      seconds(200, "DELETE", item.replace("/s/", "/t/")),
    ]);
    expect([...reads, ...writes, ...other].every((second) => second === 0)).toBe(true);
  });

  it("no more leave in any time than the bucket holds and what refills in it", async () => {
    const waits = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(waits, fc.integer({ min: 1, max: 90 }), async (pauses, burst) => {
        const { clock, seconds } = bench();
        const all: number[] = [];
        for (const pause of pauses) {
          all.push(...(await seconds(burst, "DELETE")));
          await clock.sleep(pause * 1000);
        }
        for (const [index, second] of all.entries())
          expect(index + 1).toBeLessThanOrEqual(200 + Math.ceil(second * 10 + 1e-6));
        expect(all).toEqual(all.toSorted((one, other) => one - other));
      }),
      { numRuns: 40 },
    );
  });
});

describe("a turn", () => {
  const deletion = { verb: "delete", subscriptionId: "s" } as const;

  it("goes to the most urgent of those that wait, and among equals to the first", async () => {
    const { budget, answered } = bench();
    await answered("DELETE", left("deletes", 0));
    const order: string[] = [];
    const wait = async (name: string, urgency: number): Promise<void> => {
      const turn = await budget.turn(deletion, { urgency });
      order.push(name);
      await turn.use(async () => undefined);
    };
    await Promise.all([wait("low", 1), wait("first", 2), wait("second", 2), wait("high", 9)]);
    expect(order).toEqual(["high", "first", "second", "low"]);
  });

  it("is the token of the first request that is sent in it, and of no second one", async () => {
    const { budget, answered, seconds } = bench();
    await answered("DELETE", left("deletes", 1));
    const turn = await budget.turn(deletion, { urgency: 0 });
    expect(await turn.use(async () => seconds(2, "DELETE"))).toEqual([0, 0.1]);
  });

  it("gives its token back when nothing is sent in it", async () => {
    const { budget, answered, seconds } = bench();
    await answered("DELETE", left("deletes", 1));
    const turn = await budget.turn(deletion, { urgency: 0 });
    await turn.use(async () => undefined);
    expect(await seconds(1, "DELETE")).toEqual([0]);
  });

  it("is waited for until there is a connection, and a stop ends that wait", async () => {
    const { clock, budget, admit, answered } = bench();
    await answered("DELETE", left("deletes", 2));
    const reads = await Promise.all(Array.from({ length: 64 }, () => answered("GET", {}).then(() => admit("GET"))));
    const stop = new AbortController();
    const stopped = budget.turn(deletion, { urgency: 9 }, stop.signal);
    const next = budget.turn(deletion, { urgency: 0 }).then(() => (clock.now() - start) / 1000);
    await clock.sleep(1000);
    stop.abort();
    await expect(stopped).rejects.toMatchObject({ status: 429, code: "NotSent" });
    reads[0]?.ended(undefined);
    expect(await next).toBe(1);
  });

  it("keeps no connection while its work waits for another counter", async () => {
    const { clock, budget, admit, answered, seconds } = bench();
    await answered("DELETE", left("deletes", 99));
    await answered("PUT", left("writes", 0));
    const unlockFirst = async (): Promise<number> => {
      const turn = await budget.turn(deletion, { urgency: 0 });
      return turn.use(async () => {
        (await admit("POST")).ended(undefined);
        const { ended, second } = await admit("DELETE");
        ended(undefined);
        return second;
      });
    };
    const guarded = Promise.all(Array.from({ length: 70 }, unlockFirst));
    await clock.sleep(50);
    expect(await seconds(1, "GET")).toEqual([0.05]);
    expect((await guarded).at(-1)).toBe(7);
  });

  it("is looked into when it has come, and before anything else that waits for a connection", async () => {
    const { clock, budget, admit, answered, refused } = bench();
    await answered("DELETE", {});
    await refused("DELETE", 30);
    await answered("GET", {});
    const reads = await Promise.all(Array.from({ length: 63 }, () => admit("GET")));
    const looked: number[] = [];
    const looking = async (): Promise<void> => {
      looked.push((clock.now() - start) / 1000);
      (await admit("GET")).ended(undefined);
      reads.push(await admit("GET"));
      void admit("GET");
    };
    const turn = budget.turn(deletion, { urgency: 0, looking });
    await clock.sleep(40_000);
    reads[0]?.ended(undefined);
    await (await turn).use(async () => undefined);
    expect(looked).toEqual([30]);
  });

  it("is nobody's when what is looked at forbids the write: its token goes to the next", async () => {
    const { budget, answered, seconds } = bench();
    await answered("DELETE", left("deletes", 1));
    const looking = () => Promise.reject(new Error("a stranger"));
    await expect(budget.turn(deletion, { urgency: 0, looking })).rejects.toThrow("a stranger");
    expect(await seconds(1, "DELETE")).toEqual([0]);
  });

  it("that was looked into waits for nothing that takes long: what is held back is refused, with its time", async () => {
    const { budget, admit, answered, refused } = bench();
    await answered("DELETE", left("deletes", 9));
    const action = "microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems/delete";
    await refused("DELETE", 200, `Number of requests for action '${action}' exceeded the limit`);
    const turn = await budget.turn(deletion, { urgency: 0, looking: async () => undefined });
    await expect(turn.use(() => admit("DELETE"))).rejects.toMatchObject({ status: 429, retryAfterSeconds: 200 });
  });

  it("of a stopped run is given to nobody, and holds nobody up", async () => {
    const { budget, answered, seconds } = bench();
    await answered("DELETE", left("deletes", 0));
    const stop = new AbortController();
    const waiting = budget.turn(deletion, { urgency: 9 }, stop.signal);
    const others = seconds(2, "DELETE");
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ status: 429, code: "NotSent" });
    expect(await others).toEqual([0.1, 0.2]);
  });
});

describe("an answer", () => {
  it("to the first request is waited for: how much others have used is not known before", async () => {
    const { clock, admit, seconds } = bench();
    const first = await admit("DELETE");
    const others = seconds(3, "DELETE");
    await clock.sleep(2000);
    first.ended(answerTo(createPipelineRequest({ method: "DELETE", url: item }), left("deletes", 1)));
    expect(await others).toEqual([2, 2.1, 2.2]);
  });

  it("that says more is left is believed", async () => {
    const { answered, seconds } = bench();
    await answered("DELETE", left("deletes", 799));
    expect((await seconds(799, "DELETE")).every((second) => second === 0)).toBe(true);
  });

  it("that says less is left is believed", async () => {
    const { answered, seconds } = bench();
    await answered("DELETE", left("deletes", 2));
    expect(await seconds(4, "DELETE")).toEqual([0, 0, 0.1, 0.2]);
  });

  it("does not yet count what is under way", async () => {
    const { admit, answered, seconds } = bench();
    await answered("DELETE", {});
    const [first] = await Promise.all([admit("DELETE"), admit("DELETE"), admit("DELETE")]);
    first?.ended(answerTo(createPipelineRequest({ method: "DELETE", url: item }), left("deletes", 3)));
    expect(await seconds(2, "DELETE")).toEqual([0, 0.1]);
  });

  it("with the provider's counter is about requests of its action alone", async () => {
    const { answered, seconds } = bench();
    await answered("GET", left("resource-requests", 1), `${vault}/backupJobs`);
    expect(await seconds(2, "GET", `${vault}/backupJobs`)).toEqual([0, 0.04]);
    expect(await seconds(2, "GET", vault)).toEqual([0.04, 0.04]);
  });
});

it("questions to Resource Graph are reads, counted by the tenant's counter and by no subscription's", async () => {
  const { answered, seconds } = bench();
  const graph = "https://management.azure.com/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01";
  await answered("POST", { headers: { "x-ms-ratelimit-remaining-tenant-resource-requests": "1" } }, graph);
  expect(await seconds(2, "POST", graph)).toEqual([0, 0.04]);
  expect(await seconds(2, "GET")).toEqual([0.04, 0.04]);
});

describe("a refusal", () => {
  const limit =
    "Number of requests for action 'Microsoft.RecoveryServices/vaults/backupJobs/read' exceeded the limit of '150'";

  it("holds back the requests of its type for as long as it says", async () => {
    const { refused, seconds } = bench();
    await refused("DELETE", 30);
    const [deletions, reads] = await Promise.all([seconds(2, "DELETE"), seconds(2, "GET")]);
    expect(deletions).toEqual([30, 30]);
    expect(reads).toEqual([0, 0]);
  });

  it("of the first request holds back all that wait to learn from its answer", async () => {
    const { admit, seconds } = bench();
    const first = await admit("DELETE");
    const others = seconds(3, "DELETE");
    first.ended(answerTo(createPipelineRequest({ method: "DELETE", url: item }), {}), 30);
    expect(await others).toEqual([30, 30, 30]);
  });

  it("that names an action holds back that action alone", async () => {
    const { refused, seconds } = bench();
    await refused("GET", 324, limit, `${vault}/backupJobs/1`);
    const [jobs, others] = await Promise.all([seconds(1, "GET", `${vault}/backupJobs/2`), seconds(2, "GET")]);
    expect(jobs).toEqual([324]);
    expect(others).toEqual([0, 0]);
  });
});

it("where another client takes most of what refills, few requests are sent to be refused", async () => {
  const { clock, budget } = bench();
  const deletion = createPipelineRequest({ method: "DELETE", url: item });
  const tally = { accepted: 0, refused: 0 };
  // Two a second are left, of the ten that refill.
  const leftBy = (now: number): number => Math.floor(((now - start) / 1000) * 2) - tally.accepted;
  const sendOne = async (): Promise<void> => {
    const admitted = await budget.admit(deletion);
    if (leftBy(clock.now()) > 0) {
      tally.accepted += 1;
      return admitted.ended(answerTo(deletion, left("deletes", 0)));
    }
    tally.refused += 1;
    admitted.ended(answerTo(deletion, {}), 1);
    return sendOne();
  };
  for (let sent = 0; sent < 300; sent += 1) await sendOne();
  expect(tally.refused).toBeLessThan(60);
  expect((clock.now() - start) / 1000).toBeLessThan(1.5 * 150);
});

it("no more than 64 requests are on their way at once, whatever the counters say", async () => {
  const { answered, admit, clock } = bench();
  await answered("DELETE", left("deletes", 500));
  let admitted = 0;
  const all = Array.from({ length: 100 }, async () => {
    const { ended } = await admit("DELETE");
    admitted += 1;
    await clock.sleep(1000);
    ended(undefined);
  });
  await clock.sleep(500);
  expect(admitted).toBe(64);
  await Promise.all(all);
  expect(clock.now()).toBe(start + 2000);
});

it("a request that waits when the run stops is not sent, and says so", async () => {
  const { budget, refused } = bench();
  await refused("DELETE", 3600);
  const stop = new AbortController();
  const waiting = budget.admit({ method: "DELETE", url: item }, stop.signal);
  stop.abort();
  await expect(waiting).rejects.toMatchObject({ status: 429, code: "NotSent" });
});
