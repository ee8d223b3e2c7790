// Runs kept in the state folder: which of them an apply continues, and which one a status is about.

import { basename } from "node:path";
import { idKey, sameId, scopeOf } from "../model/arm-id.ts";
import type { RecordedEvent } from "../model/event.ts";
import type { Plan } from "../model/plan.ts";
import { allRuns, vaultFolder, type StoredRun, type UnreadableRun } from "../journal/state-folder.ts";
import { openPlan } from "../planning/saved-plan.ts";
import { UserError } from "./user-error.ts";

export type KnownRun = StoredRun & { readonly plan: Plan; readonly azure: string };

/** What is said about the vault a run is looked for; what is not said fits all. */
export type WantedVault = {
  readonly vault?: string | undefined;
  readonly resourceGroup?: string | undefined;
  readonly subscription?: string | undefined;
};

export type KnownRuns = { readonly known: readonly KnownRun[]; readonly unreadable: readonly UnreadableRun[] };

export function stateDirectory(given: string | undefined): string {
  return given ?? process.env["VAULT_TEARDOWN_STATE_DIR"] ?? ".vault-teardown";
}

/** Every stored run of the wanted vault, oldest first. A run whose files do not belong together is unreadable, not lost. */
export function storedRuns(stateDir: string, wanted: WantedVault): KnownRuns {
  const { runs, unreadable } = allRuns(stateDir);
  const opened = runs
    .filter((run) => fits(startOf(run.journal.events)?.vault, wanted))
    .toSorted((a, b) => (a.run < b.run ? -1 : 1))
    .map(open);
  return {
    known: opened.filter((run) => "plan" in run),
    unreadable: [
      ...unreadable.filter((run) => mayFit(run, stateDir, wanted)),
      ...opened.filter((run) => "reason" in run),
    ],
  };
}

/**
 * The run that an apply continues: the only unfinished one on the same Azure. Throws UserError when several vaults have
 * one and none is named, and when the latest run of the vault cannot be read: what it did is not known.
 */
export function unfinishedRun({ known, unreadable }: KnownRuns, azure: string): KnownRun | undefined {
  const latest = new Map<string, KnownRun>();
  for (const run of known.filter((candidate) => candidate.azure === azure)) latest.set(idKey(run.plan.vault.id), run);
  const unfinished = [...latest.values()].filter((run) => isUnfinished(run.journal.events));
  for (const lost of unreadable) {
    const newer = known.some((run) => run.vaultFolder === lost.vaultFolder && run.run > lost.run);
    if (!newer)
      throw new UserError(
        `run ${lost.run} cannot be continued: ${lost.reason}; look at the vault with plan, then begin anew with --fresh`,
      );
  }
  if (unfinished.length > 1)
    throw new UserError(
      `unfinished runs of ${unfinished.length} vaults are stored (${unfinished.map((run) => run.plan.vault.name).join(", ")}): name one with --vault`,
    );
  return unfinished[0];
}

/** A run whose end says it can be continued, or that never came to an end. */
function isUnfinished(events: readonly RecordedEvent[]): boolean {
  const last = events.at(-1);
  if (last === undefined) return false;
  return last.type === "run-ended" ? last.resumable : true;
}

function startOf(events: readonly RecordedEvent[]): Extract<RecordedEvent, { type: "run-started" }> | undefined {
  const [first] = events;
  return first?.type === "run-started" ? first : undefined;
}

function open(run: StoredRun): KnownRun | UnreadableRun {
  const { run: name, vaultFolder: folder } = run;
  const start = startOf(run.journal.events);
  try {
    const plan = openPlan(run.planText, `${run.folder}/plan.json`);
    if (start !== undefined && start.plan === plan.id && sameId(start.vault, plan.vault.id))
      return { ...run, plan, azure: start.azure };
    return { run: name, vaultFolder: folder, reason: "its plan.json is not the plan its journal names" };
  } catch (error) {
    return { run: name, vaultFolder: folder, reason: error instanceof Error ? error.message : String(error) };
  }
}

function fits(id: string | undefined, wanted: WantedVault): boolean {
  if (id === undefined) return false;
  if (wanted.vault?.includes("/") === true) return sameId(wanted.vault, id);
  const scope = scopeOf(id);
  const same = (given: string | undefined, found: string | undefined): boolean =>
    given === undefined || given.toLowerCase() === found?.toLowerCase();
  return (
    same(wanted.vault, scope?.name) &&
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
