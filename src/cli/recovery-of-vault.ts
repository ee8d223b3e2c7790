// What `recover --vault` means: soft-deleted things in a vault that stands, or a deleted vault. Reads; plans nothing.

import { createVaultReader } from "../azure/vault-reader.ts";
import { elsewhere } from "../dependencies/recovery/elsewhere.ts";
import { askingOnce } from "../discovery/asking-once.ts";
import { discoverRecoverable } from "../discovery/discover.ts";
import { findDeletedVaults } from "../discovery/deleted-vaults.ts";
import { apiVersionProfiles } from "../model/api-versions.ts";
import { armId, idKey, sameId, scopeOf, vaultKinds, type ArmId, type VaultKind } from "../model/arm-id.ts";
import { AzureError } from "../model/azure-error.ts";
import type { DeletedVault, RefusedLocation } from "../model/deleted.ts";
import type { VaultSummary } from "../model/plan.ts";
import type { DeletedVaultChoice, Recovery } from "../model/recovery.ts";
import { counted } from "../reporting/words.ts";
import { activeAmong, meaningOf, wantedOf } from "../planning/wanted-items.ts";
import { isDeletedVaultId, isNamed } from "./deleted-vault-id.ts";
import { deletedVaultSources, locationsToAsk } from "./deleted-sources.ts";
import { tellingWhatItHolds } from "./held-by-deleted-vault.ts";
import { byHandOnly, leftOut, nothingIn, pastDate, unmatchedIn } from "./nothing-to-recover.ts";
import type { RecoverArguments } from "./options.ts";
import type { NoWay, Wished } from "./recovery-wish.ts";
import { selectVault, type Selection } from "./select-vault.ts";
import { UserError } from "./user-error.ts";
import type { Session } from "./wire.ts";

/**
 * `returned`: the id of the vault that an earlier recovery was to make of the deleted one that is named, where there was
 * one. Throws UserError where it is not clear which vault is meant, and AzureError.
 */
export async function wishOfVault(
  session: Session,
  options: RecoverArguments,
  returned: () => string | undefined,
): Promise<Wished> {
  if (isDeletedVaultId(options.vault)) return wishOfDeleted(session, options, returned);
  const selection = await selectStanding(session, options);
  if (selection?.found === "one") return wishOfStanding(session, selection, options);
  return wishOfDeleted(session, options, returned);
}

/** Undefined where the group it was looked for in is gone: a vault that was deleted in it may still be one. */
async function selectStanding(session: Session, options: RecoverArguments): Promise<Selection | undefined> {
  try {
    return await selectVault(session, options);
  } catch (error) {
    if (error instanceof AzureError && error.code === "ResourceGroupNotFound") return undefined;
    throw error;
  }
}

async function wishOfStanding(
  session: Session,
  { scope, vault }: Extract<Selection, { readonly found: "one" }>,
  { item: patterns }: RecoverArguments,
): Promise<Wished> {
  const reader = askingOnce(createVaultReader(session.clients(apiVersionProfiles.soft), scope));
  const { resources, gaps } = await discoverRecoverable(reader, session.clock);
  const items = gaps.length === 0 ? await reader.protectedItems() : [];
  const byHand = elsewhere(items, meaningOf(patterns));
  const { wanted, unmatched, known, purged, spent } = wantedOf(resources, patterns, session.clock.now());
  const [first] = unmatched;
  if (gaps.length === 0) {
    const there = first === undefined ? byHand : elsewhere(items, meaningOf([first]));
    if (there.length > 0 && (first !== undefined || wanted.length === 0)) return byHandOnly(vault.name, there);
    if (first !== undefined) return unmatchedIn(vault.name, first, known, activeAmong(resources, first));
    if (wanted.length === 0 && purged.length === 0) return nothingIn(vault.name);
    if (wanted.length === 0 || spent.length > 0) return pastDate(vault.name, purged);
  }
  const summary: VaultSummary = {
    id: armId(vault.id),
    name: vault.name,
    kind: scope.kind,
    location: vault.location,
    cloud: session.cloud.name,
  };
  const recovery: Recovery = { ...asked(patterns), wanted, byHand, remarks: leftOut(purged) };
  return { scope, vault: summary, recovery, resources, gaps };
}

