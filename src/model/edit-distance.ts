// How far two words are from each other, as slips of a hand: for "did you mean".

/**
 * How many characters must be put in, left out, replaced or changed round with their neighbour to make one word of the other
 * (Damerau and Levenshtein, optimal string alignment); infinite where it is more than `most`.
 */
export function editDistance(left: string, right: string, most: number): number {
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
