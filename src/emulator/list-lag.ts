// Lists that go on showing, for the world's `listLag`, what was removed or changed. Entries that are new show at once.
// It must not change what stands in a vault, nor answer for a single thing.
import type { Properties } from "./json.ts";
import { object, text } from "./json.ts";
import { sameName } from "./names.ts";
import type { ReplicationEntry } from "./site-recovery/entries.ts";
import { entryFrom } from "./site-recovery/entries.ts";
import type { ReplicationKind } from "./site-recovery/kinds.ts";
import type { ContainerState, ItemState, State, VaultState } from "./state.ts";
import { itemFrom } from "./state.ts";
import type { WorldItem, WorldListedBefore, WorldResource } from "./world.ts";

type LaggingList = WorldListedBefore["list"];
type Listed = ItemState | ContainerState | WorldResource | ReplicationEntry;
type Seen = {
  readonly vault: VaultState;
  readonly list: LaggingList;
  readonly entries: readonly Listed[];
  readonly bodies: readonly Properties[];
};
type Moment = { readonly state: State; readonly now: number };

/** Makes a change, and remembers as of `at` what the lists showed before it. */
export function lagging<Result>(state: State, at: number, change: () => Result): Result {
  const seconds = state.document.listLag ?? 0;
  if (seconds === 0) return change();
  const before = state.vaults.flatMap(seenIn);
  const result = change();
  const until = at + seconds * 1_000;
  for (const seen of before) {
    if (!state.vaults.includes(seen.vault)) continue;
    for (const entry of changedSince(seen)) {
      state.listedBefore.push({ vault: seen.vault.id, list: seen.list, entry, until });
    }
  }
  return result;
}

function listsOf(vault: VaultState): Readonly<Record<LaggingList, readonly Listed[]>> {
  const { protectionIntents, backupEngines, replication } = vault;
  const protectedItems = vault.protectedItems.all();
  const protectionContainers = vault.protectionContainers.all();
  return { protectedItems, protectionContainers, protectionIntents, backupEngines, replication };
}

function seenIn(vault: VaultState): readonly Seen[] {
  return Object.entries(listsOf(vault)).map(([list, entries]) => ({
    vault,
    list: list as LaggingList,
    entries,
    bodies: entries.map(({ properties }) => properties),
  }));
}

/** What is gone or has another body now, as it was. */
function changedSince({ vault, list, entries, bodies }: Seen): readonly Properties[] {
  const standing = listsOf(vault)[list];
  const left = standing === entries ? undefined : new Set(standing);
  const changed: Properties[] = [];
  for (const [index, body] of bodies.entries()) {
    const entry = entries[index];
    if (entry === undefined || ("kind" in entry && entry.kind === "jobs")) continue;
    if (entry.properties !== body || left?.has(entry) === false) changed.push(saved(entry, body));
  }
  return changed;
}

/** What an entry is made again from, with the body it had. */
function saved(entry: Listed, properties: Properties): Properties {
  const { name } = entry;
  if ("path" in entry) return { kind: entry.kind, path: entry.path, properties };
  return "container" in entry ? { container: entry.container, name, properties } : { name, properties };
}

export function listedItems(at: Moment, vault: VaultState): readonly ItemState[] {
  const before = shownBefore(at, vault, "protectedItems").map((entry) => itemFrom(entry as WorldItem));
  return joined(vault.protectedItems.all(), before, ({ key }) => key);
}

export function listedContainers(at: Moment, vault: VaultState): readonly ContainerState[] {
  const before = shownBefore(at, vault, "protectionContainers").map((entry) => {
    const { name, properties } = entry as WorldResource;
    return { name, key: name.toLowerCase(), properties };
  });
  return joined(vault.protectionContainers.all(), before, ({ key }) => key);
}

export function listedIntents(at: Moment, vault: VaultState): readonly WorldResource[] {
  const before = shownBefore(at, vault, "protectionIntents") as readonly WorldResource[];
  return joined(vault.protectionIntents, before, ({ name }) => name.toLowerCase());
}

export function listedEngines(at: Moment, vault: VaultState): readonly WorldResource[] {
  const before = shownBefore(at, vault, "backupEngines") as readonly WorldResource[];
  return joined(vault.backupEngines, before, ({ name }) => name.toLowerCase());
}

export function listedReplication(at: Moment, vault: VaultState): readonly ReplicationEntry[] {
  const before = shownBefore(at, vault, "replication").map((entry) =>
    entryFrom(text(entry, "kind") as ReplicationKind, {
      path: text(entry, "path"),
      properties: object(entry, "properties"),
    }),
  );
  return joined(vault.replication, before, ({ key }) => key);
}

function shownBefore({ state, now }: Moment, vault: VaultState, list: LaggingList): readonly Properties[] {
  return state.listedBefore
    .filter((shown) => shown.list === list && now < shown.until && sameName(shown.vault, vault.id))
    .map(({ entry }) => entry);
}

/** The oldest body wins: it is the one that was to be seen `listLag` ago. */
function joined<Of extends Listed>(
  standing: readonly Of[],
  before: readonly Of[],
  keyOf: (entry: Of) => string,
): readonly Of[] {
  if (before.length === 0) return standing;
  const old = new Map(before.toReversed().map((entry) => [keyOf(entry), entry]));
  const known = new Set(standing.map(keyOf));
  const gone = [...old].filter(([key]) => !known.has(key)).map(([, entry]) => entry);
  return [...standing.map((entry) => old.get(keyOf(entry)) ?? entry), ...gone];
}
