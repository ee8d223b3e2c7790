// Entries in their order, each found by its key, and together by the group they belong to, without looking through all.
// The one home of the emulator's indexes. It must not know what the entries are.

export type KeyedEntries<Entry> = {
  /** Oldest first. */
  readonly all: () => readonly Entry[];
  readonly find: (key: string) => Entry | undefined;
  readonly of: (group: string) => readonly Entry[];
  /** At the end; an entry with the same key gives way to it. */
  readonly add: (entry: Entry) => void;
  readonly remove: (entry: Entry) => void;
};

/** The group of an entry never changes. */
export function keyedEntries<Entry extends { readonly key: string }>(
  entries: Iterable<Entry>,
  groupOf: (entry: Entry) => string = () => "",
): KeyedEntries<Entry> {
  const byKey = new Map<string, Entry>();
  const groups = new Map<string, Set<Entry>>();
  let listed: readonly Entry[] | undefined;
  const remove = (entry: Entry): void => {
    if (byKey.get(entry.key) !== entry) return;
    listed = undefined;
    byKey.delete(entry.key);
    const group = groups.get(groupOf(entry));
    group?.delete(entry);
    if (group?.size === 0) groups.delete(groupOf(entry));
  };
  const add = (entry: Entry): void => {
    const before = byKey.get(entry.key);
    if (before !== undefined) remove(before);
    listed = undefined;
    byKey.set(entry.key, entry);
    const group = groups.get(groupOf(entry)) ?? new Set();
    groups.set(groupOf(entry), group.add(entry));
  };
  for (const entry of entries) add(entry);
  return {
    all: () => (listed ??= [...byKey.values()]),
    find: (key) => byKey.get(key),
    of: (group) => [...(groups.get(group) ?? [])],
    add,
    remove,
  };
}
