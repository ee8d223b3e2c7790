// "did you mean": of the words that are known, the one that was most likely meant. It must not decide anything.

import { editDistance } from "../model/edit-distance.ts";

/**
 * The known word nearest to the one given: the only one it is the beginning of, or the one with the fewest slips of a hand
 * (a character too many, too few, another, or two changed round), where these are few for its length. Case does not count.
 */
export function nearest(given: string, known: readonly string[]): string | undefined {
  const word = given.toLowerCase();
  const begun = known.filter((candidate) => candidate.toLowerCase().startsWith(word));
  if (word.length >= 3 && begun.length === 1) return begun[0];
  let [best, fewest]: [string | undefined, number] = [undefined, Number.POSITIVE_INFINITY];
  for (const candidate of known) {
    const slips = editDistance(word, candidate.toLowerCase(), slipsAllowed(candidate));
    if (slips < fewest) [best, fewest] = [candidate, slips];
  }
  return best;
}

/** `: did you mean soft?`, or nothing. */
export function meant(given: string, known: readonly string[], before = ""): string {
  const word = nearest(given, known);
  return word === undefined ? "" : `: did you mean ${before}${word}?`;
}

function slipsAllowed(word: string): number {
  return Math.min(3, Math.ceil(word.length / 4));
}
