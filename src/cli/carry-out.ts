// Carries a plan out in this process: lock, journal, progress, the engine, and how it ended. The caller has the consent.

import { join } from "node:path";
import { createVaultReader } from "../azure/vault-reader.ts";
import { createVaultWriter } from "../azure/vault-writer.ts";
import type { TransportWait } from "../azure/policies.ts";
import type { RunPorts } from "../execution/engine.ts";
import { putBackAlone } from "../execution/put-back.ts";
import { runPlan, type RunResult } from "../execution/run.ts";
import { openJournal, readJournal, type OpenJournal, type ReadJournal } from "../journal/journal-file.ts";
import { nextRunName } from "../journal/run-name.ts";
import { createRun, ensureWritable, runNamesOf, runsOf, vaultFolder } from "../journal/state-folder.ts";
import type { RecordedEvent, RunEvent } from "../model/event.ts";
import type { Plan } from "../model/plan.ts";
import type { Clock } from "../model/ports.ts";
import { dueSteps } from "../model/undoing.ts";
import { renderPlan } from "../planning/plan-document.ts";
import { lockIds } from "../planning/lock-ids.ts";
import type { Progress, RunTiming } from "../reporting/progress/display.ts";
import { runStory, type RunDocument } from "../reporting/run-document.ts";
import { heardByMany } from "./clocks.ts";
import { holdVault, whileHeld, type HeldVault } from "./held-vault.ts";
import { standingInTheWay } from "./make-plan.ts";
import type { Stop } from "./stop.ts";
import type { KnownRun } from "./stored-runs.ts";
import { UserError } from "./user-error.ts";
import { readerFor, scopeFromId } from "./vault-by-id.ts";
import type { Session } from "./wire.ts";

/** What is around a run: who sees it go on, and who can stop it. */
export type Surroundings = {
  /** Opens the display of a run of the plan, of which these events are past. */
  readonly openProgress: (plan: Plan, timing: RunTiming, past: Iterable<RecordedEvent>) => Promise<Progress>;
  /** Begins to wait for what stops the run; `say` tells of it. */
  readonly openStop: (say: (line: string) => void) => Stop;
};

export type CarryOutOptions = Surroundings & {
  readonly stateDir: string;
  /** How many steps may be under way at the same time; absent: as many as the limits of their kinds allow. */
  readonly concurrency?: number | undefined;
  /** The run to continue; absent for a new one. */
  readonly unfinished?: KnownRun | undefined;
  /** The names of the runs that were stored before this one was planned; absent: those that are when it is named. */
  readonly runsBefore?: ReadonlySet<string> | undefined;
  /** Asked under the lock, before anything is written: the exit code to end with, or undefined to go on. */
  readonly lookFirst?: (() => Promise<number | undefined>) | undefined;
  /** The options with which a later command finds this run. */
  readonly toFind?: readonly string[];
  /** Told of every event, stored already. */
  readonly listener: (event: RecordedEvent) => void;
};

export type CarriedOut = {
  readonly result: RunResult;
  readonly document: RunDocument;
  /** Every event of the run as it is stored, read anew each time. */
  readonly events: () => Iterable<RecordedEvent>;
};

/** `notPutBack`: what the run has taken away and could not put back, each with the command that does it by hand. */
export type Refused = { readonly refused: number; readonly notPutBack: readonly string[] };

/**
 * Throws VaultLockedError, StateFolderError and JournalError before or instead of writing to Azure, and VaultLockLostError
 * when the run had to stop because it no longer holds the vault.
 */
export async function carryOut(session: Session, plan: Plan, options: CarryOutOptions): Promise<CarriedOut | Refused> {
  const folder = vaultFolder(options.stateDir, plan.vault.id);
  ensureWritable(folder);
  const stored = runNamesOf(folder);
  // Not under the lock, which bears the name: a run that is begun until it is taken ends this one.
  const run = options.unfinished?.run ?? nextRunName(new Date(), stored);
  const runsBefore = options.runsBefore ?? new Set(stored);
  const held = holdVault(folder, run);
  try {
    const done = await carryOutHeld(session, plan, run, { ...options, runsBefore, folder, held });
    held.throwIfLost();
    return done;
  } finally {
    held.release();
  }
}

type Held = CarryOutOptions & {
  readonly runsBefore: ReadonlySet<string>;
  readonly folder: string;
  readonly held: HeldVault;
};

async function carryOutHeld(session: Session, plan: Plan, run: string, options: Held): Promise<CarriedOut | Refused> {
  const { unfinished, folder, held } = options;
  refuseIfBegunMeanwhile(session, options);
  const runFolder = unfinished?.folder ?? createRun(folder, run, renderPlan(plan));
  const path = join(runFolder, "journal.ndjson");
  const past = unfinished === undefined ? undefined : readUnchanged(path, unfinished);
  const refused = await options.lookFirst?.();
  held.lost();
  held.throwIfLost();
  const journal = (): OpenJournal => openJournal(path, session.clock, past);
  if (refused === undefined) return runLocked(session, plan, run, journal(), { ...options, path, past });
  const isOwing = past !== undefined && dueSteps(plan.steps, past.events).length > 0;
  const notPutBack = isOwing ? await putBackRefused(session, plan, journal(), { ...options, past }) : [];
  return { refused, notPutBack };
}

