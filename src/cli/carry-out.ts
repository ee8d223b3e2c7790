// Carries a plan out in this process: lock, journal, progress, the engine, and how it ended. The caller has the consent.

import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { createVaultReader } from "../azure/vault-reader.ts";
import { createVaultWriter } from "../azure/vault-writer.ts";
import type { TransportWait } from "../azure/policies.ts";
import type { RunPorts } from "../execution/engine.ts";
import { putBackAlone } from "../execution/put-back.ts";
import { runPlan, type RunResult } from "../execution/run.ts";
import { openJournal, readJournal, type OpenJournal, type ReadJournal } from "../journal/journal-file.ts";
import { createRun, ensureWritable, vaultFolder } from "../journal/state-folder.ts";
import { takeLock } from "../journal/vault-lock.ts";
import type { RecordedEvent, RunEvent } from "../model/event.ts";
import type { Plan } from "../model/plan.ts";
import type { Clock } from "../model/ports.ts";
import { dueSteps } from "../model/undoing.ts";
import { renderPlan } from "../planning/plan-document.ts";
import { lockIds } from "../planning/lock-ids.ts";
import { openProgress, type Progress } from "../reporting/progress.ts";
import { runStory, type RunDocument } from "../reporting/run-summary.ts";
import { standingInTheWay } from "./make-plan.ts";
import { readerFor, scopeFromId } from "./select-vault.ts";
import { stopSignal } from "./stop-signal.ts";
import type { KnownRun } from "./stored-runs.ts";
import { progressSink } from "./streams.ts";
import { UserError } from "./user-error.ts";
import type { Session } from "./wire.ts";

export type CarryOutOptions = {
  readonly stateDir: string;
  /** How many steps may be under way at the same time; absent: as many as the limits of their kinds allow. */
  readonly concurrency?: number | undefined;
  /** Milliseconds of real time. */
  readonly maximum?: number | undefined;
  /** The run to continue; absent for a new one. */
  readonly unfinished?: KnownRun | undefined;
  /** Asked under the lock, before anything is written: the exit code to end with, or undefined to go on. */
  readonly lookFirst?: (() => Promise<number | undefined>) | undefined;
  /** Told of every event, stored already. */
  readonly listener: (event: RecordedEvent) => void;
};

export type CarriedOut = {
  readonly result: RunResult;
  readonly document: RunDocument;
};

export type Refused = { readonly refused: number };

/** Throws VaultLockedError, StateFolderError and JournalError before or instead of writing to Azure. */
export async function carryOut(session: Session, plan: Plan, options: CarryOutOptions): Promise<CarriedOut | Refused> {
  const folder = vaultFolder(options.stateDir, plan.vault.id);
  ensureWritable(folder);
  const run = options.unfinished?.run ?? newRunName();
  const lock = takeLock(folder, run, new Date());
  try {
    const runFolder = options.unfinished?.folder ?? createRun(folder, run, renderPlan(plan));
    const path = join(runFolder, "journal.ndjson");
    const past = options.unfinished === undefined ? undefined : readUnchanged(path, options.unfinished);
    const refused = await options.lookFirst?.();
    if (refused === undefined)
      return await runLocked(session, plan, run, openJournal(path, session.clock, past), { ...options, past });
    if (past !== undefined && dueSteps(plan.steps, past.events).length > 0)
      await putBackRefused(session, plan, openJournal(path, session.clock, past), past);
    return { refused };
  } finally {
    lock.release();
  }
}

/** The journal as it stands under the lock. Another process may have gone on with the run while this one was asking. */
function readUnchanged(path: string, unfinished: KnownRun): ReadJournal {
  const journal = readJournal(path);
  if (journal.count === unfinished.journal.count) return journal;
  throw new UserError(`run ${unfinished.run} went on in another process meanwhile: run the same command again`);
}

type Locked = CarryOutOptions & { readonly past: ReadJournal | undefined };

async function runLocked(
  session: Session,
  plan: Plan,
  run: string,
  journal: OpenJournal,
  options: Locked,
): Promise<CarriedOut> {
  const past = options.past?.events ?? [];
  const progress = await openProgress(plan, progressSink());
  const stop = stopSignal(options.maximum, (line) => progress.say(line));
  const story = runStory(run, plan);
  for (const event of past) story.take(event);
  const record = (event: RunEvent): void => {
    const recorded = journal.append(event);
    story.take(recorded);
    progress.show(recorded);
    options.listener(recorded);
  };
  try {
    // Not by the run's own reader: a stop while it is read must end as the run's stop, in the journal.
    const vault = await readerFor(session, plan).vault();
    const ports = portsOf(session, plan, record, stop.signal, progress);
    const result = await runPlan(plan, ports, {
      run,
      azure: session.azure,
      concurrency: options.concurrency,
      signal: stop.signal,
      stopReason: stop.reason,
      vaultIsGone: vault === undefined,
      past,
    });
    return { result, document: story.document() };
  } catch (defect) {
    // Putting back was tried where it could be; without a journal nobody hears how it went.
    for (const line of story.owed()) progress.say(`may not be put back: ${line}`);
    throw defect;
  } finally {
    stop.dispose();
    progress.end();
    journal.close();
  }
}

/** A run that is not gone on with leaves nothing away that it took: the locks it removed return. */
async function putBackRefused(session: Session, plan: Plan, journal: OpenJournal, past: ReadJournal): Promise<void> {
  const progress = await openProgress(plan, progressSink());
  const record = (event: RunEvent): void => progress.show(journal.append(event));
  try {
    const ports = portsOf(session, plan, record, new AbortController().signal, progress);
    for (const line of await putBackAlone(plan, ports, past.events)) progress.say(`not put back: ${line}`);
  } finally {
    progress.end();
    journal.close();
  }
}

function portsOf(
  session: Session,
  plan: Plan,
  record: (event: RunEvent) => void,
  signal: AbortSignal,
  progress: Progress,
): RunPorts {
  const scope = scopeFromId(plan.vault.id);
  const onWait = ({ seconds, because }: TransportWait): void => progress.waiting(seconds, because);
  const clients = session.clients(plan.apiVersions, { signal, onWait });
  const reader = createVaultReader(clients, scope);
  const clock: Clock = session.clock;
  const writing = { locks: lockIds(plan), now: () => clock.now() };
  return {
    reader,
    writer: createVaultWriter(clients, scope, writing),
    afterStop: (ended) => {
      const lasting = session.clients(plan.apiVersions, { signal: ended, onWait });
      return { reader: createVaultReader(lasting, scope), writer: createVaultWriter(lasting, scope, writing) };
    },
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
