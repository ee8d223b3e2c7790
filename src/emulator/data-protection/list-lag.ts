// Lists of Backup vaults that go on showing, for the world's `listLag`, what was removed or changed, as those of Recovery
// Services vaults do. It must not change what stands in a vault, nor answer for a single thing.
import { sameName } from "../names.ts";
import type { State } from "../state.ts";
import type { WorldBackupVault, WorldTagged } from "./world-backup-vault.ts";

export const laggingBackupLists = ["backupInstances", "deletedBackupInstances", "backupPolicies"] as const;
export type BackupList = (typeof laggingBackupLists)[number];
/** `until` in milliseconds since 1970. */
export type BackupListedBefore = {
  readonly vault: string;
  readonly list: BackupList;
  readonly entry: WorldTagged;
  readonly until: number;
};

export function isBackupList(name: string): name is BackupList {
  return laggingBackupLists.some((list) => list === name);
}

/** Said of a vault that becomes another at a time: what is no longer the same goes on being listed as it was. */
export function keepListing(state: State, before: WorldBackupVault, by: WorldBackupVault, at: number): void {
  const seconds = state.document.listLag ?? 0;
  if (seconds === 0) return;
  const shown = state.backupListedBefore.filter(({ until }) => at < until);
  for (const list of laggingBackupLists) {
    const kept = new Set<WorldTagged>(by[list]);
    for (const entry of before[list])
      if (!kept.has(entry)) shown.push({ vault: before.id, list, entry, until: at + seconds * 1_000 });
  }
  state.backupListedBefore = shown;
}

/** Those that stand, with older bodies where the lag says so, and then those that are gone. */
export function stillListed<Entry extends WorldTagged>(
  { state, now }: { readonly state: State; readonly now: number },
  vault: WorldBackupVault,
  list: BackupList,
  standing: readonly Entry[],
): readonly WorldTagged[] {
  const before = state.backupListedBefore.filter(
    (shown) => shown.list === list && sameName(shown.vault, vault.id) && now < shown.until,
  );
  if (before.length === 0) return standing;
  // the oldest body wins: it is the one that was to be seen so long ago
  const old = new Map(before.toReversed().map(({ entry }) => [entry.name.toLowerCase(), entry]));
  const known = new Set(standing.map(({ name }) => name.toLowerCase()));
  const gone = [...old].filter(([name]) => !known.has(name)).map(([, entry]) => entry);
  return [...standing.map((entry) => old.get(entry.name.toLowerCase()) ?? entry), ...gone];
}
