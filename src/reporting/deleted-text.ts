// What was deleted and can be brought back, as tables and as JSON documents. Draws what was found; it must not ask or decide.

import { nameOf, segmentAfter, vaultWords, type VaultKind } from "../model/arm-id.ts";
import type { DeletedContents, DeletedVault, DeletedVaults, DeletionTimes, HeldItem } from "../model/deleted.ts";
import { terminalLine, terminalText, type TerminalText } from "./terminal-text.ts";
import { counted, day } from "./words.ts";

const heldWords: Readonly<Record<NonNullable<DeletedVault["held"]>, string>> = {
  "recoverable-data": "recoverable data",
  nothing: "nothing recoverable",
};

const unknown = "unknown";

const wayBackForVaults = "bring one back: vault-teardown recover --vault <name or id of the deleted vault>";
const wayBackForItems = "bring one back: vault-teardown recover --vault <name> --item '<pattern>'";

/** Recorded (azcli2025p__test_vault_soft_delete_with_items_middle): that command asks Resource Graph too. */
const whatOneHeld = "what a deleted Recovery Services vault held is listed by: az backup deleted-vault list-containers";

/** Recorded (the same): a row still showed the item as it had been before its deletion. */
const byResourceGraph = "items of deleted Recovery Services vaults: by Azure Resource Graph, which lags by minutes";

/** What was asked for, and where: the locations, by the names other addresses take. */
export type AskedFor = {
  readonly subscription: string;
  readonly kinds: readonly VaultKind[];
  readonly locations: readonly string[];
};

export function deletedVaultsText(found: DeletedVaults, { kinds, locations }: AskedFor): TerminalText {
  const { vaults, unavailable } = found;
  const [only, ...others] = kinds;
  const what = only === undefined || others.length > 0 ? "soft-deleted vault" : `soft-deleted ${vaultWords[only]}`;
  const heading = `${counted(vaults.length, what)} in ${counted(locations.length, "location")}`;
  const lacking = [...Map.groupBy(unavailable, ({ kind }) => kind).values()].flatMap((same) =>
    lackingLines(same, locations.length),
  );
  const titles = [
    "vault",
    "kind",
    "location",
    "resource group",
    "deleted",
    "purge",
    "days left",
    "held",
    "deleted vault",
  ];
  const asked = vaults.some(({ items }) => items !== undefined);
  const isUntold = ({ kind, held, items }: DeletedVault): boolean =>
    kind === "recovery-services" && held !== "nothing" && items === undefined;
  const more = [...(asked ? [byResourceGraph] : []), ...(vaults.some(isUntold) ? [whatOneHeld] : [])];
  const wayBack = vaults.length === 0 ? [] : [wayBackForVaults];
  return terminalText([heading, ...table(titles, vaults.map(vaultRow)), ...lacking, ...more, ...wayBack]);
}

/** Where no location at all has the list, the reason may be another: a cloud that does not know the api-version yet. */
function lackingLines(lacking: DeletedVaults["unavailable"], asked: number): readonly string[] {
  const [first] = lacking;
  if (first === undefined) return [];
  const locations = lacking.map(({ location }) => location).join(", ");
  const line = `${counted(lacking.length, "location")} without a list of deleted ${vaultWords[first.kind]}s: ${locations}`;
  if (lacking.length < asked) return [line];
  return [line, `no location asked has that list: Azure answered ${first.code}: ${first.message}`];
}

function vaultRow(vault: DeletedVault): readonly string[] {
  return [
    vault.name,
    vaultWords[vault.kind],
    vault.location,
    segmentAfter(vault.vaultId, "resourceGroups") ?? unknown,
    ...timeCells(vault),
    heldCell(vault),
    nameOf(vault.id),
  ];
}

/** What the dates say where no items are listed; where they say that nothing can be recovered, that goes before the items. */
function heldCell({ held, items = [] }: DeletedVault): string {
  const byDates = held === undefined ? unknown : heldWords[held];
  if (items.length === 0) return byDates;
  return held === "nothing" ? `${byDates} of ${itemsText(items)}` : itemsText(items);
}

/** `3 items: 2 VM, 1 SQLDataBase`, the most frequent workload first. */
function itemsText(items: readonly HeldItem[]): string {
  const sorts = [...Map.groupBy(items, ({ workload }) => workload)].map(([workload, { length }]) => ({
    workload,
    length,
  }));
  const shown = sorts.toSorted((one, other) => other.length - one.length || (one.workload < other.workload ? -1 : 1));
  return `${counted(items.length, "item")}: ${shown.map(({ workload, length }) => `${length} ${workload}`).join(", ")}`;
}