/** What was planned before another process's run is not what that run has left, and no run is continued past a later one. */
function refuseIfBegunMeanwhile({ azure, ephemeral }: Session, { folder, unfinished, runsBefore }: Held): void {
  if (ephemeral) return;
  const { runs, unreadable } = runsOf(folder);
  const here = runs.filter(({ start }) => start.azure === azure);
  const isNew = (run: string): boolean => (unfinished === undefined ? !runsBefore.has(run) : run > unfinished.run);
  const begun = [...here, ...unreadable].find(({ run }) => isNew(run));
  if (begun === undefined) return;
  throw new UserError(`run ${begun.run} was begun by another process meanwhile: run the same command again`);
}

/** The journal as it stands under the lock. Another process may have gone on with the run while this one was asking. */
function readUnchanged(path: string, unfinished: KnownRun): ReadJournal {
  const journal = readJournal(path);
  if (journal.count === unfinished.journal.count) return journal;
  throw new UserError(`run ${unfinished.run} went on in another process meanwhile: run the same command again`);
}

const nothingPast: Pick<ReadJournal, "events" | "lostLine"> = { events: [], lostLine: false };

type Locked = Held & { readonly path: string; readonly past: ReadJournal | undefined };

async function runLocked(
  session: Session,
  plan: Plan,
  run: string,
  journal: OpenJournal,
  options: Locked,
): Promise<CarriedOut> {
  const { events: past, lostLine } = options.past ?? nothingPast;
  const timing = { ...session, concurrency: options.concurrency };
  const progress = await options.openProgress(plan, timing, past);
  const stop = options.openStop((line) => progress.say(line));
  options.held.onLost(() => stop.stop("this run no longer holds the vault: stopping"));
  const story = runStory(run, plan, options.toFind);
  for (const event of past) story.take(event);
  const record = whileHeld(options.held, plan, telling(journal, story.take, progress.show, options.listener));
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
      lostLine,
      past,
    });
    if (options.held.isLost()) sayNotPutBack(progress, result.notPutBack);
    return { result, document: story.document(), events: () => readJournal(options.path).events };
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

/** Stores an event, then tells of it as it is stored. */
function telling(journal: OpenJournal, ...listeners: readonly ((event: RecordedEvent) => void)[]) {
  return (event: RunEvent): void => {
    const recorded = journal.append(event);
    for (const tell of listeners) tell(recorded);
  };
}

/** A run that is not gone on with leaves nothing away that it took: the locks it removed return. What could not is returned. */
async function putBackRefused(
  session: Session,
  plan: Plan,
  journal: OpenJournal,
  { past, held, openProgress }: Held & { readonly past: ReadJournal },
): Promise<readonly string[]> {
  const progress = await openProgress(plan, session, past.events);
  const record = whileHeld(held, plan, (event) => progress.show(journal.append(event)));
  try {
    const ports = portsOf(session, plan, record, new AbortController().signal, progress);
    return await putBackAlone(plan, ports, past.events);
  } finally {
    progress.end();
    journal.close();
  }
}

/** A wait is only told: a journal that refuses it stops the run with the next event that counts, not a request half-way. */
function recordWait({ seconds, because }: TransportWait, record: (event: RunEvent) => void, progress: Progress): void {
  try {
    record({ type: "request-retried", delaySeconds: seconds, because });
  } catch {
    progress.waiting(seconds, because);
  }
}

function sayNotPutBack(progress: Progress, owed: readonly string[] = []): void {
  for (const line of owed) progress.say(`not put back: ${line}`);
}

function portsOf(
  session: Session,
  plan: Plan,
  record: (event: RunEvent) => void,
  signal: AbortSignal,
  progress: Progress,
): RunPorts {
  const scope = scopeFromId(plan.vault.id);
  let isOver = false;
  const recordUntilEnd = (event: RunEvent): void => {
    isOver = event.type === "run-ended";
    record(event);
  };
  // After the end of the run nothing may follow in its journal: a read that was under way still waits then.
  const onWait = ({ seconds, because }: TransportWait): void =>
    isOver ? progress.waiting(seconds, because) : recordWait({ seconds, because }, record, progress);
  const clients = session.clients(plan.apiVersions, { signal: heardByMany(signal), onWait });
  const reader = createVaultReader(clients, scope);
  const clock: Clock = session.clock;
  const writing = { locks: lockIds(plan), now: () => clock.now() };
  return {
    reader,
    writer: createVaultWriter(clients, scope, writing),
    afterStop: (ended) => {
      const lasting = session.clients(plan.apiVersions, { signal: heardByMany(ended), onWait });
      return { reader: createVaultReader(lasting, scope), writer: createVaultWriter(lasting, scope, writing) };
    },
    clock,
    record: recordUntilEnd,
    recheck: () => standingInTheWay(plan, reader, clock),
  };
}
