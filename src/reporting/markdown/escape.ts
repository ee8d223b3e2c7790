// How text is made safe for Markdown as GitHub and Azure DevOps show it, and the only place that does it. What could be a
// mark, a link, a mention, a reference, an emoji or a formula there is put in code spans, in which both show it as it stands.

import { terminalLine } from "../terminal-text.ts";
import { shortened } from "../words.ts";

/** Markdown that shows as text and changes nothing around it. It fills no more than a line. */
export type Markdown = string & { readonly __brand: "Markdown" };

/** Longer texts are cut: one of them must not push out all others. Azure's longest ids have some 600 characters. */
const longestText = 1500;

/** Longer ones cannot be shown: a command that is cut is another command. */
export const longestCommand = 4000;

/** A word of prose: letters, digits and punctuation that means nothing in it. */
const plainWord = /^[\p{L}\p{M}\p{N}.,;:!?'"()…–—%+-]*$/u;

/** What would mean something in a plain word: list marks, addresses, times, emoji, references and commits. */
const strangeWord = /^[-+]|^\d+[.)]|[.:!%](?=[\p{L}\p{N}(+-])|\bwww\.|\b(?:gh|ghsa|cve)-|\b[0-9a-f]{7,}\b/iu;

/** Punctuation around a word in a code span stays outside of it. */
const dressed = /^(["'(]*)(.*?)([.,;:!?'")]*)$/su;

/** Options that the next word belongs to. */
const takesValue = /^--(?:allow|confirm|format|item|keep|out|report|run|strategy|vault)$/;

/** A command behind a colon, up to a semicolon that it does not quote. */
const commandWithin = /(?<=: |^)((?:az|vault-teardown) (?:[^;'\\]|;(?! )|\\.|'[^']*')*)(?=; |$)/gu;

type Part = { readonly code: boolean; readonly open: string; words: string; close: string };

/**
 * The words of a text: those that could mean something to Markdown stand in code spans, neighbours in one, and commands whole.
 * `longest`: in UTF-16 units.
 */
export function prose(text: string, longest: number = longestText): Markdown {
  const pieces = shortened(terminalLine(text), longest).split(commandWithin);
  // Every second piece is what was split by. Two code spans never touch.
  return pieces
    .map((piece, at) => (at % 2 === 0 ? wordsOf(piece) : span(piece)))
    .filter((piece) => piece !== "")
    .reduce(
      (told, piece) => (piece.startsWith(";") || told === "" ? `${told}${piece}` : `${told} ${piece}`),
      "",
    ) as Markdown;
}

function wordsOf(text: string): string {
  const parts: Part[] = [];
  for (const word of text.split(" ").filter((one) => one !== "")) {
    const last = parts.at(-1);
    const part = partOf(word, last?.close === "" && takesValue.test(last.words));
    if (part.code && last?.code === true && last.close === "" && part.open === "") {
      last.words += ` ${part.words}`;
      last.close = part.close;
    } else parts.push(part);
  }
  return parts
    .map(({ code: isCode, open, words, close }) => `${open}${isCode ? span(words) : words}${close}`)
    .join(" ");
}

function partOf(word: string, isValue: boolean): Part {
  const isPlain = plainWord.test(word) && !strangeWord.test(word);
  if (isPlain && !isValue) return { code: false, open: "", words: word, close: "" };
  const [, open = "", words = word, close = ""] = dressed.exec(word) ?? [];
  return { code: true, open, words, close };
}

/** The whole text in one code span: for names, ids and times. */
export function code(text: string): Markdown {
  return span(shortened(terminalLine(text), longestText)) as Markdown;
}

/** A command as a block that can be copied. It takes several lines. */
export function commandBlock(command: string): Markdown {
  const line = terminalLine(command);
  if (line.length > longestCommand)
    return prose(`too long to be shown here (${line.length} characters): --format json has it`);
  return fenced("sh", line);
}

/** `lines`: made safe for their language. */
export function fenced(language: string, lines: string): Markdown {
  const fence = "`".repeat(Math.max(3, longestRun(lines) + 1));
  return `${fence}${language}\n${lines}\n${fence}` as Markdown;
}

/** Joins pieces of one line or block, and what the caller wrote itself. */
export function markup(pieces: TemplateStringsArray, ...values: readonly (Markdown | number)[]): Markdown {
  return pieces.map((piece, at) => `${piece}${values[at] ?? ""}`).join("") as Markdown;
}

/** A fence longer than every run of backticks within; a space where one would touch it, which Markdown takes away again. */
function span(text: string): string {
  const fence = "`".repeat(longestRun(text) + 1);
  const pad = /^`|`$|^ .*[^ ].* $/.test(text) || text === "" ? " " : "";
  return `${fence}${pad}${text}${pad}${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
