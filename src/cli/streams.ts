// Results go to stdout, progress and diagnostics to stderr.

import type { TransportWait } from "../azure/policies.ts";
import type { ProgressSink } from "../reporting/progress.ts";
import { clean } from "../reporting/words.ts";

export function sayWait(wait: TransportWait): void {
  process.stderr.write(`waiting ${Math.ceil(wait.seconds)} s: ${clean(wait.because)}\n`);
}

/** Writes pieces to stdout one by one, no faster than its reader takes them; ends early when the reader has gone. */
export async function printPieces(pieces: Iterable<string>): Promise<void> {
  for (const piece of pieces) {
    if (process.stdout.destroyed) return;
    if (!process.stdout.write(piece)) await drained(process.stdout);
  }
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

export function progressSink(): ProgressSink {
  // A pseudo-terminal without a width is none to draw on: ora would divide by it, and clear lines for ever.
  const isTerminal = process.stderr.isTTY && process.stderr.columns > 0;
  return { isTerminal, write: (text) => void process.stderr.write(text) };
}
