// What a stored run has left behind: which of its writes may have taken effect, and which deleted vault is its own.

import { findDeletedVaults } from "../discovery/deleted-vaults.ts";
import { Ledger } from "../execution/ledger.ts";
import { isUnseenEnd } from "../execution/vault-deletion.ts";
import { apiVersionProfiles } from "../model/api-versions.ts";
import { sameId } from "../model/arm-id.ts";
import type { DeletedVault } from "../model/deleted.ts";
import type { Step } from "../model/step.ts";
import { counted } from "../reporting/words.ts";
import { deletedVaultSources } from "./deleted-sources.ts";
import type { KnownRun } from "./stored-runs.ts";
import { UserError } from "./user-error.ts";
import { scopeFromId } from "./vault-by-id.ts";
import type { Session } from "./wire.ts";

/** What of a stored run tells what it did. */
export type ToldRun = Pick<KnownRun, "run" | "plan"> & {
  readonly journal: Pick<KnownRun["journal"], "events" | "last">;
};

/** Where it stands by its journal. */
export function ledgerOf({ plan, journal }: ToldRun): Ledger {
  const ledger = new Ledger(plan);
  for (const event of journal.events) ledger.take(event, event.at);
  return ledger;
}

/** Whether its write was sent, or may have been: what became of it the lists tell. */
export function mayHaveBegun(ledger: Ledger, step: Step): boolean {
  const state = ledger.state.steps.get(step.id)?.state ?? "pending";
  return state !== "pending" && state !== "skipped";
}

/** Whether its write was sent, or was about to be, and nobody has seen what became of it. */
function isUnderWay(ledger: Ledger, { id, request }: Step): boolean {
  const state = ledger.state.steps.get(id)?.state;
  return request !== undefined && (state === "in-doubt" || state === "accepted");
}

/** Whether Azure said no to it, so that what it was about stands. */
export function wasRefused(ledger: Ledger, { id }: Step): boolean {
  const state = ledger.state.steps.get(id);
  return state?.state === "failed" && !isUnseenEnd(state.failure.code);
}

/** What Azure was still deleting when the run was cut looks untouched until it has done so. */
export function underWayText({ plan }: ToldRun, ledger: Ledger): readonly string[] {
  const steps = plan.steps.filter((step) => isUnderWay(ledger, step));
  if (steps.length === 0) return [];
  return [
    `${counted(steps.length, "write")} of the run ${steps.length === 1 ? "was" : "were"} under way when it was cut: what Azure deletes by ${steps.length === 1 ? "it" : "them"} afterwards is not brought back; run the same command again in some minutes`,
  ];
}

/**
 * Deleted vaults of this id that this run may have deleted, its own first: the oldest since it sent the deletion. None
 * where it sent none. Throws AzureError where their list is refused.
 */
export async function deletedByRun(
  session: Pick<Session, "clients" | "clock">,
  { plan }: ToldRun,
  ledger: Ledger,
): Promise<readonly DeletedVault[]> {
  const deletion = plan.steps.find(({ action }) => action === "delete-vault");
  if (deletion === undefined || !mayHaveBegun(ledger, deletion)) return [];
  const { vault } = plan;
  const clients = session.clients(apiVersionProfiles.soft);
  const subscription = scopeFromId(vault.id).subscriptionId;
  const sources = deletedVaultSources(clients, subscription, [vault.kind]);
  const { vaults, refused } = await findDeletedVaults(sources, [vault.location], session.clock.now());
  const [refusal] = refused;
  if (refusal !== undefined)
    throw new UserError(`the deleted vaults of ${vault.location} were refused: ${refusal.code}: ${refusal.message}`);
  const since = ledger.vaultDeletedSince;
  return vaults
    .filter(({ vaultId, deletedAt }) => sameId(vaultId, vault.id) && Date.parse(deletedAt ?? "") >= since)
    .toSorted((one, other) => Date.parse(one.deletedAt ?? "") - Date.parse(other.deletedAt ?? ""));
}
