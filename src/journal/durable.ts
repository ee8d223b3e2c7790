// Files that survive a crash of the machine, whole or not at all: content and name are both on disk when a write returns.

import { randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { codeOf, hasCode } from "../model/system-error.ts";

/** Thrown where the file system gives no file a second name, without which none is made whole or not at all. */
export class NoHardLinksError extends Error {
  override readonly name = "NoHardLinksError";
  /** The system's. */
  readonly code: string;

  constructor(path: string, code: string) {
    super(`no hard links where ${path} is to stand (${code})`);
    this.code = code;
  }
}

/**
 * Creates the file with all its content or not at all, readable by its owner only. Throws NoHardLinksError, and the
 * system's error: EEXIST when it is there; after an error of the folder's own sync the file may be there.
 */
export function createDurably(path: string, text: string): void {
  const draft = draftOf(path);
  try {
    writeDraft(draft, [text]);
    link(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
  syncName(path);
}

/**
 * Puts a file with all its content, readable by its owner only, in the place of what is there, or leaves that as it is.
 * Throws the system's error; after one of the folder's own sync, either may be there.
 */
export function replaceDurably(path: string, pieces: Iterable<string>): void {
  const draft = draftOf(path);
  try {
    writeDraft(draft, pieces);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  syncName(path);
}

/** What is answered where there are no hard links: FAT on Linux, shares, file systems of programs, FAT on Windows. */
const noHardLinks: ReadonlySet<string> = new Set(["EPERM", "ENOTSUP", "ENOSYS", "EISDIR"]);

function link(draft: string, path: string): void {
  try {
    linkSync(draft, path);
  } catch (error) {
    throw noHardLinks.has(codeOf(error)) ? new NoHardLinksError(path, codeOf(error)) : error;
  }
}

/** A name beside this one that nobody can know before. */
export function draftOf(path: string): string {
  return `${path}.${process.pid}-${randomBytes(4).toString("hex")}`;
}

function writeDraft(draft: string, pieces: Iterable<string>): void {
  const file = openSync(draft, "wx", 0o600);
  try {
    for (const piece of pieces) writeFileSync(file, piece);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/**
 * Makes sure that the folder is there, for its owner only where it has to be made. Throws the system's error. Node's own
 * way of making the folders above it never ends below a link that leads nowhere, or in /proc.
 */
export function makeFolder(path: string): void {
  if (isFolder(path)) return;
  const above = dirname(path);
  if (above !== path) makeFolder(above);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process may have been faster.
    if (isFolder(path)) return;
    throw hasCode(error, "EEXIST") ? Object.assign(new Error(`${path} is no folder`), { code: "ENOTDIR" }) : error;
  }
  syncName(path);
}

/** Whether a folder stands there, or a link leads to one. */
export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** What is answered where folders cannot be synced: Windows opens none, a folder may be closed to reading, a share may not. */
const noFolderSync: ReadonlySet<string> = new Set(["EISDIR", "EPERM", "EACCES", "EINVAL", "ENOTSUP"]);

/**
 * Makes sure that what is new is found again under its name. Systems that cannot sync a folder do it on their own. Throws
 * the system's error: then the name may be lost in a crash of the machine.
 */
export function syncName(path: string): void {
  try {
    syncFolder(dirname(path));
  } catch (error) {
    if (!noFolderSync.has(codeOf(error))) throw error;
  }
}

function syncFolder(path: string): void {
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