/** What was asked for, without a member for what was not. */
export function asked(patterns: readonly string[] | undefined): Pick<Recovery, "items"> {
  return patterns === undefined ? {} : { items: patterns };
}

async function wishOfDeleted(
  session: Session,
  options: RecoverArguments,
  returned: () => string | undefined,
): Promise<Wished> {
  const { subscription } = session;
  const subscriptionId = scopeSubscription(options.vault) ?? subscription;
  if (subscriptionId === undefined)
    throw new UserError("no subscription is named: give --subscription or set AZURE_SUBSCRIPTION_ID");
  const clients = session.clients(apiVersionProfiles.soft);
  const kinds = options.kind === undefined ? vaultKinds : [options.kind as VaultKind];
  const locations = await locationsToAsk(clients, subscriptionId, options.location);
  const sources = deletedVaultSources(clients, subscriptionId, kinds);
  const { vaults, refused } = await findDeletedVaults(sources, locations, session.clock.now());
  const fitting = vaults.filter((vault) => fits(vault, options));
  const [newest, ...older] = sameVault(fitting, options).toSorted(newestFirst);
  if (newest === undefined)
    return (await wishOfReturned(session, options, returned())) ?? neverDeleted(options, locations, refused);
  const taken = await standingInItsPlace(session, newest);
  if (taken) return nameTaken(newest);
  const isChosen = options.vault !== undefined && isNamed(options.vault, newest.id);
  const remarks = [...(isChosen ? [] : unseenText(refused)), ...olderText(older)];
  return tellingWhatItHolds(session, newest, wishFor(session, newest, options, remarks), options.item);
}

/** What was deleted by this name is deleted no more: what is soft-deleted in the vault it has become. */
async function wishOfReturned(
  session: Session,
  options: RecoverArguments,
  vault: string | undefined,
): Promise<Wished | undefined> {
  if (vault === undefined) return undefined;
  const selection = await selectVault(session, { ...options, vault, kind: undefined });
  return selection.found === "one" ? wishOfStanding(session, selection, options) : undefined;
}

function scopeSubscription(given: string | undefined): string | undefined {
  return given === undefined ? undefined : /\/subscriptions\/([^/]+)\//i.exec(given)?.[1];
}

function fits({ id, vaultId, name }: DeletedVault, { vault, resourceGroup }: RecoverArguments): boolean {
  const group = scopeOf(vaultId)?.resourceGroup;
  if (resourceGroup !== undefined && group?.toLowerCase() !== resourceGroup.toLowerCase()) return false;
  if (vault === undefined) return true;
  return sameId(vault, vault.includes("/") ? vaultId : name) || isNamed(vault, id);
}

/** Several deleted vaults may have been one vault: the newest of them is meant. Throws UserError for several vaults. */
function sameVault(fitting: readonly DeletedVault[], { vault }: RecoverArguments): readonly DeletedVault[] {
  const byVault = Map.groupBy(fitting, ({ vaultId }) => idKey(vaultId));
  if (byVault.size < 2) return fitting;
  const what =
    vault === undefined ? "several vaults were deleted" : `${byVault.size} deleted vaults were named ${vault}`;
  throw new UserError(
    `${what}: name one with --vault <full id>, --resource-group or --kind:`,
    fitting.slice(0, 20).map(({ vaultId, deletedAt }) => `  ${vaultId}, deleted ${deletedAt ?? "at an unknown time"}`),
  );
}

function newestFirst(one: DeletedVault, other: DeletedVault): number {
  return timeOf(other) - timeOf(one);
}

function timeOf({ deletedAt }: DeletedVault): number {
  return Date.parse(deletedAt ?? "") || 0;
}

function neverDeleted(
  { vault, location }: RecoverArguments,
  locations: readonly string[],
  refused: readonly RefusedLocation[],
): NoWay {
  const where = location === undefined ? counted(locations.length, "location") : `location ${locations.join()}`;
  const [first] = refused;
  if (first !== undefined)
    return {
      reason: `the vault ${vault ?? ""} neither stands nor is among the deleted vaults that could be read; ${refused.length} lists were refused, as that of ${first.location} (${first.code})`,
      todo: "get the right to read them (Reader on the subscription), or name another --location",
    };
  return {
    reason: `nothing to recover: the vault ${vault ?? ""} neither stands nor is among the deleted vaults of ${where}`,
    todo: "check the name and --subscription with vault-teardown deleted; past its purge date a vault is gone for good",
  };
}

