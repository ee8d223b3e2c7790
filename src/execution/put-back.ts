// What a run that ends early still does: it undoes what it must not leave behind, within a bounded time. It starts nothing else.

import type { RunEvent } from "../model/event.ts";
import type { Plan } from "../model/plan.ts";
import type { Step } from "../model/step.ts";
import { byHand } from "../model/undoing.ts";
import { pause, Stopped, type Engine, type RunPorts } from "./engine.ts";
import { isSignedOut } from "./error-rules.ts";
import { Ledger } from "./ledger.ts";
import { schedule, type Settled } from "./scheduler.ts";
import { startEngine } from "./start-engine.ts";
import { runStep } from "./step-runner.ts";
import { delayAt, putBackDeadlineSeconds, unansweredDelaysSeconds } from "./timing.ts";

/**
 * Runs the steps that are due, all of them undoing others, although the run is stopped. Resolves when they have ended or the time is
 * over, whichever is first: an answer that never comes holds nobody. Rejects only for what is no answer of Azure.
 */
export async function putBack(engine: Engine, ledger: Ledger): Promise<void> {
  const steps = ledger.due;
  if (steps.length === 0) return;
  const [over, finished] = [new AbortController(), new AbortController()];
  const access = engine.afterStop?.(over.signal) ?? { reader: engine.reader, writer: engine.writer };
  const record = (event: RunEvent): void => {
    if (over.signal.aborted) throw new Stopped();
    engine.record(event);
  };
  const bounded = startEngine({ ...engine, ...access, record, signal: over.signal });
  const work = schedule({
    steps,
    done: new Set(),
    remaining: engine.remaining,
    run: (step) => undo(bounded, step, ledger.isUnanswered(step)),
    skip: () => undefined,
    stopped: () => over.signal.aborted,
  });
  const deadline = engine.clock.sleep(putBackDeadlineSeconds * 1000, finished.signal).then(() => over.abort());
  // What is still under way when the time is over ends unheard.
  work.catch(() => undefined);
  try {
    await Promise.race([work, deadline]);
  } finally {
    finished.abort();
  }
}

/** After a defect, or on a disk that refuses: told where that can be, and the next run looks for itself. Never rejects. */
export async function putBackAfterDefect(engine: Engine, ledger: Ledger): Promise<void> {
  const record = (event: RunEvent): void => {
    try {
      engine.record(event);
    } catch (error) {
      // The vault is another run's by now: what is owed there is that run's affair.
      if (error instanceof Stopped) throw error;
    }
  };
  await putBack({ ...engine, record }, ledger).catch(() => undefined);
}

/**
 * Undoes what an unfinished run has left, and nothing else: for a run that is not gone on with. Returns what is still
 * owed, in words. Rejects only for what is no answer of Azure, having undone what it could.
 */
export async function putBackAlone(
  plan: Plan,
  ports: RunPorts,
  past: Iterable<RunEvent & { readonly at: string }>,
): Promise<readonly string[]> {
  const ledger = new Ledger(plan);
  for (const event of past) ledger.take(event, event.at);
  const record = (event: RunEvent): void => {
    ports.record(event);
    ledger.take(event, ports.clock.now());
  };
  const engine = startEngine({
    ...ports,
    record,
    plan,
    signal: new AbortController().signal,
    conclude: () => undefined,
    isVerified: (id) => ledger.isVerified(id),
    vaultDeletedSince: () => ledger.vaultDeletedSince,
  });
  try {
    await putBack(engine, ledger);
  } catch (defect) {
    await putBackAfterDefect(engine, ledger);
    throw defect;
  }
  return byHand(ledger.due);
}

/**
 * Azure is looked at first: whether the undone step took effect is not always known. One that was cut off in the middle
 * may still arrive there, so it is given the time to.
 */
async function undo(engine: Engine, step: Step, unanswered: boolean): Promise<Settled> {
  try {
    if (unanswered) await pause(engine, delayAt(unansweredDelaysSeconds, 0));
    return await runStep(engine, step, { state: "in-doubt" });
  } catch (error) {
    if (error instanceof Stopped || isSignedOut(error)) return "open";
    throw error;
  }
}
