// Which characters must not be shown as they are: they steer terminals, turn the direction of writing, or cannot be seen.

/**
 * As a class of a regular expression with the flag `u`: control characters (C0, DEL, C1), format characters (bidi marks,
 * embeddings and isolates, zero-width ones, the byte order mark), lone surrogates, what has no meaning or only a private
 * one, line and paragraph separators, and whatever else Unicode has displays leave out.
 */
export const unsafeCharacters: string = String.raw`[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]`;

/** A text as JSON escapes it, unit by unit: `\u202e`. */
export function escapedUnits(text: string): string {
  return Array.from({ length: text.length }, (_, at) => escapedUnit(text.charCodeAt(at))).join("");
}

function escapedUnit(unit: number): string {
  return String.raw`\u` + unit.toString(16).padStart(4, "0");
}
