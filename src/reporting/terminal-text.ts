// How text is made safe for a terminal, and the only place that does it. Names come from Azure: nothing in them may reach a
// terminal as a command, or hide.

import { escapedUnits, unsafeCharacters } from "../model/unsafe-characters.ts";

/** Text that a terminal shows as it stands. Only this file makes it; the streams of the command line take no other. */
export type TerminalText = string & { readonly __brand: "TerminalText" };

/** Almost every line: told quickly, for there are thousands. */
const harmless = /^[ -~]*$/;
const special = /::|##|\\u/;

/** What looks like a space and is another: every separator but the one space, and the braille pattern without a dot. */
const strangeSpaces = String.raw`(?! )\p{Zs}|\u2800`;

const unsafe = new RegExp(`${unsafeCharacters}|${strangeSpaces}`, "gu");

/** A backslash that would be taken for the beginning of an escape. */
const ambiguous = /\\(?=u[0-9a-f]{4})/g;

/** The marks by which build servers know a command: `::` at the beginning of a line, `##` anywhere in one. */
const commandMarks = /(?<=:):|(?<=#)#/g;

/**
 * The text as one line, in which whatever steers, hides or passes for a space stands as the escape that JSON has for it
 * (`\u202e`). Two different texts never become the same line; letters of different scripts may still look alike, and spaces
 * at an end are not seen. Text that is escaped already is text like any other: escape once.
 */
export function terminalLine(text: string): TerminalText {
  if (harmless.test(text) && !special.test(text)) return text as TerminalText;
  return text
    .replaceAll(ambiguous, escapedUnits)
    .replaceAll(unsafe, escapedUnits)
    .replaceAll(commandMarks, escapedUnits) as TerminalText;
}

/**
 * One line of a command for a shell. Escapes that it holds already, those of JSON, must reach the shell as they are: a
 * backslash is left alone. Whatever could steer, hide or deceive is escaped all the same.
 */
export function commandLine(text: string): TerminalText {
  return text.replaceAll(unsafe, escapedUnits).replaceAll(commandMarks, escapedUnits) as TerminalText;
}

/** Lines that are safe already, each ended by a line feed. */
export function terminalLines(lines: readonly TerminalText[]): TerminalText {
  return lines.map((line) => `${line}\n`).join("") as TerminalText;
}

/** The lines, each made safe and ended by a line feed. A line break within one is none any more. */
export function terminalText(lines: readonly string[]): TerminalText {
  return lines.map((line) => `${terminalLine(line)}\n`).join("") as TerminalText;
}