/** `vault`: its name, and its sort, which decides what can be soft-deleted in it. */
export function deletedContentsText(
  { items, containers, instances }: DeletedContents,
  { name, kind }: { readonly name: string; readonly kind: VaultKind },
): TerminalText {
  const tables =
    kind === "backup"
      ? instanceLines(instances, name)
      : [...itemLines(items, name), ...containerLines(containers, name)];
  const found = items.length + containers.length + instances.length;
  return terminalText([...tables, ...(found === 0 ? [] : [wayBackForItems])]);
}

function itemLines(items: DeletedContents["items"], vault: string): readonly string[] {
  const titles = ["item", "workload", "container", "deleted", "purge", "days left", "last recovery point"];
  const rows = items.map((item) => [
    item.name,
    item.workload ?? unknown,
    item.backupEngine ?? item.container ?? unknown,
    ...timeCells(item),
    item.lastRecoveryPoint === undefined ? unknown : day(item.lastRecoveryPoint),
  ]);
  return [`${counted(items.length, "soft-deleted item")} in ${vault}`, ...table(titles, rows)];
}

function containerLines(containers: DeletedContents["containers"], vault: string): readonly string[] {
  const rows = containers.map(({ name, managementType, items }) => [
    name,
    managementType,
    counted(items, "soft-deleted item"),
  ]);
  const heading = `${counted(containers.length, "soft-deleted container")} in ${vault}`;
  return [heading, ...table(["container", "type", "held"], rows)];
}

function instanceLines(instances: DeletedContents["instances"], vault: string): readonly string[] {
  const titles = ["instance", "datasource type", "policy", "deleted", "billed until", "purge", "days left", "source"];
  const rows = instances.map((instance) => {
    const [deleted, ...untilPurge] = timeCells(instance);
    return [
      instance.name,
      instance.datasourceType,
      instance.policy === undefined ? unknown : nameOf(instance.policy),
      deleted,
      instance.billingEndsAt === undefined ? unknown : minute(instance.billingEndsAt),
      ...untilPurge,
      instance.sourceId ?? unknown,
    ];
  });
  return [`${counted(instances.length, "soft-deleted instance")} in ${vault}`, ...table(titles, rows)];
}

function timeCells({ deletedAt, purgeAt, daysLeft }: DeletionTimes): readonly [string, string, string] {
  return [
    deletedAt === undefined ? unknown : minute(deletedAt),
    purgeAt === undefined ? unknown : minute(purgeAt),
    daysLeft === undefined ? unknown : String(daysLeft),
  ];
}

/** An ISO time to its minute, in UTC; what is no time as it stands. */
function minute(time: string): string {
  const at = Date.parse(time);
  return Number.isNaN(at) ? time : `${new Date(at).toISOString().slice(0, 16).replace("T", " ")}Z`;
}

/** Lines with their columns under each other; no lines without rows. What is measured is what a terminal will show. */
function table(titles: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  if (rows.length === 0) return [];
  const shown = [titles, ...rows];
  const widths = titles.map((_, column) =>
    shown.reduce((widest, row) => Math.max(widest, terminalLine(row[column] ?? "").length), 0),
  );
  return shown.map((row) => `  ${row.map((cell, column) => padded(cell, widths[column] ?? 0)).join("  ")}`.trimEnd());
}

function padded(cell: string, width: number): string {
  return cell + " ".repeat(Math.max(0, width - terminalLine(cell).length));
}

/**
 * `deleted --format json`: what was asked, then `vaults[]` (`items[]` where Azure Resource Graph told them), and what did not answer: `unavailable[]` (no such list there)
 * and `refused[]`. Members are only ever added to a format version; what Azure does not say is absent, never null.
 */
export type DeletedVaultsDocument = AskedFor & DeletedVaults & { readonly formatVersion: 1 };

export function deletedVaultsDocument(found: DeletedVaults, asked: AskedFor): DeletedVaultsDocument {
  return { formatVersion: 1, ...asked, ...found };
}

/**
 * `deleted --vault … --format json`: `vault` (its id) and `kind`, then `items[]` and `containers[]` of a Recovery Services
 * vault, `instances[]` of a Backup vault, and the lists that were refused. Versioned as DeletedVaultsDocument.
 */
export type DeletedContentsDocument = DeletedContents & {
  readonly formatVersion: 1;
  readonly vault: string;
  readonly kind: VaultKind;
};

export function deletedContentsDocument(
  found: DeletedContents,
  vault: { readonly id: string; readonly kind: VaultKind },
): DeletedContentsDocument {
  return { formatVersion: 1, vault: vault.id, kind: vault.kind, ...found };
}
