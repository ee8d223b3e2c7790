// What to do about a write that the system refused: one answer for the state folder and for all that stands in it.

/** A disk, or a share of one, that takes no more. */
const full: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

const forbidden: ReadonlySet<string> = new Set(["EACCES", "EPERM", "EROFS"]);

/** The next action for the path that was refused with this code, to go on in a sentence. */
export function remedyFor(code: string): string {
  if (full.has(code)) return "free the disk";
  if (forbidden.has(code)) return "make it writable";
  return "check that path and its disk";
}
