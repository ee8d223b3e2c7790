// Markdown as its readers take it apart: the bones of a document, and its words. It must not test anything.

import MarkdownIt from "markdown-it";

/** Raw HTML, tables and bare addresses as GitHub takes them; what is no scheme of an address is none there. */
const parser = new MarkdownIt({ html: true, linkify: true });

export type Parsed = {
  /** Every token but words: those of blocks with their marks, inline ones by their type. */
  readonly bones: readonly string[];
  /** What stands in plain words, and what in code. */
  readonly words: string;
  readonly code: readonly string[];
  /** All of it as it is read. */
  readonly read: string;
};

export function parsed(text: string): Parsed {
  const bones: string[] = [];
  const code: string[] = [];
  let words = "";
  let read = "";
  for (const token of parser.parse(text, {})) {
    if (token.type !== "inline")
      bones.push(`${token.type} ${token.markup} ${token.info} ${token.type === "html_block" ? token.content : ""}`);
    for (const inline of token.children ?? []) {
      if (inline.type === "text" || inline.type === "text_special") words += inline.content;
      else if (inline.type === "code_inline") code.push(inline.content);
      else bones.push(inline.type);
      read += inline.type === "softbreak" ? "\n" : inline.content;
    }
    if (token.type === "inline") words += "\n";
  }
  return { bones, words: words.trimEnd(), code, read };
}

/** What GitHub and Azure DevOps make of plain words beyond Markdown: mentions, references, addresses, emoji, formulas. */
export const alive: RegExp =
  /@\w|#\d|\bGH-\d|:[a-z+-][\w+-]*:|\w+:\/\/|\bwww\.|\$|\b[0-9a-f]{7,}\b|!\d|[<>`|[\]\\*_~&]/i;
