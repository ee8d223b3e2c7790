// Files that a person names for a result: written whole or not at all, for their owner only.

import { randomBytes } from "node:crypto";
import { closeSync, openSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

/** Writes the pieces one after the other. Throws the system's error; what was there before is there then. */
export function writeWhole(file: string, pieces: Iterable<string>): void {
  const target = targetOf(file);
  if (!replaces(target)) return writePieces(openSync(target, "w"), pieces);
  const beside = `${target}.${process.pid}-${randomBytes(4).toString("hex")}.tmp`;
  try {
    writePieces(openSync(beside, "wx", 0o600), pieces);
    renameSync(beside, target);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

function writePieces(file: number, pieces: Iterable<string>): void {
  try {
    for (const piece of pieces) writeFileSync(file, piece);
  } finally {
    closeSync(file);
  }
}

/** A link stays what it is; what it leads to is written. */
export function targetOf(file: string): string {
  return statSync(file, { throwIfNoEntry: false }) === undefined ? resolve(file) : realpathSync(file);
}

/** Pipes and terminals are written to, files are replaced by whole ones. */
export function replaces(target: string): boolean {
  return statSync(target, { throwIfNoEntry: false })?.isFile() ?? true;
}
