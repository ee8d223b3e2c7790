// Lines for people as lists of Markdown: what is told in words for a terminal is told in the same words here.

import type { TitledLines } from "../words.ts";
import { markup, prose, type Markdown } from "./escape.ts";
import type { Entry, Section } from "./sections.ts";

/** Lists longer than this are folded. */
const longestOpen = 12;

/** One item of a list. */
export function item(text: Markdown): Markdown {
  return markup`- ${text}`;
}

/** The same, belonging to the item above it. `depth`: 1 for its own, 2 for those of these. */
export function subitem(text: Markdown, depth = 1): Markdown {
  return `${"  ".repeat(depth)}- ${text}` as Markdown;
}

/** Items of indented lines, each escaped: two spaces are a depth. */
export function items(lines: readonly string[]): readonly Entry[] {
  return lines.map((line) => () => {
    const depth = Math.floor((line.length - line.trimStart().length) / 2);
    return depth === 0 ? item(prose(line)) : subitem(prose(line), depth);
  });
}

/** A section of indented lines, folded where they are many. */
export function listSection({ title, lines }: TitledLines, rank: number, more: Partial<Section> = {}): Section {
  const entries = items(lines);
  return { title, entries, rank, ...folding(entries), ...more };
}

/** Folds a long list, and says how long it is. */
export function folding(entries: readonly Entry[], longest: number = longestOpen): Pick<Section, "folded" | "count"> {
  return { count: entries.length, ...(entries.length > longest ? { folded: true } : {}) };
}
