// What was deleted and can be brought back, as tables and as JSON documents. Draws what was found; it must not ask or decide.

import { nameOf, segmentAfter } from "../model/arm-id.ts";
import type { DeletedContents, DeletedVault, DeletedVaults, DeletionTimes } from "../model/deleted.ts";
import { terminalLine, terminalText, type TerminalText } from "./terminal-text.ts";
import { counted, day } from "./words.ts";

const vaultKinds: Readonly<Record<DeletedVault["kind"], string>> = {
  "recovery-services": "Recovery Services",
  backup: "Backup",
};

const heldWords: Readonly<Record<NonNullable<DeletedVault["held"]>, string>> = {
  "recoverable-data": "recoverable data",
  nothing: "nothing recoverable",
};

const unknown = "unknown";

/** `asked`: the locations that were asked. */
export function deletedVaultsText(found: DeletedVaults, asked: readonly string[]): TerminalText {
  const { vaults, unavailable } = found;
  const heading = `${counted(vaults.length, "soft-deleted vault")} in ${counted(asked.length, "location")}`;
  const lacking = [...Map.groupBy(unavailable, ({ kind }) => kind).values()].flatMap((same) =>
    lackingLines(same, asked.length),
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
  return terminalText([heading, ...table(titles, vaults.map(vaultRow)), ...lacking]);
}

/** Where no location at all has the list, the reason may be another: a cloud that does not know the api-version yet. */
function lackingLines(lacking: DeletedVaults["unavailable"], asked: number): readonly string[] {
  const [first] = lacking;
  if (first === undefined) return [];
  const locations = lacking.map(({ location }) => location).join(", ");
  const line = `${counted(lacking.length, "location")} without a list of deleted ${vaultKinds[first.kind]} vaults: ${locations}`;
  if (lacking.length < asked) return [line];
  return [line, `no location asked has that list: Azure answered ${first.code}: ${first.message}`];
}

function vaultRow(vault: DeletedVault): readonly string[] {
  return [
    vault.name,
    vaultKinds[vault.kind],
    vault.location,
    segmentAfter(vault.vaultId, "resourceGroups") ?? unknown,
    ...timeCells(vault),
    vault.held === undefined ? unknown : heldWords[vault.held],
    nameOf(vault.id),
  ];
}

/** `vault`: its name. */
export function deletedContentsText({ items, containers }: DeletedContents, vault: string): TerminalText {
  const ofItems = items.map((item) => [
    item.name,
    item.workload ?? unknown,
    item.container ?? unknown,
    ...timeCells(item),
    item.lastRecoveryPoint === undefined ? unknown : day(item.lastRecoveryPoint),
  ]);
  const ofContainers = containers.map((container) => [
    container.name,
    container.managementType,
    counted(container.items, "soft-deleted item"),
  ]);
  return terminalText([
    `${counted(items.length, "soft-deleted item")} in ${vault}`,
    ...table(["item", "workload", "container", "deleted", "purge", "days left", "last recovery point"], ofItems),
    `${counted(containers.length, "soft-deleted container")} in ${vault}`,
    ...table(["container", "type", "held"], ofContainers),
  ]);
}

function timeCells({ deletedAt, purgeAt, daysLeft }: DeletionTimes): readonly string[] {
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

export type DeletedVaultsDocument = DeletedVaults & {
  readonly formatVersion: 1;
  readonly subscription: string;
  readonly locations: readonly string[];
};

export function deletedVaultsDocument(
  found: DeletedVaults,
  subscription: string,
  locations: readonly string[],
): DeletedVaultsDocument {
  return { formatVersion: 1, subscription, locations, ...found };
}

export type DeletedContentsDocument = DeletedContents & { readonly formatVersion: 1; readonly vault: string };

/** `vault`: its id. */
export function deletedContentsDocument(found: DeletedContents, vault: string): DeletedContentsDocument {
  return { formatVersion: 1, vault, ...found };
}
