// A file that a person names for a result: whole or not at all, for its owner only. Pipes and terminals are written to as they are.

import { closeSync, openSync, realpathSync, statSync, writeFileSync } from "node:fs";
import { replaceDurably } from "../journal/durable.ts";

/** A link stays what it is; what it leads to is replaced. Throws the system's error. */
export function writeWhole(file: string, pieces: Iterable<string>): void {
  if (isReplaced(file)) return replaceDurably(targetOf(file), pieces);
  const open = openSync(file, "w");
  try {
    for (const piece of pieces) writeFileSync(open, piece);
  } finally {
    closeSync(open);
  }
}

/** Whether it is a file, or will be one. */
export function isReplaced(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ?? true;
}

export function targetOf(file: string): string {
  return statSync(file, { throwIfNoEntry: false }) === undefined ? file : realpathSync(file);
}
