// Lines for people as lists of Markdown: what is told in words for a terminal is told in the same words here.

import { explainCommands } from "../../explanations/explain-command.ts";
import type { Line, TitledLines } from "../words.ts";
import { code, markup, prose, type Markdown } from "./escape.ts";
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

/** Where to read what the code means; none where nothing is known of it. */
export function explainItem(named: string): readonly Markdown[] {
  return explainCommands([named]).map((command) => subitem(markup`what it means: ${code(command)}`));
}

/** An item of each line, escaped. */
export function items(lines: readonly (string | Line)[]): readonly Entry[] {
  return lines.map((line) => () => {
    const { text, inner } = typeof line === "string" ? { text: line } : line;
    return inner === true ? subitem(prose(text)) : item(prose(text));
  });
}

type Lines = { readonly title: string; readonly lines: readonly (string | Line)[] };

/** A section of lines, folded where they are many. */
export function listSection({ title, lines }: Lines, rank: number, more: Partial<Section> = {}): Section {
  const entries = items(lines);
  return { title, entries, rank, ...folding(entries), ...more };
}

/** A section of sentences: never folded, for it is what a person goes on with. */
export function textSection({ title, lines }: TitledLines, rank: number): Section {
  return { title, entries: items(lines), rank };
}

/** Folds a long list, and says how long it is. */
export function folding(entries: readonly Entry[], longest: number = longestOpen): Pick<Section, "folded" | "count"> {
  return { count: entries.length, ...(entries.length > longest ? { folded: true } : {}) };
}
