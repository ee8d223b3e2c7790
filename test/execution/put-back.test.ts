// Putting back at the end of a stopped run: bounded, with access of its own, and silent once its time is over.

import { describe, expect, it } from "vitest";
import { putBack, putBackAlone } from "../../src/execution/put-back.ts";
import { putBackDeadlineSeconds } from "../../src/execution/timing.ts";
import { startEngine } from "../../src/execution/start-engine.ts";
import type { Engine } from "../../src/execution/engine.ts";
import { Ledger } from "../../src/execution/ledger.ts";
import type { RecordedEvent, RunEvent } from "../../src/model/event.ts";
import type { Plan } from "../../src/model/plan.ts";
import { rehearse } from "../rehearsal.ts";

const never = async (): Promise<never> => new Promise<never>(() => undefined);

async function stoppedEngine(more: Partial<Engine> = {}) {
  const rehearsal = rehearse("locked");
  const plan = await rehearsal.plan({ consents: ["remove-locks"] });
  const events: RunEvent[] = [];
  const reader = rehearsal.reader();
  const engine = startEngine({
    plan,
    reader,
    writer: rehearsal.writer("soft", plan),
    clock: rehearsal.clock,
    record: (event) => void events.push(event),
    recheck: async () => [],
    signal: AbortSignal.abort(),
    conclude: () => undefined,
    isVerified: () => false,
    vaultDeletedSince: () => rehearsal.clock.now(),
    ...more,
  });
  const due = plan.steps.filter((step) => step.action === "restore-lock");
  const ledger = ledgerOf(plan, ...due.map((step) => ({ ...removed, step: step.undoes ?? "none" })));
  return { rehearsal, plan, engine, due, ledger, events };
}

const removed = { type: "step-verified", evidence: "the lock is no longer listed" } as const;

function ledgerOf(plan: Plan, ...events: readonly RunEvent[]): Ledger {
  const ledger = new Ledger(plan);
  for (const event of events) ledger.take(event, 0);
  return ledger;
}

describe("putting back at the end of a stopped run", () => {
  it("does not wait for an answer that never comes", async () => {
    const { rehearsal, engine, ledger, events } = await stoppedEngine({
      afterStop: () => {
        const { reader, writer } = rehearse("locked");
        return { reader: { ...reader(), locks: never }, writer: writer() };
      },
    });
    const began = rehearsal.clock.now();
    await putBack(engine, ledger);
    expect(rehearsal.clock.now() - began).toBe(putBackDeadlineSeconds * 1000);
    expect(events).toEqual([]);
  });

  it("says nothing any more once its time is over", async () => {
    let answerLate: (() => void) | undefined;
    const late = new Promise<void>((resolve) => (answerLate = resolve));
    const { engine, ledger, events } = await stoppedEngine({
      afterStop: () => {
        const { reader, writer } = rehearse("locked");
        const access = reader();
        return {
          reader: { ...access, locks: async (scope) => late.then(() => access.locks(scope)) },
          writer: writer(),
        };
      },
    });
    await putBack(engine, ledger);
    answerLate?.();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(events).toEqual([]);
  });

  it("looks first: what is there already is not written", async () => {
    const { rehearsal, engine, due, ledger, events } = await stoppedEngine();
    await putBack(engine, ledger);
    expect(events.map((event) => event.type)).toEqual(due.map(() => "step-verified"));
    expect(rehearsal.writes()).toEqual([]);
  });
});

describe("a removal that was cut off in the middle", () => {
  it("is given time to arrive before the lock is looked for", async () => {
    const { rehearsal, plan, engine, due, ledger, events } = await stoppedEngine();
    const removal = plan.steps.find((step) => step.name === "frozen" && step.action === "remove-lock")!;
    ledger.take({ type: "step-intended", step: removal.id }, 0);
    const work = putBack(engine, ledger);
    await rehearsal.clock.sleep(5000);
    await rehearsal.writer("soft", plan).send(removal.request!);
    await work;
    expect(events.filter((event) => event.type === "step-verified")).toHaveLength(due.length);
    expect(rehearsal.emulator.world().locks?.some((lock) => lock.id === removal.target)).toBe(true);
    expect(rehearsal.writes().map((write) => write.slice(0, write.indexOf(" ")))).toEqual(["DELETE", "PUT"]);
  });
});

describe("a run that is not gone on with", () => {
  it("gets its locks back, and does nothing else", async () => {
    const { rehearsal, plan, engine } = await stoppedEngine();
    const removal = plan.steps.find((step) => step.action === "remove-lock" && step.name === "frozen");
    const past: RecordedEvent[] = [
      { seq: 1, at: new Date(engine.clock.now()).toISOString(), type: "step-intended", step: removal?.id ?? "none" },
    ];
    await rehearsal.writer("soft", plan).send(removal!.request!);
    expect(await putBackAlone(plan, engine, past)).toEqual([]);
    expect(rehearsal.writes().map((write) => write.slice(0, write.indexOf(" ")))).toEqual(["DELETE", "PUT"]);
    expect(rehearsal.emulator.world().locks?.some((lock) => lock.id === removal?.target)).toBe(true);
  });
});
