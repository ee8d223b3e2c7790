// How text becomes HTML, and the only place that does it: what is put into a template is text, unless this file made it.

import { terminalLine } from "../terminal-text.ts";

/** Markup that is safe to stand in a page. Only `markup` makes it. */
export type Html = { readonly markup: string };

/** Text is escaped, markup stands as it is, a list is its entries one after the other; what is undefined is nothing. */
export type HtmlValue = string | number | Html | undefined | readonly HtmlValue[];

/**
 * Of a template: text becomes text, and the value of a quoted attribute. Not for a script or a style. Its name is not `html`,
 * because formatters close what they find open in a template of that name, and pages are told in pieces.
 */
export function markup(pieces: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return { markup: pieces.reduce((told, piece, index) => `${told}${markupOf(values[index - 1])}${piece}`) };
}

export const nothing: Html = { markup: "" };

function markupOf(value: HtmlValue): string {
  if (value === undefined) return "";
  if (typeof value === "string") return escaped(value);
  if (typeof value === "number") return String(value);
  return "markup" in value ? value.markup : value.map(markupOf).join("");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return terminalLine(text).replaceAll(/[&<>"']/g, (character) => entities[character] ?? "");
}

/** JSON that may stand in a script element: every string in it made safe to show, and nothing in it ends the element. */
export function scriptJson(value: unknown): Html {
  const json = JSON.stringify(value, (_, inner: unknown) => (typeof inner === "string" ? terminalLine(inner) : inner));
  return { markup: json.replaceAll("<", String.raw`\u003c`) };
}

/** An element of ours with its text as it stands: a script or a style, of which a hash is taken. Throws Error where it would end early. */
export function rawElement(name: "script" | "style", open: string, text: string): Html {
  if (text.toLowerCase().includes(`</${name}`) || text.includes("<!--"))
    throw new Error(`a ${name} of the page holds what would end it`);
  return { markup: `<${open}>${text}</${name}>` };
}
