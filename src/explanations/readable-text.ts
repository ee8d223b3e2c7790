// Pasted text made comparable: cut to a bound, unescaped, on one line, with one sort of quotation mark. Linear in its length.

/** Characters of an input that are looked at; what comes after is not. */
export const longestInput: number = 256 * 1024;

export type ReadableText = {
  readonly text: string;
  /** The same in lower case, of the same length. */
  readonly lower: string;
  /** Whether something was cut off. */
  readonly isCut: boolean;
};

const escaped = /\\{1,8}(?:u([0-9a-f]{4})|(["'/nrt]))/gi;

const entities: Readonly<Record<string, string>> = {
  quot: "'",
  apos: "'",
  "#39": "'",
  "#x27": "'",
  "#34": "'",
  nbsp: " ",
};

/** Colours of a terminal, and what Terraform and PowerShell draw in front of each line of an error. */
const decoration = /(?!\s)\p{Cc}\[[0-9;]{0,20}[A-Za-z]|[\u2500-\u257f]|(?<=\n) {1,8}\|(?= )/gu;

/** Bodies are pasted as they lie in logs: JSON in JSON, in quotes of a shell, as HTML, wrapped by a terminal. */
export function readableText(input: string): ReadableText {
  const text = input
    .slice(0, longestInput)
    .replaceAll(escaped, unescapedCharacter)
    .replaceAll(decoration, " ")
    .replaceAll(/&(quot|apos|#39|#x27|#34|nbsp);/g, (_, name: string) => entities[name] ?? "'")
    .replaceAll(/["`\u2018\u2019\u201c\u201d]/g, "'")
    .replaceAll(/\s+/g, " ")
    .trim();
  return { text, lower: lowerCase(text), isCut: input.length > longestInput };
}

function unescapedCharacter(_: string, unit: string | undefined, letter: string | undefined): string {
  if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit, 16));
  return letter === '"' || letter === "'" || letter === "/" ? letter : " ";
}

/** Letters of ASCII alone: others may change the length. */
function lowerCase(text: string): string {
  return text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
