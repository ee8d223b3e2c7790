// What `recover --run` means: everything that a stored run soft-deleted, in its vault or with it. Reads; plans nothing.

import { createVaultReader } from "../azure/vault-reader.ts";
import { discoverRecoverable } from "../discovery/discover.ts";
import type { Ledger } from "../execution/ledger.ts";
import { apiVersionProfiles } from "../model/api-versions.ts";
import { idKey } from "../model/arm-id.ts";
import type { DeletedVault } from "../model/deleted.ts";
import type { Plan } from "../model/plan.ts";
import { isBackupData, isRegistrable, type Resource } from "../model/resource.ts";
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
import type { RecoverArguments } from "./options.ts";
import { leftOut, pastDate } from "./nothing-to-recover.ts";
import { asked, choiceOf, isPastPurge, nameTaken, pastPurge } from "./recovery-of-vault.ts";
import type { NoWay, Wished } from "./recovery-wish.ts";
import { storedTeardown } from "./stored-teardown.ts";
import { deletedByRun, ledgerOf, mayHaveBegun, underWayText, wasRefused, type ToldRun } from "./traces-of-run.ts";
import { isUnfinished } from "./stored-runs.ts";
import { scopeFromId } from "./vault-by-id.ts";
import type { Session } from "./wire.ts";

/** Throws UserError for a run that is not stored, not readable, not of this Azure or no teardown; and AzureError. */
export async function wishOfRun(session: Session, options: RecoverArguments, run: string): Promise<Wished> {
  return wishOfKnown(session, options, storedTeardown(session, options, run));
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
  const remarks = underWayText(known, ledger);
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

type Story = {
  readonly session: Pick<Session, "clock">;
  readonly options: Pick<RecoverArguments, "item">;
  readonly known: ToldRun;
  readonly undone: UndoneByRecovery;
  /** What a person should know, whether the vault stands or not. */
  readonly remarks: readonly string[];
};

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
  const ofRun = resources.filter((one) => keys.has(idKey(one.id)) || !isRecoverable(one));
  const { unmatched, known: names, purged, spent, wanted } = wantedOf(ofRun, options.item, session.clock.now());
  const [pattern] = unmatched;
  if (gaps.length === 0 && pattern !== undefined) return nothingFits(pattern, run, names);
  if (gaps.length === 0 && wanted.length === 0 && purged.length === 0) return nothingLeft(known, undone, told);
  if (gaps.length === 0 && (wanted.length === 0 || spent.length > 0)) return pastDate(plan.vault.name, purged);
  const found = new Set(resources.map(({ id }) => idKey(id)));
  const missing = new Set(undone.wanted.map(idKey).filter((key) => !found.has(key)));
  const remarks = [
    ...unfinishedText(known),
    ...told,
    ...leftOut(purged),
    ...(missing.size === 0 ? [] : [missingText(missing, plan)]),
  ];
  const recovery = { run, ...asked(options.item), wanted, byHand: undone.byHand, remarks };
  return { scope: scopeFromId(plan.vault.id), vault: plan.vault, recovery, resources, gaps };
}

function nothingFits(pattern: string, run: string, names: readonly string[]): NoWay {
  return {
    reason: `nothing that run ${run} soft-deleted fits --item ${pattern}`,
    todo: `it was ${names.join(", ")}`,
  };
}

/**
 * Of data, whatever the run's plan expected of its deletion: what was seen gone and is there again is another. Of the rest,
 * what Azure has refused stands.
 */
function listedIn(resources: readonly Resource[], ledger: Ledger): ListedData {
  const data = resources.filter((one) => isBackupData(one));
  const softDeleted = new Map(data.map((one) => [idKey(one.id), one.softDeleted]));
  return {
    isKept: (target) => softDeleted.get(idKey(target)) === true,
    stands: (step) =>
      isRecoverable(step)
        ? softDeleted.get(idKey(step.target)) === false && !ledger.isVerified(step.id)
        : wasRefused(ledger, step),
  };
}

function isRecoverable(one: Pick<Resource, "kind">): boolean {
  return isBackupData(one) || isRegistrable(one);
}

/** By their keys. */
function missingText(missing: ReadonlySet<string>, { inventory }: Plan): string {
  const names = inventory.filter(({ id }) => missing.has(idKey(id))).map(({ name }) => name);
  return `${counted(missing.size, "thing")} that the run soft-deleted ${missing.size === 1 ? "is" : "are"} no longer listed, and purged by all appearances: ${names.slice(0, 10).join(", ")}`;
}

function nothingLeft({ run, plan }: ToldRun, { wanted }: UndoneByRecovery, told: readonly string[]): NoWay {
  // What Azure goes on deleting is neither back nor purged.
  if (told.length > 0)
    return { reason: `nothing to recover in ${plan.vault.name} yet, of run ${run}`, todo: told.join("; ") };
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
  if (pattern !== undefined) return nothingFits(pattern, run, names);
  const recovery = {
    run,
    ...asked(options.item),
    deletedVault,
    wanted,
    byHand: undone.byHand,
    remarks: [
      ...unfinishedText(known),
      ...remarks,
      ...purged.map(perhapsPurged),
      ...laterText(later),
      ...alongText(plan),
    ],
  };
  return { scope, vault: plan.vault, recovery, resources: remembered, gaps: [] };
}

/** A teardown that could go on does not any more, once what it did is being undone. */
function unfinishedText({ run, journal }: ToldRun): readonly string[] {
  return isUnfinished(journal.last)
    ? [`run ${run} is unfinished: once this recovery has begun it is not continued`]
    : [];
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
  const before = inventory.filter((entry) => isBackupData(entry) && entry.softDeleted);
  if (before.length === 0) return [];
  return [`${counted(before.length, "item")} that had been soft-deleted before the run may return with the vault`];
}
