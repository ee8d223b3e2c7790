// One process that carries a plan out and may be cut short: killed at once wherever it is, or told to stop. It judges nothing.

import type { Emulator } from "../../src/emulator/emulator.ts";
import type { World } from "../../src/emulator/world.ts";
import type { RunPorts } from "../../src/execution/engine.ts";
import type { RunResult } from "../../src/execution/run.ts";
import { standingInTheWay } from "../../src/cli/make-plan.ts";
import type { RecordedEvent, RunEvent } from "../../src/model/event.ts";
import type { Plan } from "../../src/model/plan.ts";
import { rehearse, type Rehearsal } from "../rehearsal.ts";
import type { VirtualClock } from "../virtual-clock.ts";

/** Where a process is cut short: when so many events are stored, or so many writes on their way, or carried out unheard. */
export type Cut = {
  readonly end: "killed" | "interrupted" | "out-of-time";
  readonly at: "stored" | "sending" | "carried-out";
  /** Counted from 1. */
  readonly nth: number;
};

export type Process = {
  readonly rehearsal: Rehearsal;
  /** Resolves with how the run ended; undefined where the process was killed before. Rejects as the run does. */
  readonly run: (plan: Plan, past: readonly RecordedEvent[], vaultIsGone: boolean) => Promise<RunResult | undefined>;
};

type Surroundings = {
  readonly azure: Emulator;
  readonly clock: VirtualClock;
  /** Told of every event that is stored. */
  readonly stored: (event: RecordedEvent) => void;
  readonly cut?: Cut | undefined;
};

class Dead extends Error {}

export function startProcess(world: World, { azure, clock, stored, cut }: Surroundings): Process {
  const stop = new AbortController();
  const death = new AbortController();
  const died = Promise.withResolvers<undefined>();
  const reached = { stored: 0, sending: 0, "carried-out": 0 };
  const pass = (at: Cut["at"]): void => {
    reached[at] += 1;
    if (cut?.at !== at || cut.nth !== reached[at]) return;
    if (cut.end !== "killed") return stop.abort();
    death.abort();
    died.resolve(undefined);
  };
  const answer: Emulator["answer"] = async (request) => {
    const isWrite = request.method !== "GET";
    if (isWrite) pass("sending");
    if (death.signal.aborted) throw new Dead();
    const response = await azure.answer(request).finally(() => isWrite && pass("carried-out"));
    if (death.signal.aborted) throw new Dead();
    return response;
  };
  const own = mortal(clock, death.signal);
  const rehearsal = rehearse(world, { emulator: { ...azure, answer }, clock: own });
  return {
    rehearsal,
    run: async (plan, past, vaultIsGone) => {
      let seq = past.length;
      const record = (event: RunEvent): void => {
        if (death.signal.aborted) return;
        stored({ seq: ++seq, at: new Date(clock.now()).toISOString(), ...event });
        pass("stored");
      };
      const running = rehearsal.run(plan, {
        ...portsOf(rehearsal, plan, stop.signal),
        record,
        past,
        vaultIsGone,
        signal: stop.signal,
        stopReason: () => (cut?.end === "out-of-time" ? "out-of-time" : "interrupted"),
      });
      running.catch(() => undefined);
      return Promise.race([running.then(({ result }) => result), died.promise]);
    },
  };
}

/** As the command line wires them: a stop ends the waits of the run's own requests, not of those that put back. */
function portsOf(rehearsal: Rehearsal, plan: Plan, signal: AbortSignal): Omit<RunPorts, "record" | "clock"> {
  const access = (until: AbortSignal) => ({
    reader: rehearsal.reader(plan.strategy, until),
    writer: rehearsal.writer(plan.strategy, plan, until),
  });
  const own = access(signal);
  return { ...own, afterStop: access, recheck: () => standingInTheWay(plan, own.reader, rehearsal.clock) };
}

/** Who is dead sleeps for ever, and nobody waits for them. */
function mortal(clock: VirtualClock, death: AbortSignal): VirtualClock {
  return {
    ...clock,
    sleep: async (milliseconds, signal) => {
      if (!death.aborted)
        await clock.sleep(milliseconds, signal === undefined ? death : AbortSignal.any([signal, death]));
      if (death.aborted) await new Promise(() => undefined);
    },
  };
}
