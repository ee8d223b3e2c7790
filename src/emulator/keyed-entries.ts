// Entries in their order, each found by its key, and together by the groups they belong to, without looking through all.
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

/** The groups of an entry never change. */
export function keyedEntries<Entry extends { readonly key: string }>(
  entries: Iterable<Entry>,
  groupsOf: (entry: Entry) => readonly string[] = () => [],
): KeyedEntries<Entry> {
  const byKey = new Map<string, Entry>();
  const groups = new Map<string, Set<Entry>>();
  let listed: readonly Entry[] | undefined;
  const remove = (entry: Entry): void => {
    if (byKey.get(entry.key) !== entry) return;
    listed = undefined;
    byKey.delete(entry.key);
    for (const name of groupsOf(entry)) {
      const group = groups.get(name);
      group?.delete(entry);
      if (group?.size === 0) groups.delete(name);
    }
  };
  const add = (entry: Entry): void => {
    const before = byKey.get(entry.key);
    if (before !== undefined) remove(before);
    listed = undefined;
    byKey.set(entry.key, entry);
    for (const name of groupsOf(entry)) groups.set(name, (groups.get(name) ?? new Set()).add(entry));
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
