// A file that a person names for a result: whole or not at all, for its owner only. Pipes and terminals are written to as they are.

import { closeSync, lstatSync, openSync, readlinkSync, realpathSync, statSync, writeFileSync } from "node:fs";
import { dirname, isAbsolute, sep } from "node:path";
import { replaceDurably } from "../journal/durable.ts";

/** A link stays what it is; what it leads to is replaced, or made where nothing is yet. Throws the system's error. */
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

/** Where the content goes: the file itself, or where the link leads. Throws the system's error, also for links in a circle. */
export function targetOf(file: string): string {
  if (statSync(file, { throwIfNoEntry: false }) !== undefined) return realpathSync.native(file);
  if (lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return file;
  const leads = readlinkSync(file);
  // Not resolved by its text: the folder above a folder that is a link is another than that text says.
  return targetOf(isAbsolute(leads) ? leads : `${dirname(file)}${sep}${leads}`);
}
