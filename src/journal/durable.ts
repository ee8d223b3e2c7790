// Files that survive a crash of the machine: content and name are both on disk when a write returns.

import { closeSync, fsyncSync, openSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Creates the file, readable by its owner only. Throws the system's error, also when it exists. */
export function createDurably(path: string, text: string): void {
  const file = openSync(path, "wx", 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
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
