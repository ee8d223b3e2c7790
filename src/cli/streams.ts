// Results go to stdout, progress and diagnostics to stderr.

import type { TransportWait } from "../azure/policies.ts";
import type { ProgressSink } from "../reporting/progress.ts";
import { clean } from "../reporting/words.ts";

export function sayWait(wait: TransportWait): void {
  process.stderr.write(`waiting ${Math.ceil(wait.seconds)} s: ${clean(wait.because)}\n`);
}

export function progressSink(): ProgressSink {
  // A pseudo-terminal without a width is none to draw on: ora would divide by it, and clear lines for ever.
  const isTerminal = process.stderr.isTTY && process.stderr.columns > 0;
  return { isTerminal, write: (text) => void process.stderr.write(text) };
}
