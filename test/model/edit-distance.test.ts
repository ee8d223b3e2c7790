// The distance between two words is the slips of a hand between them.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { editDistance } from "../../src/model/edit-distance.ts";

const far = Number.POSITIVE_INFINITY;
const word = fc.string({ unit: fc.constantFrom("a", "b", "c", "-"), maxLength: 9 });

/** One slip of a hand: a character left out, put in, changed, or changed round with the next. */
const slip = fc.tuple(fc.nat(), fc.constantFrom("out", "in", "other", "round"), fc.constantFrom("a", "b", "c"));

function slipped(text: string, [place, how, letter]: readonly [number, string, string]): string {
  const at = place % (text.length + 1);
  const [left, first = "", second = "", rest] = [text.slice(0, at), text[at], text[at + 1], text.slice(at + 2)];
  if (how === "out") return left + second + rest;
  if (how === "in") return left + letter + first + second + rest;
  return how === "other" && first !== "" ? left + letter + second + rest : left + second + first + rest;
}

describe("the slips between two words", () => {
  it.each([
    ["", "", 0],
    ["plan", "plann", 1],
    ["strategy", "stratgey", 1],
    ["status", "sttaus", 1],
    ["kitten", "sitting", 3],
    ["", "abc", 3],
  ])("%s and %s: %i", (left, right, slips) => {
    expect(editDistance(left, right, 9)).toBe(slips);
  });

  it("are none for the same word, as many either way, and no more than the slips that were made", () => {
    fc.assert(
      fc.property(word, fc.array(slip, { maxLength: 3 }), (text, slips) => {
        const typed = slips.reduce(slipped, text);
        const counted = editDistance(text, typed, 20);
        expect(editDistance(text, text, 0)).toBe(0);
        expect(editDistance(typed, text, 20)).toBe(counted);
        // Slips on top of each other may count for one more each: the alignment edits no part twice.
        if (slips.length <= 1) expect(counted).toBeLessThanOrEqual(slips.length);
        expect(counted).toBeGreaterThanOrEqual(Math.abs(text.length - typed.length));
      }),
    );
  });

  it("are the same whatever the bound, and infinite beyond it", () => {
    fc.assert(
      fc.property(word, word, fc.nat(9), (left, right, most) => {
        const slips = editDistance(left, right, 99);
        expect(editDistance(left, right, most)).toBe(slips <= most ? slips : far);
      }),
    );
  });
});
