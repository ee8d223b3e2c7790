// Results go to stdout, progress and diagnostics to stderr.

import type { TransportWait } from "../azure/policies.ts";
import type { ProgressSink } from "../reporting/progress.ts";
import { clean } from "../reporting/words.ts";

export function sayWait(wait: TransportWait): void {
  process.stderr.write(`waiting ${Math.ceil(wait.seconds)} s: ${clean(wait.because)}\n`);
}

export function progressSink(): ProgressSink {
  return { isTerminal: process.stderr.isTTY, write: (text) => void process.stderr.write(text) };
}
