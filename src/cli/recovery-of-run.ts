// What `recover --run` means: everything that a stored run soft-deleted, in its vault or with it. Reads; plans nothing.

import { createVaultReader } from "../azure/vault-reader.ts";
import { discoverRecoverable } from "../discovery/discover.ts";
import { findDeletedVaults } from "../discovery/deleted-vaults.ts";
import { Ledger } from "../execution/ledger.ts";
import { isUnseenEnd } from "../execution/vault-deletion.ts";
import { apiVersionProfiles } from "../model/api-versions.ts";
import { idKey, sameId } from "../model/arm-id.ts";
import type { DeletedVault } from "../model/deleted.ts";
import type { Plan } from "../model/plan.ts";
import type { Resource } from "../model/resource.ts";
import type { Step } from "../model/step.ts";
import {
  rememberedIn,
  undoingOf,
  unlistedContainers,
  type ListedData,
  type UndoneByRecovery,
} from "../planning/recovery-of-run.ts";
import { wantedOf } from "../planning/wanted-items.ts";
import { counted } from "../reporting/words.ts";
import { deletedVaultSources } from "./deleted-sources.ts";
import type { RecoverArguments } from "./options.ts";
import { leftOut, pastDate } from "./nothing-to-recover.ts";
import { asked, choiceOf, isPastPurge, nameTaken, pastPurge } from "./recovery-of-vault.ts";
import type { NoWay, Wished } from "./recovery-wish.ts";
import { scopeFromId } from "./select-vault.ts";
import { opened, stateDirectory, storedRuns, type KnownRun } from "./stored-runs.ts";
import { UserError } from "./user-error.ts";
import type { Session } from "./wire.ts";

/** Throws UserError for a run that is not stored, not readable, not of this Azure or no teardown; and AzureError. */
export async function wishOfRun(session: Session, options: RecoverArguments, run: string): Promise<Wished> {
  return wishOfKnown(session, options, theRun(session, options, run));
}

/** The same of a run that was found. Throws UserError where Azure does not show the deleted vaults, and AzureError. */
export async function wishOfKnown(
  session: Pick<Session, "clients" | "clock">,
  options: Pick<RecoverArguments, "item">,
  known: ToldRun,
): Promise<Wished> {
  const { plan } = known;
  const ledger = ledgerOf(known);
  const took = (step: Step): boolean => mayHaveBegun(ledger, step);
  const scope = scopeFromId(plan.vault.id);
  const reader = createVaultReader(session.clients(apiVersionProfiles.soft), scope);
  const [vault, deleted] = await Promise.all([reader.vault(), deletedByRun(session, known, ledger)]);
  const remarks = underWayText(plan.steps.filter((step) => isUnderWay(ledger, step)));
  const [entry, ...others] = deleted;
  if (entry !== undefined && vault !== undefined) return nameTakenSince(entry, known);
  if (vault !== undefined) {
    const found = await discoverRecoverable(reader, session.clock);
    const undone = undoingOf(plan, took, listedIn(found.resources, ledger));
    return wishOfStanding({ session, options, known, undone, remarks }, found);
  }
  if (entry === undefined) return gone(known);
  const undone = undoingOf(plan, took, listedIn([], ledger));
  return wishOfDeleted({ session, options, known, undone, remarks }, entry, others);
}

/** What of a stored run tells what it did. */
export type ToldRun = Pick<KnownRun, "run" | "plan"> & {
  readonly journal: Pick<KnownRun["journal"], "events" | "last">;
};

type Story = {
  readonly session: Pick<Session, "clock">;
  readonly options: Pick<RecoverArguments, "item">;
  readonly known: ToldRun;
  readonly undone: UndoneByRecovery;
  /** What a person should know, whether the vault stands or not. */
  readonly remarks: readonly string[];
};

