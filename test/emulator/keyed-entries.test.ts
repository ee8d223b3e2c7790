// Entries found by key or group are always those a plain list would give.
import fc from "fast-check";
import { expect, test } from "vitest";

import { keyedEntries } from "../../src/emulator/keyed-entries.ts";

type Thing = { readonly key: string; readonly groups: readonly string[] };

const key = fc.constantFrom("a", "b", "c", "d", "e");
const groups = fc.uniqueArray(fc.constantFrom("one", "other", "third"));
const change = fc.record({ adds: fc.boolean(), key, groups });

test("whatever is added and removed, they are what a list holds, in its order", () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
      const entries = keyedEntries<Thing>([], (thing) => thing.groups);
      let list: readonly Thing[] = [];
      for (const { adds, ...thing } of changes) {
        const held = list.find((other) => other.key === thing.key);
        list = list.filter((other) => other !== held);
        if (adds) entries.add(thing);
        else if (held !== undefined) entries.remove(held);
        if (adds) list = [...list, thing];
        expect(entries.all()).toEqual(list);
        expect(entries.find(thing.key)).toBe(list.find((other) => other.key === thing.key));
        for (const group of ["one", "other", "third"])
          expect(entries.of(group)).toEqual(list.filter((other) => other.groups.includes(group)));
      }
    }),
  );
});

test("an entry that was replaced cannot take its successor away", () => {
  const [first, second] = [
    { key: "a", at: 1 },
    { key: "a", at: 2 },
  ];
  const entries = keyedEntries([first, second]);
  entries.remove(first);
  expect(entries.all()).toEqual([second]);
});
