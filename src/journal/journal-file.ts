// The append-only file of a run: one event a line, durable when append returns. A torn last line is dropped, and said.

import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import { journalFormatVersion, type RecordedEvent, type RunEvent } from "../model/event.ts";
import { jsonText } from "../model/json-text.ts";
import type { Clock, Journal } from "../model/ports.ts";
import { syncName } from "./durable.ts";

/** Thrown when a journal cannot be read or written. One line for people. */
class JournalError extends Error {
  override readonly name = "JournalError";
}

export type ReadJournal = {
  readonly path: string;
  readonly events: readonly RecordedEvent[];
  /** Bytes of whole lines; what follows is the torn end of a write that a crash cut off. */
  readonly intactBytes: number;
  readonly tornBytes: number;
};

/** Reads a journal. Throws JournalError for another format version or a line that is no event and not the last. */
export function readJournal(path: string): ReadJournal {
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf(0x0a) + 1;
  const lines = bytes.subarray(0, end).toString("utf8").split("\n").slice(0, -1);
  let intactBytes = end;
  const events: RecordedEvent[] = [];
  for (const [index, line] of lines.entries()) {
    const event = parseEvent(line);
    if (event !== undefined && event.seq === index + 1) {
      events.push(event);
      continue;
    }
    if (index < lines.length - 1)
      throw new JournalError(
        `${path} line ${index + 1} is not an event of a run: keep the file and start anew with --fresh`,
      );
    intactBytes -= Buffer.byteLength(line) + 1;
  }
  checkVersion(path, events[0]);
  return { path, events, intactBytes, tornBytes: bytes.length - intactBytes };
}

function parseEvent(line: string): RecordedEvent | undefined {
  try {
    const value: unknown = JSON.parse(line);
    const isEvent = typeof value === "object" && value !== null && "type" in value && "seq" in value && "at" in value;
    return isEvent ? (value as RecordedEvent) : undefined;
  } catch {
    return undefined;
  }
}

function checkVersion(path: string, first: RecordedEvent | undefined): void {
  if (first === undefined) return;
  const version = first.type === "run-started" ? first.formatVersion : undefined;
  if (version !== journalFormatVersion)
    throw new JournalError(
      `${path} has journal format version ${String(version)}, expected ${journalFormatVersion}: continue it with the version that wrote it, or start anew with --fresh`,
    );
}

export type OpenJournal = Journal & { readonly close: () => void };

/**
 * Opens a run's journal to append to it, cutting a torn end off first. Every append is on disk when it returns: the
 * intent before each write, and the operation's address after it, must survive a crash of the machine.
 */
export function openJournal(path: string, clock: Pick<Clock, "now">, past?: ReadJournal): OpenJournal {
  const file = openSync(path, "a", 0o600);
  if (past !== undefined && past.tornBytes > 0) {
    ftruncateSync(file, past.intactBytes);
    fsyncSync(file);
  }
  if (past === undefined) syncName(path);
  let seq = past?.events.length ?? 0;
  let broken: JournalError | undefined;
  return {
    append: (event: RunEvent): RecordedEvent => {
      // After a write that failed, what stands at the end of the file is unknown: nothing may follow it.
      if (broken !== undefined) throw broken;
      const recorded: RecordedEvent = { seq: seq + 1, at: new Date(clock.now()).toISOString(), ...event };
      broken = appendLine(path, file, `${jsonText(recorded)}\n`);
      if (broken !== undefined) throw broken;
      seq += 1;
      return recorded;
    },
    close: () => closeSync(file),
  };
}

/** Undefined when the line is on disk. */
function appendLine(path: string, file: number, line: string): JournalError | undefined {
  try {
    const bytes = Buffer.from(line);
    let written = 0;
    while (written < bytes.length) written += writeSync(file, bytes, written);
    fsyncSync(file);
    return undefined;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    return new JournalError(`cannot write to ${path} (${code}): free the disk, then run the same command again`);
  }
}
