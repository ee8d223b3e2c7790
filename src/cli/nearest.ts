// "did you mean": of the words that are known, the one that was most likely meant. It must not decide anything.

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
    const slips = slipsBetween(word, candidate.toLowerCase(), slipsAllowed(candidate));
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

/**
 * The distance of Damerau and Levenshtein with adjacent transpositions (optimal string alignment); infinite where it is
 * more than `most`.
 */
export function slipsBetween(left: string, right: string, most: number): number {
  if (Math.abs(left.length - right.length) > most) return Number.POSITIVE_INFINITY;
  let before: readonly number[] = [];
  let above: readonly number[] = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const isSame = left[row - 1] === right[column - 1];
      const isTurned =
        row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      current[column] = Math.min(
        (above[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (isSame ? 0 : 1),
        isTurned ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    if (Math.min(...current) > most + 1) return Number.POSITIVE_INFINITY;
    [before, above] = [above, current];
  }
  const slips = above[right.length] ?? 0;
  return slips <= most ? slips : Number.POSITIVE_INFINITY;
}
