// The append-only file of a run: one event a line, durable when append returns. Reading holds one event at a time.

import { closeSync, constants, fsyncSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { journalFormatVersion, type RecordedEvent, type RunEvent } from "../model/event.ts";
import { jsonText } from "../model/json-text.ts";
import type { Clock, Journal } from "../model/ports.ts";
import { codeOf } from "../model/system-error.ts";
import { syncName } from "./durable.ts";
import { eventShape } from "./event-shape.ts";
import { linesOf } from "./lines.ts";
import { remedyFor } from "./refused-write.ts";
import { noFollow } from "./regular-file.ts";

/** Thrown when a journal cannot be read or written. One line for people. */
class JournalError extends Error {
  override readonly name = "JournalError";
}

export type RunStarted = Extract<RecordedEvent, { readonly type: "run-started" }>;

export type ReadJournal = {
  readonly path: string;
  /** How many events it held when it was read. */
  readonly count: number;
  readonly last: RecordedEvent | undefined;
  /** Those events in order, read from the file anew by every loop over them. */
  readonly events: Iterable<RecordedEvent>;
  /** Bytes of whole lines; what follows is the torn end of a write that a crash cut off. */
  readonly intactBytes: number;
  readonly tornBytes: number;
  /** What follows is a whole line that cannot be read: nobody can say whether it was on disk before something was written to Azure. */
  readonly lostLine: boolean;
};

/**
 * Reads a journal from end to end, in bounded memory. Throws JournalError for another format version or a line that is
 * no event and not the last; a torn last line is counted and left out.
 */
export function readJournal(path: string): ReadJournal {
  let [count, intactBytes, tornBytes, lostLine] = [0, 0, 0, false];
  let last: RecordedEvent | undefined;
  for (const { event, bytes, isWhole } of entriesOf(path)) {
    if (event === undefined) {
      [tornBytes, lostLine] = [bytes, isWhole];
      break;
    }
    last = event;
    count += 1;
    intactBytes += bytes;
  }
  const events = { [Symbol.iterator]: () => firstEvents(path, count) };
  return { path, count, last, events, intactBytes, tornBytes, lostLine };
}

/** How the run began, undefined when nothing whole is stored of it. Reads no further; throws JournalError as readJournal does. */
export function startOf(path: string): RunStarted | undefined {
  const [first] = firstEvents(path, 1);
  return first?.type === "run-started" ? first : undefined;
}

function* firstEvents(path: string, count: number): Generator<RecordedEvent, void> {
  if (count === 0) return;
  for (const { event } of entriesOf(path)) {
    if (event === undefined) return;
    yield event;
    if (event.seq === count) return;
  }
}

type Entry = {
  /** Undefined for the torn end, which comes last. */
  readonly event: RecordedEvent | undefined;
  readonly bytes: number;
  readonly isWhole: boolean;
};

function* entriesOf(path: string): Generator<Entry, void> {
  let [number, torn] = [1, 0];
  let damage: string | undefined;
  for (const line of linesOf(path)) {
    if (damage !== undefined && line.whole)
      throw new JournalError(
        `${path} line ${number} is not an event of a run (${damage}): keep the file and start anew with --fresh`,
      );
    const event = line.whole ? parseEvent(path, number, line.text) : cutOff;
    if (typeof event === "string") {
      // Damage, unless nothing follows: then it is the end of a write that was cut off.
      if (line.whole) damage ??= event;
      torn += line.bytes;
      continue;
    }
    yield { event, bytes: line.bytes, isWhole: true };
    number += 1;
  }
  if (torn > 0) yield { event: undefined, bytes: torn, isWhole: damage !== undefined };
}

const cutOff = "it is cut off";

/** The event that stands in a line, or why none does. */
function parseEvent(path: string, number: number, line: string | undefined): RecordedEvent | string {
  if (line === undefined) return "it is not UTF-8";
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return "it is not JSON";
  }
  // Another version has events of other shapes.
  if (number === 1) checkVersion(path, value);
  const wrong = eventShape.wrong(value);
  if (wrong !== undefined) return `${wrong.path === "" ? "it" : wrong.path} ${wrong.what}`;
  const event = value as RecordedEvent;
  if (event.seq !== number) return `seq is ${event.seq}`;
  // A member that stands there twice, or a number that is read as another, would mean to others what it does not mean here.
  return line === JSON.stringify(event) || line === jsonText(event)
    ? event
    : "it is not spelled as this tool spells it";
}

function checkVersion(path: string, first: unknown): void {
  const isObject = typeof first === "object" && first !== null;
  const version: unknown = isObject && "formatVersion" in first ? first.formatVersion : undefined;
  if (version !== journalFormatVersion)
    throw new JournalError(
      `${path} has journal format version ${JSON.stringify(version)}, expected ${journalFormatVersion}: continue it with the version that wrote it, or start anew with --fresh`,
    );
}

export type OpenJournal = Journal & { readonly close: () => void };

export type JournalOptions = {
  /**
   * For benchmarks and tests only, to append without the cost of the disk: events are lost when the machine crashes,
   * and with them the knowledge of what was written to Azure.
   */
  readonly unsafeWithoutFsync?: boolean;
};

const { O_APPEND, O_CREAT, O_WRONLY } = constants;

/**
 * Opens a run's journal to append to it, cutting a torn end off first. Every append is on disk when it returns: the
 * intent before each write, and the operation's address after it, must survive a crash of the machine. Throws
 * JournalError, and so does append.
 */
export function openJournal(
  path: string,
  clock: Pick<Clock, "now">,
  past?: Pick<ReadJournal, "count" | "intactBytes" | "tornBytes">,
  { unsafeWithoutFsync = false }: JournalOptions = {},
): OpenJournal {
  const file = openToAppend(path, past);
  let seq = past?.count ?? 0;
  let broken: JournalError | undefined;
  return {
    append: (event: RunEvent): RecordedEvent => {
      // After a write that failed, what stands at the end of the file is unknown: nothing may follow it.
      if (broken !== undefined) throw broken;
      const recorded: RecordedEvent = { seq: seq + 1, at: new Date(clock.now()).toISOString(), ...event };
      broken = appendLine(path, file, `${jsonText(recorded)}\n`, !unsafeWithoutFsync);
      if (broken !== undefined) throw broken;
      seq += 1;
      return recorded;
    },
    close: () => closeSync(file),
  };
}

function openToAppend(path: string, past?: Pick<ReadJournal, "intactBytes" | "tornBytes">): number {
  let file: number | undefined;
  try {
    file = openSync(path, O_APPEND | O_CREAT | O_WRONLY | noFollow, 0o600);
    if (past === undefined) syncName(path);
    else if (past.tornBytes > 0) {
      ftruncateSync(file, past.intactBytes);
      fsyncSync(file);
    }
    return file;
  } catch (error) {
    if (file !== undefined) closeSync(file);
    throw unwritten(path, error);
  }
}

/** Undefined when the line is on disk; without `sync`, when the system has it. */
function appendLine(path: string, file: number, line: string, sync: boolean): JournalError | undefined {
  try {
    const bytes = Buffer.from(line);
    let written = 0;
    while (written < bytes.length) written += writeSync(file, bytes, written);
    if (sync) fsyncSync(file);
    return undefined;
  } catch (error) {
    return unwritten(path, error);
  }
}

function unwritten(path: string, error: unknown): JournalError {
  const code = codeOf(error);
  return new JournalError(`cannot write to ${path} (${code}): ${remedyFor(code)}, then run the same command again`);
}
