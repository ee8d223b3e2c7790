// Lists that go on showing, for the world's `listLag`, what was removed or changed. Entries that are new show at once.
// It must not change what stands in a vault, nor answer for a single thing.
import type { Properties } from "./json.ts";
import { object, text } from "./json.ts";
import type { ReplicationEntry } from "./site-recovery/entries.ts";
import { entryFrom, ofKind } from "./site-recovery/entries.ts";
import type { ReplicationKind } from "./site-recovery/kinds.ts";
import type { ContainerState, ItemState, LaggingList, State, VaultState } from "./state.ts";
import { containerFrom, itemFrom } from "./state.ts";
import type { WorldItem, WorldResource } from "./world.ts";

type Listed = ItemState | ContainerState | WorldResource | ReplicationEntry;
type Moment = { readonly state: State; readonly now: number };

/** Said of an entry that is about to be removed or changed at a time: its list goes on showing it as it is now. */
export function keepShowing(state: State, vault: VaultState, list: LaggingList, entry: Listed, at: number): void {
  const seconds = state.document.listLag ?? 0;
  if (seconds === 0 || ("kind" in entry && entry.kind === "jobs")) return;
  const { listedBefore } = vault;
  const first = listedBefore.findIndex(({ until }) => at < until);
  listedBefore.splice(0, first === -1 ? listedBefore.length : first);
  listedBefore.push({ list, entry: saved(entry), until: at + seconds * 1_000 });
}

/** What an entry is made again from. */
function saved(entry: Listed): Properties {
  const { name, properties } = entry;
  if ("path" in entry) return { kind: entry.kind, path: entry.path, properties };
  return "container" in entry ? { container: entry.container, name, properties } : { name, properties };
}

/** Those that stand, with older bodies where the lag says so, and then those that are gone. */
export function listedItems(at: Moment, vault: VaultState): readonly ItemState[] {
  const before = shownBefore(at, vault, "protectedItems").map((entry) => itemFrom(entry as WorldItem));
  return joined(vault.protectedItems.all(), before, ({ key }) => key);
}

/** As for items; those of availability groups among them. */
export function listedContainers(at: Moment, vault: VaultState): readonly ContainerState[] {
  const before = shownBefore(at, vault, "protectionContainers").map((entry) => containerFrom(entry as WorldResource));
  return joined(vault.protectionContainers.all(), before, ({ key }) => key);
}

/** As for items. */
export function listedIntents(at: Moment, vault: VaultState): readonly WorldResource[] {
  const before = shownBefore(at, vault, "protectionIntents") as readonly WorldResource[];
  return joined(vault.protectionIntents, before, ({ name }) => name.toLowerCase());
}

/** As for items. */
export function listedEngines(at: Moment, vault: VaultState): readonly WorldResource[] {
  const before = shownBefore(at, vault, "backupEngines") as readonly WorldResource[];
  return joined(vault.backupEngines, before, ({ name }) => name.toLowerCase());
}

/** As for items; jobs are always as they are. */
export function listedReplication(at: Moment, vault: VaultState, kind: ReplicationKind): readonly ReplicationEntry[] {
  const before = shownBefore(at, vault, "replication")
    .filter((entry) => text(entry, "kind") === kind)
    .map((entry) => entryFrom(kind, { path: text(entry, "path"), properties: object(entry, "properties") }));
  return joined(ofKind(vault, kind), before, ({ key }) => key);
}

function shownBefore({ now }: Moment, vault: VaultState, list: LaggingList): readonly Properties[] {
  return vault.listedBefore.filter((shown) => shown.list === list && now < shown.until).map(({ entry }) => entry);
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