function theRun(session: Session, options: RecoverArguments, run: string): KnownRun {
  const stateDir = stateDirectory(options.stateDir);
  if (session.ephemeral)
    throw new UserError(
      `run ${run} cannot be recovered with --emulator: that world ended with its process; serve one with emulator --port 0 and give its --endpoint`,
    );
  const { runs, unreadable } = storedRuns(stateDir, options);
  const lost = unreadable.find((one) => one.run === run);
  if (lost !== undefined) throw new UserError(`run ${run} cannot be read: ${lost.reason}`);
  const named = [...opened(runs.filter((one) => one.run === run))];
  const [first, second] = named;
  if (first === undefined)
    throw new UserError(
      `run ${run} is not stored in ${stateDir}: name another folder with --state-dir, or the vault with --vault`,
    );
  if (second !== undefined)
    throw new UserError(`run ${run} is stored for several vaults: name one with --vault <full id>`);
  if (!("plan" in first)) throw new UserError(`run ${run} cannot be read: ${first.reason}`);
  if (first.start.azure !== session.azure)
    throw new UserError(
      `run ${run} was on ${first.start.azure}, not on ${session.azure}: give the same connection options`,
    );
  if (first.plan.recovery !== undefined)
    throw new UserError(`run ${run} is a recovery itself: name the teardown that it, too, has undone, or give --vault`);
  return first;
}

function ledgerOf({ plan, journal }: ToldRun): Ledger {
  const ledger = new Ledger(plan);
  for (const event of journal.events) ledger.take(event, event.at);
  return ledger;
}

/** Whether its write was sent, or may have been: what became of it the lists tell. */
function mayHaveBegun(ledger: Ledger, step: Step): boolean {
  const state = ledger.state.steps.get(step.id)?.state ?? "pending";
  return state !== "pending" && state !== "skipped";
}

/** Whether its write was sent, or was about to be, and nobody has seen what became of it. */
function isUnderWay(ledger: Ledger, { id, request }: Step): boolean {
  const state = ledger.state.steps.get(id)?.state;
  return request !== undefined && (state === "in-doubt" || state === "accepted");
}

/** What Azure was still deleting when the run was cut looks untouched until it has done so. */
function underWayText(steps: readonly Step[]): readonly string[] {
  if (steps.length === 0) return [];
  return [
    `${counted(steps.length, "write")} of the run ${steps.length === 1 ? "was" : "were"} under way when it was cut: what Azure deletes by ${steps.length === 1 ? "it" : "them"} afterwards is not brought back; run the same command again in some minutes`,
  ];
}

/**
 * Deleted vaults of this id that this run may have deleted, its own first: the oldest since it sent the deletion. None
 * where it sent none. Throws AzureError where their list is refused.
 */
