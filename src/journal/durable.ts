// Files that survive a crash of the machine: content and name are both on disk when a write returns.

import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, linkSync, openSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Creates the file with all its content or not at all, readable by its owner only. Throws the system's error, EEXIST
 * when it is there.
 */
export function createDurably(path: string, text: string): void {
  const draft = `${path}.${process.pid}-${randomBytes(4).toString("hex")}`;
  try {
    const file = openSync(draft, "wx", 0o600);
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    linkSync(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
  syncName(path);
}

/** Makes sure that a new file is found again under its name. Systems that cannot sync a folder do it on their own. */
export function syncName(path: string): void {
  try {
    const folder = openSync(dirname(path), "r");
    fsyncSync(folder);
    closeSync(folder);
  } catch {
    // Windows opens no folder.
  }
}
