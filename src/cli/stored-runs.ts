// Runs kept in the state folder: which of them an apply continues, and which one a status is about.

import { idKey, scopeOf } from "../model/arm-id.ts";
import type { RecordedEvent } from "../model/event.ts";
import type { Plan } from "../model/plan.ts";
import { allRuns, type StoredRun } from "../journal/state-folder.ts";
import { openPlan } from "../planning/plan-document.ts";
import type { ConnectionArguments } from "./options.ts";
import { UserError } from "./user-error.ts";

export type KnownRun = StoredRun & { readonly plan: Plan; readonly azure: string };

export function stateDirectory(given: string | undefined): string {
  return given ?? process.env["VAULT_TEARDOWN_STATE_DIR"] ?? ".vault-teardown";
}

/** Every stored run that fits what the command line says about the vault, oldest first. */
export function storedRuns(stateDir: string, options: ConnectionArguments): readonly KnownRun[] {
  return allRuns(stateDir)
    .filter((run) => fits(run, options))
    .toSorted((a, b) => (a.run < b.run ? -1 : 1))
    .map((run) => ({
      ...run,
      plan: openPlan(run.planText, `${run.folder}/plan.json`),
      azure: startOf(run.journal.events)?.azure ?? "",
    }));
}

/**
 * The run that an apply continues: the only unfinished one on the same Azure. Throws UserError when several vaults have
 * one and none is named.
 */
export function unfinishedRun(runs: readonly KnownRun[], azure: string): KnownRun | undefined {
  const byVault = new Map<string, KnownRun>();
  for (const run of runs.filter((candidate) => candidate.azure === azure)) byVault.set(idKey(run.plan.vault.id), run);
  const unfinished = [...byVault.values()].filter((run) => isUnfinished(run.journal.events));
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

function fits(run: StoredRun, options: ConnectionArguments): boolean {
  const id = startOf(run.journal.events)?.vault;
  if (id === undefined) return false;
  const scope = scopeOf(id);
  const same = (given: string | undefined, found: string | undefined): boolean =>
    given === undefined || given.toLowerCase() === found?.toLowerCase();
  if (options.vault?.includes("/") === true) return idKey(options.vault) === idKey(id);
  return (
    same(options.vault, scope?.name) &&
    same(options.resourceGroup, scope?.resourceGroup) &&
    same(options.subscription, scope?.subscriptionId)
  );
}
