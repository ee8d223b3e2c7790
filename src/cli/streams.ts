// Results go to stdout, progress and diagnostics to stderr: the only file of the commands that writes to either, and it takes
// nothing that was not made safe to show.

import type { TransportWait } from "../azure/policies.ts";
import { jsonText, type JsonText } from "../model/json-text.ts";
import type { ProgressSink } from "../reporting/progress/display.ts";
import type { BuildServerCommand } from "../reporting/build-server/commands.ts";
import type { DocumentText } from "../reporting/document-text.ts";
import { terminalText, type TerminalText } from "../reporting/terminal-text.ts";

/** What may be put out: text that a file of its format made safe. */
export type Piece = TerminalText | JsonText | DocumentText;

/** Prints a result that was laid out for people. */
export function print(text: TerminalText): void {
  process.stdout.write(text);
}

/** Prints lines of a result, each made safe. */
export function printLines(...lines: readonly string[]): void {
  process.stdout.write(terminalText(lines));
}

/** Prints a result as one JSON document. */
export function printJson(value: unknown, indent?: number): void {
  process.stdout.write(`${jsonText(value, indent)}\n`);
}

/** The same as `print`, on stderr. */
export function show(text: TerminalText): void {
  showPieces([text]);
}

/** Tells something in lines on stderr, each made safe; nothing where there are none. */
export function say(...lines: readonly string[]): void {
  if (lines.length > 0) process.stderr.write(terminalText(lines));
}

/** Says on stderr why a request waits, and for how many whole seconds. */
export function sayWait(wait: TransportWait): void {
  say(`waiting ${Math.ceil(wait.seconds)} s: ${wait.because}`);
}

/** Writes pieces to stdout one by one, no faster than its reader takes them; ends early when the reader has gone. */
export async function printPieces(pieces: Iterable<Piece>): Promise<void> {
  for (const piece of pieces) {
    if (process.stdout.destroyed) return;
    if (!process.stdout.write(piece)) await drained(process.stdout);
  }
}

/** Writes pieces to stderr. */
export function showPieces(pieces: Iterable<Piece>): void {
  for (const piece of pieces) process.stderr.write(piece);
}

/** Hands lines to the build server that reads this process's output. On stderr: a result on stdout stays what it is. */
export function command(...lines: readonly BuildServerCommand[]): void {
  for (const line of lines) process.stderr.write(`${line}\n`);
}

const settling = ["drain", "error", "close"] as const;

function drained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      for (const event of settling) stream.off(event, settle);
      resolve();
    };
    for (const event of settling) stream.on(event, settle);
  });
}

/**
 * Where the progress of a run is drawn: stderr. It is no terminal to draw on where it has no width (ora would divide by it,
 * and clear lines for ever), where it says that it is dumb, and where a build server keeps what is written to it.
 */
export function progressSink(): ProgressSink {
  const { isTTY, columns } = process.stderr;
  const isDrawnOn = isTTY && columns > 0 && process.env["TERM"] !== "dumb" && process.env["CI"] === undefined;
  return { terminal: isDrawnOn ? process.stderr : undefined, write: show };
}
