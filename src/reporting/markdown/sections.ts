// A Markdown document of bounded length: its sections share the room there is by their importance, and what was cut is said.

import { documentText, type DocumentText } from "../document-text.ts";
import { markup, type Markdown } from "./escape.ts";

/** One or more whole lines, shown or left out as a whole. Written only where there may be room for it. */
export type Entry = () => Markdown;

export type Section = {
  /** Plain words of this tool. */
  readonly title: string;
  readonly entries: readonly Entry[];
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
  const room = Math.max(0, longest - head.length - lastLine);
  const filled = sections.filter(({ entries }) => entries.length > 0).map((section) => written(section, room));
  const rooms = roomsOf(filled, room);
  const left: string[] = [];
  const shown = filled.flatMap((section, at) => {
    const text = sectionText(section, rooms[at] ?? 0);
    if (text === undefined) left.push(section.title);
    return text === undefined ? [] : [text];
  });
  const titles = [...new Set(left)].join(", ");
  const last =
    titles.length > lastLine - 200 ? "Much is left out, for want of room." : `Left out, for want of room: ${titles}.`;
  return documentText([head, ...shown, ...(left.length === 0 ? [] : [`\n${last} ${whereText} all of it.\n`])]);
}

const whereText = "`--format json` and `--format html` have";

type Written = Omit<Section, "entries"> & {
  /** The first of its entries, as many as there could ever be room for. */
  readonly begun: readonly Markdown[];
  readonly total: number;
  /** Of the whole, or more than the room where it is not written to its end. */
  readonly length: number;
};

function written({ entries, ...section }: Section, room: number): Written {
  const begun: Markdown[] = [];
  let length = around(section).length;
  for (const entry of entries) {
    if (length > room) break;
    begun.push(entry());
    length += lengthOf(section, begun.at(-1));
  }
  return { ...section, begun, total: entries.length, length: begun.length < entries.length ? room + 1 : length };
}

/** With what ends it. */
function lengthOf({ blocks }: Pick<Section, "blocks">, entry: Markdown | undefined): number {
  return (entry?.length ?? 0) + (blocks === true ? 2 : 1);
}

/** Half of what is left to each, the most important first; then what nobody took, in the same order. */
function roomsOf(sections: readonly Written[], room: number): readonly number[] {
  const byRank = sections.map(({ rank }, at) => ({ rank, at })).toSorted((one, other) => one.rank - other.rank);
  const rooms = sections.map(() => 0);
  let left = room;
  for (const share of [2, 1])
    for (const { at } of byRank) {
      const given = Math.min((sections[at]?.length ?? 0) - (rooms[at] ?? 0), Math.floor(left / share));
      rooms[at] = (rooms[at] ?? 0) + given;
      left -= given;
    }
  return rooms;
}

/** Undefined where not even its first entry has room. */
function sectionText(section: Written, room: number): string | undefined {
  const { begun, total, length, blocks } = section;
  if (length <= room) return wrapped(section, begun);
  let left = room - around(section).length - cutLine(total).length - 3;
  const fitting = begun.findIndex((entry) => {
    left -= lengthOf(section, entry);
    return left < 0;
  });
  if (fitting === 0 || begun.length === 0) return undefined;
  const shown = fitting < 0 ? begun : begun.slice(0, fitting);
  const more = cutLine(total - shown.length);
  return wrapped(section, [...shown, blocks === true ? more : markup`\n${more}`]);
}

function cutLine(count: number): Markdown {
  return `… and ${count} more: ${whereText} all of them` as Markdown;
}

function around(section: Omit<Section, "entries">): string {
  return wrapped(section, []);
}

function wrapped({ title, count, folded, blocks }: Omit<Section, "entries">, shown: readonly Markdown[]): string {
  const body = shown.map((entry) => `${entry}${blocks === true ? "\n\n" : "\n"}`).join("");
  const counted = count === undefined ? title : `${title} (${count})`;
  return folded === true
    ? `\n<details><summary>${counted}</summary>\n\n${body}\n</details>\n`
    : `\n### ${counted}\n\n${body}`;
}
