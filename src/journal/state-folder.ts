// Where runs are kept: one folder per vault, one per run in it. Names from Azure never become paths unescaped, and no link
// in it is followed: it would lead elsewhere.

import { createHash, randomBytes } from "node:crypto";
import { closeSync, existsSync, lstatSync, openSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { idKey } from "../model/arm-id.ts";
import { codeOf } from "../model/system-error.ts";
import { createDurably, makeFolder, NoHardLinksError } from "./durable.ts";
import { readJournal, startOf, type ReadJournal, type RunStarted } from "./journal-file.ts";
import { remedyFor } from "./refused-write.ts";
import { notFollowed, readText } from "./regular-file.ts";

/** Thrown when the state folder cannot be used. One line for people. */
export class StateFolderError extends Error {
  override readonly name = "StateFolderError";
}

/** A run as its folder and the first event of its journal tell of it. */
export type StoredRun = {
  readonly run: string;
  readonly folder: string;
  readonly vaultFolder: string;
  readonly start: RunStarted;
};

export type StoredFiles = {
  readonly journal: ReadJournal;
  /** The saved plan's text, to be opened and checked by the planner. */
  readonly planText: string;
};

/** The folder of one vault: its name made safe, and a hash of its id that no other vault shares. */
export function vaultFolder(stateDir: string, vaultId: string): string {
  const key = idKey(vaultId);
  const name = key
    .slice(key.lastIndexOf("/") + 1)
    .replaceAll(/[^a-z0-9-]/g, "_")
    .slice(0, 60);
  return join(stateDir, `${name}-${createHash("sha256").update(key).digest("hex").slice(0, 12)}`);
}

/** Makes the folder of a new run and saves its plan in it, readable by this user only. Throws StateFolderError. */
export function createRun(vaultFolderPath: string, run: string, planText: string): string {
  const folder = join(vaultFolderPath, run);
  try {
    makeFolder(folder);
    createDurably(join(folder, "plan.json"), planText);
    return folder;
  } catch (error) {
    removeEmpty(folder);
    throw unusable(folder, error);
  }
}

function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // It was never made, or is another run's.
  }
}

/** Makes sure the folder of a vault can be written, before anything else is done. Throws StateFolderError. */
export function ensureWritable(folder: string): void {
  try {
    makeFolder(folder);
    if (isLink(folder))
      throw new StateFolderError(
        `the state folder ${folder} is ${notFollowed}: choose another with --state-dir or put what it leads to in its place`,
      );
    const probe = join(folder, `.probe-${process.pid}-${randomBytes(4).toString("hex")}`);
    closeSync(openSync(probe, "wx", 0o600));
    rmSync(probe, { force: true });
  } catch (error) {
    throw unusable(folder, error);
  }
}

/** A run that is stored, but cannot be trusted: kept, shown, and never continued. */
export type UnreadableRun = { readonly run: string; readonly vaultFolder: string; readonly reason: string };

export type StoredRuns = { readonly runs: readonly StoredRun[]; readonly unreadable: readonly UnreadableRun[] };

/**
 * The runs of one vault's folder, oldest first. Those whose journal has no event never began and are left out. Throws
 * StateFolderError.
 */
export function runsOf(vaultFolderPath: string): StoredRuns {
  const found = foldersIn(vaultFolderPath).flatMap((run) => findRun(vaultFolderPath, run) ?? []);
  return {
    runs: found.filter((run) => "start" in run),
    unreadable: found.filter((run) => "reason" in run),
  };
}

/** The runs of every vault in the state folder, oldest first within a vault. Throws StateFolderError. */
export function allRuns(stateDir: string): StoredRuns {
  const stored = foldersIn(stateDir).map((name) => {
    const folder = join(stateDir, name);
    if (!isLink(folder)) return runsOf(folder);
    const isOfVault = /-[0-9a-f]{12}$/.test(name);
    return { runs: [], unreadable: isOfVault ? [linked(name, folder, folder)] : [] };
  });
  return { runs: stored.flatMap(({ runs }) => runs), unreadable: stored.flatMap(({ unreadable }) => unreadable) };
}

/** The names of all runs in the state folder, whether they can be read or not. Throws StateFolderError. */
export function runNames(stateDir: string): ReadonlySet<string> {
  return new Set(foldersIn(stateDir).flatMap((name) => runNamesOf(join(stateDir, name))));
}

/** The same of one vault's folder. Throws StateFolderError. */
export function runNamesOf(vaultFolderPath: string): readonly string[] {
  return isLink(vaultFolderPath) ? [] : foldersIn(vaultFolderPath);
}

/** Links too: what stands behind one is not looked at, but it is not overlooked either. */
function foldersIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  try {
    const entries = readdirSync(folder, { withFileTypes: true }).filter(
      (entry) => entry.isDirectory() || entry.isSymbolicLink(),
    );
    return entries.map((entry) => entry.name).toSorted();
  } catch (error) {
    throw new StateFolderError(
      `cannot read the state folder ${folder} (${codeOf(error)}): choose another with --state-dir or make it readable`,
    );
  }
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

function linked(run: string, path: string, vaultFolderPath: string): UnreadableRun {
  return { run, vaultFolder: vaultFolderPath, reason: `${path} is ${notFollowed}: put what it leads to in its place` };
}

function findRun(vaultFolderPath: string, run: string): StoredRun | UnreadableRun | undefined {
  const folder = join(vaultFolderPath, run);
  if (isLink(folder)) return linked(run, folder, vaultFolderPath);
  // Not by what it leads to: a link that leads nowhere is no sign of a run that never began.
  if (lstatSync(join(folder, "journal.ndjson"), { throwIfNoEntry: false }) === undefined) return undefined;
  try {
    const start = startOf(join(folder, "journal.ndjson"));
    return start === undefined ? undefined : { run, folder, vaultFolder: vaultFolderPath, start };
  } catch (error) {
    return { run, vaultFolder: vaultFolderPath, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Far above any plan: that of ten thousand items has some thirty megabytes. */
export const largestPlan: number = 256 * 1024 * 1024;

/** Reads what a run has stored, its journal to the end. Throws JournalError and UnreadableFileError. */
export function readRun({ folder }: Pick<StoredRun, "folder">): StoredFiles {
  const journal = readJournal(join(folder, "journal.ndjson"));
  return { journal, planText: readText(join(folder, "plan.json"), largestPlan, { follow: false }) };
}

/** The one line for a folder below the state folder that refuses a write. */
export function unusable(folder: string, error: unknown): StateFolderError {
  if (error instanceof StateFolderError) return error;
  const code = codeOf(error);
  if (error instanceof NoHardLinksError)
    return new StateFolderError(
      `the state folder ${folder} is on a file system without hard links (${code}): choose one on another with --state-dir`,
    );
  return new StateFolderError(
    `cannot write to the state folder ${folder} (${code}): choose another with --state-dir or ${remedyFor(code)}`,
  );
}
