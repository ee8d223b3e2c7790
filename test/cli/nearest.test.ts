// The word that was meant: a few slips of a hand lead to it, a word of its own does not.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { meant, nearest } from "../../src/cli/nearest.ts";

const word = fc.string({ unit: fc.constantFrom("a", "b", "c", "-"), maxLength: 9 });

describe("the nearest word", () => {
  it("is one of those that are known, and the word itself where it is known", () => {
    fc.assert(
      fc.property(word, fc.uniqueArray(word, { minLength: 1, maxLength: 5 }), (given, known) => {
        const found = nearest(given, known);
        if (found !== undefined) expect(known).toContain(found);
        const [first = ""] = known;
        if (known.filter((each) => each.startsWith(first)).length === 1) expect(nearest(first, known)).toBe(first);
      }),
    );
  });

  it("is the only one that begins so, but not of a letter or two", () => {
    const known = ["resource-group", "run", "cloud", "color"];
    expect(nearest("resour", known)).toBe("resource-group");
    expect(nearest("re", known)).toBeUndefined();
  });

  it("is none where nothing is near", () => {
    expect(meant("everything", ["disable-immutability", "remove-locks"])).toBe("");
    expect(meant("SOF", ["soft", "purge"])).toBe(": did you mean soft?");
  });
});
