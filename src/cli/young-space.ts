// How much room V8 sets aside for new objects. It must change nothing but the memory that the process takes.

import v8 from "node:v8";

/** Newest version of V8 that the setting was tried with; a version without it would complain on stderr. */
const newestTried = 13;

/**
 * Keeps the room for new objects as small as it is now. By default it grows to 128 MB while a vault of ten thousand items
 * is listed, because nearly all of what is listed stays: more than everything that stays, and without being quicker.
 */
export function keepYoungSpaceSmall(version: string = process.versions.v8): void {
  if (Number.parseInt(version, 10) <= newestTried) v8.setFlagsFromString("--semi-space-growth-factor=1");
}
