// Carries a plan out in this process: lock, journal, progress, the engine, and how it ended. The caller has the consent.

import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { createVaultReader } from "../azure/vault-reader.ts";
import { createVaultWriter } from "../azure/vault-writer.ts";
import { runPlan, type RunResult } from "../execution/run.ts";
import { openJournal } from "../journal/journal-file.ts";
import { createRun, ensureWritable, vaultFolder, type StoredRun } from "../journal/state-folder.ts";
import { takeLock } from "../journal/vault-lock.ts";
import type { RecordedEvent, RunEvent } from "../model/event.ts";
import type { Plan } from "../model/plan.ts";
import type { Clock } from "../model/ports.ts";
import { renderPlan } from "../planning/plan-document.ts";
import { openProgress } from "../reporting/progress.ts";
import { standingInTheWay } from "./make-plan.ts";
import { scopeFromId } from "./select-vault.ts";
import { stopSignal } from "./stop-signal.ts";
import { progressSink } from "./streams.ts";
import type { Session } from "./wire.ts";

export type CarryOutOptions = {
  readonly stateDir: string;
  readonly concurrency: number;
  /** Milliseconds of real time. */
  readonly maximum?: number | undefined;
  /** The run to continue; absent for a new one. */
  readonly unfinished?: StoredRun | undefined;
  /** Told of every event, stored already. */
  readonly listener: (event: RecordedEvent) => void;
};

export type CarriedOut = {
  readonly run: string;
  readonly result: RunResult;
  readonly events: readonly RecordedEvent[];
};

/** Throws VaultLockedError, StateFolderError and JournalError before or instead of writing to Azure. */
export async function carryOut(session: Session, plan: Plan, options: CarryOutOptions): Promise<CarriedOut> {
  const folder = vaultFolder(options.stateDir, plan.vault.id);
  ensureWritable(folder);
  const run = options.unfinished?.run ?? newRunName();
  const lock = takeLock(folder, run, new Date());
  try {
    const runFolder = options.unfinished?.folder ?? createRun(folder, run, renderPlan(plan));
    return await runLocked(session, plan, run, join(runFolder, "journal.ndjson"), options);
  } finally {
    lock.release();
  }
}

async function runLocked(
  session: Session,
  plan: Plan,
  run: string,
  journalPath: string,
  options: CarryOutOptions,
): Promise<CarriedOut> {
  const past = options.unfinished?.journal;
  const journal = openJournal(journalPath, session.clock, past);
  const progress = await openProgress(plan, progressSink());
  const stop = stopSignal(options.maximum, (line) => void process.stderr.write(`${line}\n`));
  const events: RecordedEvent[] = [...(past?.events ?? [])];
  const record = (event: RunEvent): void => {
    const recorded = journal.append(event);
    events.push(recorded);
    progress.show(recorded);
    options.listener(recorded);
  };
  try {
    const result = await runPlan(plan, portsOf(session, plan, record), {
      run,
      azure: session.azure,
      concurrency: options.concurrency,
      signal: stop.signal,
      stopReason: stop.reason,
      past: past?.events ?? [],
    });
    return { run, result, events };
  } finally {
    stop.dispose();
    progress.end();
    journal.close();
  }
}

function portsOf(session: Session, plan: Plan, record: (event: RunEvent) => void): Parameters<typeof runPlan>[1] {
  const scope = scopeFromId(plan.vault.id);
  const clients = session.clients(plan.apiVersions);
  const reader = createVaultReader(clients, scope);
  const clock: Clock = session.clock;
  return {
    reader,
    writer: createVaultWriter(clients, scope),
    clock,
    record,
    recheck: () => standingInTheWay(plan, reader, clock),
  };
}

/** Sorts by time of birth; the rest keeps two runs of one second apart. */
function newRunName(): string {
  const time = new Date().toISOString().replaceAll(/[-:]/g, "").slice(0, 15);
  return `${time}Z-${randomBytes(3).toString("hex")}`;
}
