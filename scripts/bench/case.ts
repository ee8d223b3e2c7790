// One case of the bench: a world torn down by the engine on a clock that never waits, and what that took beside the lower
// bound and beside one step at a time. It must not judge.

import type { Plan } from "../../src/model/plan.ts";
import { rehearse, type Handle, type Rehearsal } from "../../test/rehearsal.ts";
import { lowerBound, type LowerBound } from "./lower-bound.ts";
import { runOneAtATime } from "./one-at-a-time.ts";
import { startOtherClient, type OtherClient } from "./other-client.ts";
import { fullRates } from "./request-counters.ts";
import { stepSeconds } from "./step-times.ts";
import { benchWorld, strategies, type Scenario } from "./worlds.ts";

export type Case = {
  readonly scenario: Scenario;
  readonly items: number;
  /** Times are drawn by it from the recorded ones; without it, each operation takes its median. */
  readonly seed?: number;
  /** Another client uses up most of the same counters all the while. */
  readonly otherClient?: boolean;
};

type Compared = { readonly seconds: number; readonly requests: number };

/** Seconds are those of the emulated world, unless they are of the CPU. Requests take no time in it. */
export type CaseResult = Case & {
  readonly exitCode: number;
  /** From the begin of discovery to the end of the run. */
  readonly makespanSeconds: number;
  readonly boundSeconds: number;
  readonly decidedBy: LowerBound["decidedBy"];
  readonly steps: number;
  /** All that the emulator received of the run, discovery and proof included. */
  readonly requests: number;
  /** Answers of 429 to the run. */
  readonly throttled: number;
  /** Of discovery, planning and run, with the emulator's own share. */
  readonly cpuSeconds: number;
  /** Of the process up to the end of the run, with the emulator's own share. */
  readonly peakMegabytes: number;
  readonly oneAtATime?: Compared;
};

/** Runs in a process of its own: the peak is the process's. */
export async function measureCase(given: Case): Promise<CaseResult> {
  const { scenario, items, seed } = given;
  let other: OtherClient | undefined;
  const seen = watching(() => other?.sawDeletion());
  const rehearsal = rehearse(benchWorld(scenario, items, seed), { between: seen.between });
  if (given.otherClient === true) other = await startOtherClient(rehearsal);
  const cpuBefore = process.cpuUsage();
  const began = rehearsal.clock.now();
  const plan = await rehearsal.plan({ strategy: strategies[scenario] });
  const { result } = await rehearsal.run(plan);
  const makespanSeconds = (rehearsal.clock.now() - began) / 1_000;
  other?.stop();
  const { user, system } = process.cpuUsage(cpuBefore);
  const peakMegabytes = process.resourceUsage().maxRSS / 1_024;
  const bound = boundOf(plan, rehearsal, other);
  return {
    ...given,
    exitCode: result.exitCode,
    makespanSeconds,
    boundSeconds: bound.seconds,
    decidedBy: bound.decidedBy,
    steps: plan.steps.length,
    requests: seen.requests(),
    throttled: seen.throttled(),
    cpuSeconds: (user + system) / 1e6,
    peakMegabytes,
    ...(other === undefined ? { oneAtATime: await compare(given) } : {}),
  };
}

function boundOf(plan: Plan, { emulator }: Rehearsal, other: OtherClient | undefined): LowerBound {
  const seconds = stepSeconds(plan.steps, emulator.world().operations ?? []);
  return lowerBound({ steps: plan.steps, seconds, rates: other?.ratesLeft() ?? fullRates });
}

/** The same world again, and the same plan one step at a time. */
async function compare({ scenario, items, seed }: Case): Promise<Compared> {
  const seen = watching();
  const { clock, emulator, ...rehearsal } = rehearse(benchWorld(scenario, items, seed), { between: seen.between });
  const began = clock.now();
  const plan = await rehearsal.plan({ strategy: strategies[scenario] });
  const { strategy } = plan;
  await runOneAtATime(plan, { clock, writer: rehearsal.writer(strategy, plan), reader: rehearsal.reader(strategy) });
  if (emulator.world().vaults.length > 0) throw new Error(`one at a time left the vault of ${scenario} standing`);
  return { seconds: (clock.now() - began) / 1_000, requests: seen.requests() };
}

type Watching = {
  readonly between: (handle: Handle) => Handle;
  readonly requests: () => number;
  readonly throttled: () => number;
};

/** The emulator's own log forgets requests that are a hundred thousand ago. `deleted` is told of every accepted deletion in a container. */
function watching(deleted: () => void = () => undefined): Watching {
  let [requests, throttled] = [0, 0];
  return {
    between: (handle) => async (request) => {
      requests += 1;
      const response = await handle(request);
      if (response.status === 429) throttled += 1;
      else if (request.method === "DELETE" && request.url.includes("/protectionContainers/")) deleted();
      return response;
    },
    requests: () => requests,
    throttled: () => throttled,
  };
}
