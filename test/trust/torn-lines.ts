// Where in a line a write may be cut off. Draws nothing: the same line is always torn in the same places.

/** The end of every line of a file's bytes, its line feed included. */
export function lineEnds(bytes: Buffer): readonly number[] {
  const ends: number[] = [];
  for (let feed = bytes.indexOf(0x0a); feed !== -1; feed = bytes.indexOf(0x0a, feed + 1)) ends.push(feed + 1);
  return ends;
}

/**
 * How many bytes of the line that goes from `start` to `end` are left of it, one way per `turn`: its first, its half, all
 * but the last before the line feed, all but the line feed; and, where it has one, a part of a character of several bytes.
 */
export function tornLength(bytes: Buffer, start: number, end: number, turn: number): number {
  const length = end - start;
  const inCharacter = bytes.subarray(start, end).findIndex((byte) => byte >= 0xc0) + 1;
  const lengths = [1, Math.floor(length / 2), length - 2, length - 1, ...(inCharacter === 0 ? [] : [inCharacter])];
  return lengths[turn % lengths.length] ?? 1;
}