/** Whether a vault stands under the id that the deleted one had. Throws AzureError. */
async function standingInItsPlace(session: Session, { vaultId }: DeletedVault): Promise<boolean> {
  const scope = scopeOf(vaultId);
  if (scope === undefined) return false;
  return (await createVaultReader(session.clients(apiVersionProfiles.soft), scope).vault()) !== undefined;
}

/** A deleted vault returns under the name it had, and only there. One that has just returned may be listed for a while. */
export function nameTaken({ name, vaultId, id }: DeletedVault): NoWay {
  return {
    reason: `the name is taken: a vault stands under ${vaultId}, and the deleted ${name} (${id}) can return only there`,
    todo: "look first whether that is the deleted one, brought back a moment ago (vault-teardown plan --vault shows what it holds); delete or move it only if it is another, then run the same command again",
  };
}

/** The recovery of a deleted vault by itself: what is soft-deleted in it can be listed only once it stands again. */
function wishFor(
  session: Session,
  deleted: DeletedVault,
  options: RecoverArguments,
  remarks: readonly string[],
): Wished {
  const scope = scopeOf(deleted.vaultId);
  if (scope === undefined)
    return {
      reason: `Azure does not say which vault ${deleted.id} was`,
      todo: "bring it back in the portal: Business Continuity Center, deleted vaults",
    };
  if (isPastPurge(deleted, session.clock.now())) return pastPurge(deleted);
  const vault = summaryOf(deleted, session.cloud.name);
  const recovery: Recovery = {
    ...asked(options.item),
    deletedVault: choiceOf(deleted),
    wanted: [],
    byHand: [],
    remarks: [...remarks, afterwards],
  };
  return { scope, vault, recovery, resources: [deletedVaultResource(vault)], gaps: [] };
}

const afterwards =
  "what is soft-deleted in it can be listed only once it stands again: the same command then plans that, and asks again";

/** Lists go on naming a vault for a while; one that held nothing is purged when it is deleted, and returned all the same (recorded). */
export function isPastPurge({ held, purgeAt }: DeletedVault, now: number): boolean {
  return held !== "nothing" && purgeAt !== undefined && Date.parse(purgeAt) <= now;
}

/** Azure still lists it, and has destroyed what it held. */
export function pastPurge({ name, purgeAt }: DeletedVault): NoWay {
  return {
    reason: `past the purge date: Azure purged ${name} at ${purgeAt ?? ""}`,
    todo: "nothing brings it back: create a new vault and take new backups",
  };
}

/** How a plan names the deleted vault. */
export function choiceOf({ id, deletedAt, purgeAt }: DeletedVault): DeletedVaultChoice {
  return {
    id: armId(id),
    ...(deletedAt === undefined ? {} : { deletedAt }),
    ...(purgeAt === undefined ? {} : { purgeAt }),
  };
}

/** The vault that the deleted one was. */
function summaryOf({ vaultId, name, kind, location }: DeletedVault, cloud: string): VaultSummary {
  return { id: armId(vaultId), name, kind, location, cloud };
}

function deletedVaultResource({ id, name, location }: VaultSummary) {
  const protectedByTag: readonly ArmId[] = [];
  return { kind: "vault" as const, id, name, state: "SoftDeleted", location, protectedByTag };
}

/** What was not seen may be a newer one, or another vault of the name. */
function unseenText(refused: readonly RefusedLocation[]): readonly string[] {
  const [first] = refused;
  if (first === undefined) return [];
  return [
    `${counted(refused.length, "list")} of deleted vaults ${refused.length === 1 ? "was" : "were"} refused, as that of ${first.location} (${first.code}): whether another of this name is there is not known`,
  ];
}

/** Which of several was chosen is said, and how to choose another. */
function olderText(older: readonly DeletedVault[]): readonly string[] {
  if (older.length === 0) return [];
  const named = older.map(({ id, deletedAt }) => `${id} of ${deletedAt ?? "an unknown time"}`).join(", ");
  return [
    `${older.length + 1} deleted vaults had this id, and the newest is brought back; another by its own id with --vault: ${named}`,
  ];
}