async function deletedByRun(
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

function nameTakenSince(deleted: DeletedVault, { run }: ToldRun): NoWay {
  const { reason, todo } = nameTaken(deleted);
  return { reason: `run ${run} deleted this vault, and ${reason}`, todo };
}

/** Only what is soft-deleted now; the rest is back, or gone for good. */
function wishOfStanding(
  { session, options, known, undone, remarks: told }: Story,
  { resources: listed, gaps }: Awaited<ReturnType<typeof discoverRecoverable>>,
): Wished {
  const { plan, run } = known;
  const resources = gaps.length > 0 ? listed : [...listed, ...unlistedContainers(plan, undone.wanted, listed)];
  const keys = new Set(undone.wanted.map(idKey));
  const ofRun = resources.filter(({ id, kind }) => keys.has(idKey(id)) || !isRecoverable(kind));
  const { unmatched, known: names, purged, spent, wanted } = wantedOf(ofRun, options.item, session.clock.now());
  const [pattern] = unmatched;
  if (gaps.length === 0 && pattern !== undefined)
    return {
      reason: `nothing that run ${run} soft-deleted fits --item ${pattern}`,
      todo: `it was ${names.join(", ")}`,
    };
  if (gaps.length === 0 && wanted.length === 0 && purged.length === 0) return nothingLeft(known, undone);
  if (gaps.length === 0 && (wanted.length === 0 || spent.length > 0)) return pastDate(plan.vault.name, purged);
  const found = new Set(resources.map(({ id }) => idKey(id)));
  const missing = new Set(undone.wanted.map(idKey).filter((key) => !found.has(key)));
  const remarks = [...told, ...leftOut(purged), ...(missing.size === 0 ? [] : [missingText(missing, plan)])];
  const recovery = { run, ...asked(options.item), wanted, byHand: undone.byHand, remarks };
  return { scope: scopeFromId(plan.vault.id), vault: plan.vault, recovery, resources, gaps };
}

const recoverableKinds: ReadonlySet<Resource["kind"]> = new Set([
  "protected-item",
  "backup-instance",
  "workload-container",
  "storage-container",
]);

/**
 * Of data, whatever the run's plan expected of its deletion: what was seen gone and is there again is another. Of the rest,
 * what Azure has refused stands.
 */
function listedIn(resources: readonly Resource[], ledger: Ledger): ListedData {
  const data = resources.flatMap((one) =>
    one.kind === "protected-item" || one.kind === "backup-instance" ? [one] : [],
  );
  const softDeleted = new Map(data.map((one) => [idKey(one.id), one.softDeleted]));
  return {
    isKept: (target) => softDeleted.get(idKey(target)) === true,
    stands: (step) =>
      isRecoverable(step.kind)
        ? softDeleted.get(idKey(step.target)) === false && !ledger.isVerified(step.id)
        : isRefused(ledger, step),
  };
}

function isRefused(ledger: Ledger, { id }: Step): boolean {
  const state = ledger.state.steps.get(id);
  return state?.state === "failed" && !isUnseenEnd(state.failure.code);
}

function isRecoverable(kind: Resource["kind"]): boolean {
  return recoverableKinds.has(kind);
}

/** By their keys. */
function missingText(missing: ReadonlySet<string>, { inventory }: Plan): string {
  const names = inventory.filter(({ id }) => missing.has(idKey(id))).map(({ name }) => name);
  return `${counted(missing.size, "thing")} that the run soft-deleted ${missing.size === 1 ? "is" : "are"} no longer listed, and purged by all appearances: ${names.slice(0, 10).join(", ")}`;
}

function nothingLeft({ run, plan }: ToldRun, { wanted }: UndoneByRecovery): NoWay {
  return {
    reason:
      wanted.length === 0
        ? `nothing to recover: run ${run} soft-deleted nothing in ${plan.vault.name}`
        : `nothing to recover: what run ${run} soft-deleted in ${plan.vault.name} is back, or purged`,
    todo: `vault-teardown deleted --vault ${plan.vault.name} lists what is soft-deleted there now`,
  };
}

function gone({ run, plan, journal }: ToldRun): NoWay {
  const end = journal.last;
  const until = end?.type === "run-ended" ? end.outcome?.until : undefined;
  const when = until === undefined ? "" : `; run ${run} was told that Azure purges it at ${until}`;
  return {
    reason: `nothing to recover: ${plan.vault.name} does not stand, and the deleted vaults of ${plan.vault.location} do not name it as deleted by run ${run}${when}`,
    todo: "past its purge date a vault is gone for good; vault-teardown deleted lists what can be brought back",
  };
}

function wishOfDeleted(
  { session, options, known, undone, remarks }: Story,
  entry: DeletedVault,
  later: readonly DeletedVault[],
): Wished {
  const { plan, run } = known;
  if (isPastPurge(entry, session.clock.now())) return pastPurge(entry);
  const scope = scopeFromId(plan.vault.id);
  const deletedVault = choiceOf(entry);
  const remembered = rememberedIn(plan, undone.wanted, deletedVault);
  const { wanted, unmatched, known: names, purged } = wantedOf(remembered, options.item, session.clock.now());
  const [pattern] = unmatched;
  if (pattern !== undefined)
    return {
      reason: `nothing that run ${run} soft-deleted fits --item ${pattern}`,
      todo: `it was ${names.join(", ")}`,
    };
  const recovery = {
    run,
    ...asked(options.item),
    deletedVault,
    wanted,
    byHand: undone.byHand,
    remarks: [...remarks, ...purged.map(perhapsPurged), ...laterText(later), ...alongText(plan)],
  };
  return { scope, vault: plan.vault, recovery, resources: remembered, gaps: [] };
}

/** The date is the one that the run's plan expected: what Azure has kept is planned by itself, in the vault that returned. */
function perhapsPurged(name: string): string {
  return `${name} was to be purged by now: what of it is kept can be listed only once the vault stands again`;
}

/** A vault of the name was made and deleted again since: this run's own is the oldest. */
function laterText(later: readonly DeletedVault[]): readonly string[] {
  if (later.length === 0) return [];
  const named = later.map(({ id }) => id).join(", ");
  return [`a vault of this id was deleted again since: ${named}; the one that this run deleted is brought back`];
}

/** Inferred from recordings: with the vault everything soft-deleted in it returns, whoever deleted it. */
function alongText({ inventory }: Plan): readonly string[] {
  const before = inventory.filter(
    (entry) => (entry.kind === "protected-item" || entry.kind === "backup-instance") && entry.softDeleted,
  );
  if (before.length === 0) return [];
  return [`${counted(before.length, "item")} that had been soft-deleted before the run may return with the vault`];
}
