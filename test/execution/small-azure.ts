// A vault with intents and locks, behind the engine's own ports: for tests of the engine alone, which need no client and no emulator.

import type { RunPorts } from "../../src/execution/engine.ts";
import { runPlan, type RunOptions, type RunResult } from "../../src/execution/run.ts";
import { AzureError } from "../../src/model/azure-error.ts";
import type { RunEvent } from "../../src/model/event.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { Accepted, ArmResource, OperationCheck } from "../../src/model/ports.ts";
import type { Step } from "../../src/model/step.ts";
import type { WriteRequest } from "../../src/model/write-request.ts";
import { answer, readerOf, vaultAnswer } from "../dependencies/arm-answers.ts";
import { intent, lock, stepOn, vault } from "../dependencies/builders.ts";
import { virtualClock, type VirtualClock } from "../virtual-clock.ts";

/** Takes an intent away. */
export function deletion(name: string, more: Partial<Step> = {}): Step {
  const { id } = intent(name);
  return {
    ...stepOn(intent(name), "delete-intent"),
    id: `delete-${name}`,
    request: { write: "delete-protection-intent", intent: id },
    ...more,
  };
}

export const removal: Step = {
  ...stepOn(lock(), "remove-lock"),
  id: "remove",
  holds: lock().scope,
  request: { write: "remove-lock", lock: lock().id },
};

export const putBack: Step = {
  ...stepOn(lock(), "restore-lock"),
  id: "restore",
  holds: lock().scope,
  undoes: "remove",
  after: ["remove"],
  byHand: "az lock create",
  request: { write: "restore-lock", lock: lock().id, level: "CanNotDelete" },
};

export function planOf(...steps: readonly Step[]): Plan {
  const { id, name, location } = vault();
  const plan: Partial<Plan> = {
    id: "0123",
    tool: "a test",
    vault: { id, name, location, kind: "recovery-services", cloud: "public" },
    strategy: "soft",
    expectedOutcome: { kind: "absent" },
    steps,
  };
  return plan as Plan;
}

export type SmallAzure = {
  readonly clock: VirtualClock;
  readonly sent: readonly WriteRequest[];
  readonly events: readonly RunEvent[];
  /** What stands there, by id. */
  readonly standing: ReadonlySet<string>;
  readonly run: (plan: Plan, more?: Partial<RunOptions> & Partial<RunPorts>) => Promise<RunResult>;
};

type Given = {
  readonly standing?: readonly string[];
  /** Instead of the effect of a write; undefined: the write has it. */
  readonly answer?: (request: WriteRequest, nth: number) => Promise<Accepted> | undefined;
  readonly check?: () => Promise<OperationCheck>;
  /** Called before a listing, counted from 1; what it throws is the listing's answer. */
  readonly listing?: (nth: number) => void;
};

export function smallAzure(given: Given = {}): SmallAzure {
  const clock = virtualClock();
  const standing = new Set<string>(given.standing ?? [intent("a").id, intent("b").id, lock().id]);
  const [sent, events]: [WriteRequest[], RunEvent[]] = [[], []];
  let listings = 0;
  const listed = (id: string): readonly ArmResource[] =>
    standing.has(id) ? [answer(id, { level: "CanNotDelete" })] : [];
  const take = (request: WriteRequest): Accepted => {
    if (request.write === "delete-protection-intent") standing.delete(request.intent);
    if (request.write === "remove-lock") standing.delete(request.lock);
    if (request.write === "restore-lock") standing.add(request.lock);
    return { status: 200 };
  };
  const ports: RunPorts = {
    clock,
    reader: readerOf({
      vault: async () => vaultAnswer(),
      intents: async () => {
        given.listing?.((listings += 1));
        return [...listed(intent("a").id), ...listed(intent("b").id)];
      },
      locks: async () => listed(lock().id),
    }),
    writer: {
      send: async (request, departure) => {
        await departure?.looking?.();
        departure?.leaving?.();
        sent.push(request);
        return given.answer?.(request, sent.length) ?? take(request);
      },
      check: given.check ?? (async () => ({ state: "gone" })),
    },
    record: (event) => void events.push(event),
    recheck: async () => [],
  };
  return {
    clock,
    sent,
    events,
    standing,
    run: (plan, more = {}) =>
      runPlan(
        plan,
        { ...ports, ...more },
        {
          run: "run-1",
          azure: "a small one",
          signal: new AbortController().signal,
          stopReason: () => "interrupted",
          past: [],
          ...more,
        },
      ),
  };
}

export function refusal(status: number, code = "X", retryAfterSeconds?: number): AzureError {
  return new AzureError({
    status,
    code,
    message: "m",
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}
