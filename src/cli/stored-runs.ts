// Runs kept in the state folder: which of them an apply continues, and which one a status is about.

import { basename } from "node:path";
import { sameId, scopeOf } from "../model/arm-id.ts";
import type { RecordedEvent } from "../model/event.ts";
import type { Plan } from "../model/plan.ts";
import type { ReadJournal } from "../journal/journal-file.ts";
import {
  allRuns,
  readRun,
  vaultFolder,
  type StoredRun,
  type StoredRuns,
  type UnreadableRun,
} from "../journal/state-folder.ts";
import { openPlan } from "../planning/saved-plan.ts";
import { UserError } from "./user-error.ts";

/** A run whose journal was read to the end, and whose plan was opened and checked. */
export type KnownRun = StoredRun & { readonly journal: ReadJournal; readonly plan: Plan };

/** What is said about the vault a run is looked for; what is not said fits all. */
export type WantedVault = {
  readonly vault?: string | undefined;
  readonly kind?: string | undefined;
  readonly resourceGroup?: string | undefined;
  readonly subscription?: string | undefined;
};

/** Where runs are kept: as given, else as the environment says, else below this folder. */
export function stateDirectory(given: string | undefined): string {
  return given ?? process.env["VAULT_TEARDOWN_STATE_DIR"] ?? ".vault-teardown";
}

/** The options with which a later command finds a run, and passes the guard that this one passed. */
export function optionsToFind({
  stateDir,
  guardTenant,
}: {
  readonly stateDir?: string | undefined;
  readonly guardTenant?: string | undefined;
}): readonly string[] {
  return [
    ...(stateDir === undefined ? [] : ["--state-dir", stateDir]),
    ...(guardTenant === undefined ? [] : ["--guard-tenant", guardTenant]),
  ];
}

/** Every stored run of the wanted vault, oldest first, told from the beginning of its journal: none is opened. */
export function storedRuns(stateDir: string, wanted: WantedVault): StoredRuns {
  const { runs, unreadable } = allRuns(stateDir);
  return {
    runs: runs.filter(({ start }) => fits(start.vault, wanted)).toSorted((a, b) => (a.run < b.run ? -1 : 1)),
    unreadable: unreadable.filter((run) => mayFit(run, stateDir, wanted)),
  };
}

/** Opens runs one after the other, as they are asked for. A run whose files do not belong together is unreadable, not lost. */
export function* opened(runs: Iterable<StoredRun>): Generator<KnownRun | UnreadableRun, void> {
  for (const run of runs) yield open(run);
}

/** The latest of these runs that can be opened, on this Azure where one is named; the later ones that cannot are told. */
export function latestRun(
  runs: readonly StoredRun[],
  azure?: string,
  lost?: (run: UnreadableRun) => void,
): KnownRun | undefined {
  const wanted = runs.filter(({ start }) => azure === undefined || start.azure === azure);
  for (const run of opened(wanted.toReversed())) {
    if ("plan" in run) return run;
    lost?.(run);
  }
  return undefined;
}

/**
 * The run that an apply continues: the only unfinished one on the same Azure. Throws UserError when several vaults have
 * one and none is named, and when the latest run of the vault cannot be read: what it did is not known.
 */
export function unfinishedRun(stored: StoredRuns, azure: string): KnownRun | undefined {
  const folders = new Set([...stored.runs, ...stored.unreadable].map((run) => run.vaultFolder));
  const unfinished = [...folders].flatMap((folder) => {
    const latest = latestOfVault(folder, stored, azure);
    return latest !== undefined && isUnfinished(latest.journal.last) ? latest : [];
  });
  if (unfinished.length > 1)
    throw new UserError(
      `unfinished runs of ${unfinished.length} vaults are stored (${unfinished.map((run) => run.plan.vault.name).join(", ")}): name one with --vault`,
    );
  return unfinished[0];
}

/**
 * The latest run of a vault on this Azure. Throws UserError when a run that cannot be read is later, and may be on it: where
 * not even its beginning can be read, nobody can tell.
 */
function latestOfVault(folder: string, { runs, unreadable }: StoredRuns, azure: string): KnownRun | undefined {
  const ofVault = runs.filter((run) => run.vaultFolder === folder);
  const latest = latestRun(ofVault, azure, refuse);
  for (const lost of unreadable) {
    const isOlder = latest !== undefined && lost.run < latest.run;
    if (lost.vaultFolder === folder && !isOlder) refuse(lost);
  }
  return latest;
}

function refuse(lost: UnreadableRun): never {
  throw new UserError(
    `run ${lost.run} cannot be continued: ${lost.reason}; look at the vault with plan, then begin anew with --fresh`,
  );
}

/** A run whose end says it can be continued, or that never came to an end. */
export function isUnfinished(last: RecordedEvent | undefined): boolean {
  if (last === undefined) return false;
  return last.type === "run-ended" ? last.resumable : true;
}

function open(run: StoredRun): KnownRun | UnreadableRun {
  const { start, folder } = run;
  const unreadable = (reason: string): UnreadableRun => ({ run: run.run, vaultFolder: run.vaultFolder, reason });
  try {
    if (start.run !== run.run) return unreadable(`its journal is that of run ${start.run}`);
    const { journal, planText } = readRun(run);
    const plan = openPlan(planText, `${folder}/plan.json`);
    const belongs = start.plan === plan.id && sameId(start.vault, plan.vault.id);
    return belongs ? { ...run, journal, plan } : unreadable("its plan.json is not the plan its journal names");
  } catch (error) {
    return unreadable(error instanceof Error ? error.message : String(error));
  }
}

function fits(id: string, wanted: WantedVault): boolean {
  if (wanted.vault?.includes("/") === true) return sameId(wanted.vault, id);
  const scope = scopeOf(id);
  const same = (given: string | undefined, found: string | undefined): boolean =>
    given === undefined || given.toLowerCase() === found?.toLowerCase();
  return (
    same(wanted.vault, scope?.name) &&
    same(wanted.kind, scope?.kind) &&
    same(wanted.resourceGroup, scope?.resourceGroup) &&
    same(wanted.subscription, scope?.subscriptionId)
  );
}

/** Only its folder tells whose an unreadable run is: the vault's name, and a hash of its id. */
function mayFit(lost: UnreadableRun, stateDir: string, wanted: WantedVault): boolean {
  if (wanted.vault === undefined) return true;
  if (wanted.vault.includes("/")) return lost.vaultFolder === vaultFolder(stateDir, wanted.vault);
  const named = basename(vaultFolder(stateDir, `/${wanted.vault}`)).replace(/[0-9a-f]{12}$/, "");
  return basename(lost.vaultFolder).replace(/[0-9a-f]{12}$/, "") === named;
}
