// A Markdown document of bounded length: its sections share the room there is by their importance, and what was cut is said.

import { documentText, type DocumentText } from "../document-text.ts";
import { markdown, type Markdown } from "./escape.ts";

export type Section = {
  /** Plain words of this tool. */
  readonly title: string;
  /** Each one or more whole lines; shown or left out as a whole. */
  readonly entries: readonly Markdown[];
  /** Of the things it is about, told with the title; entries may be nested. */
  readonly count?: number;
  /** Those with the lowest number get room first. */
  readonly rank: number;
  /** Shown folded: the title stays. */
  readonly folded?: boolean;
  /** The entries are blocks, not lines of one list. */
  readonly blocks?: boolean;
};

/** GitHub takes 65,536 characters in a comment. */
export const longestComment = 64_900;

/** Kept for the line that names what was left out. */
const lastLine = 1000;

/** `head` is never cut; the sections follow it in their order. The length is counted in UTF-16 units, and below `longest`. */
export function boundedDocument(head: Markdown, sections: readonly Section[], longest: number): DocumentText {
  const filled = sections.filter(({ entries }) => entries.length > 0);
  const rooms = roomsOf(filled, longest - head.length - lastLine);
  const left: string[] = [];
  const shown = filled.flatMap((section, at) => {
    const text = sectionText(section, rooms[at] ?? 0);
    if (text === undefined) left.push(section.title);
    return text === undefined ? [] : [text];
  });
  const last =
    left.length === 0 ? [] : [`\nLeft out, for want of room: ${[...new Set(left)].join(", ")}. ${whereText}\n`];
  return documentText([head, ...shown, ...last.map((line) => (line.length > lastLine ? `\n${whereText}\n` : line))]);
}

const whereText = "`--format json` and `--format html` have all of it.";

/** Half of what is left to each, the most important first; then what nobody took, in the same order. */
function roomsOf(sections: readonly Section[], room: number): readonly number[] {
  const needs = sections.map((section) => fullLength(section));
  const byRank = sections.map((_, at) => at).toSorted((one, other) => rankAt(sections, one) - rankAt(sections, other));
  const rooms = sections.map(() => 0);
  let left = Math.max(0, room);
  for (const share of [2, 1])
    for (const at of byRank) {
      const given = Math.min((needs[at] ?? 0) - (rooms[at] ?? 0), Math.floor(left / share));
      rooms[at] = (rooms[at] ?? 0) + given;
      left -= given;
    }
  return rooms;
}

function rankAt(sections: readonly Section[], at: number): number {
  return sections[at]?.rank ?? 0;
}

function fullLength(section: Section): number {
  return around(section).length + entriesLength(section, section.entries);
}

function entriesLength({ blocks }: Section, entries: readonly Markdown[]): number {
  const between = blocks === true ? 2 : 1;
  return entries.reduce((sum, entry) => sum + entry.length + between, 0);
}

/** Undefined where not even its first entry has room. */
function sectionText(section: Section, room: number): string | undefined {
  const { entries, blocks } = section;
  if (fullLength(section) <= room) return wrapped(section, entries);
  const cut = cutLine(entries.length).length + 2;
  let left = room - around(section).length - cut;
  let fitting = 0;
  for (const entry of entries) {
    left -= entriesLength(section, [entry]);
    if (left < 0) break;
    fitting += 1;
  }
  if (fitting === 0) return undefined;
  const more = cutLine(entries.length - fitting);
  const shown = entries.slice(0, fitting);
  return wrapped(section, blocks === true ? [...shown, more] : [...shown, markdown`\n${more}`]);
}

function cutLine(count: number): Markdown {
  return `… and ${count} more: \`--format json\` and \`--format html\` have all of them` as Markdown;
}

function around(section: Section): string {
  return wrapped(section, []);
}

function wrapped({ title, count, folded, blocks }: Section, shown: readonly Markdown[]): string {
  const body = shown.map((entry) => `${entry}${blocks === true ? "\n\n" : "\n"}`).join("");
  const counted = count === undefined ? title : `${title} (${count})`;
  return folded === true
    ? `\n<details><summary>${counted}</summary>\n\n${body}\n</details>\n`
    : `\n### ${counted}\n\n${body}`;
}
