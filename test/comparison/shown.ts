// How a table of known troubles points at what shows them handled here, and how such a pointer is checked. Data only leads here.

import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A test by its file and title, or a phrase of the README. */
export type Shown = { readonly test: string; readonly title: string } | { readonly readme: string };

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Undefined when what is pointed at is there. */
export function problemOf(shown: Shown): string | undefined {
  if ("readme" in shown) return flat(read("README.md")).includes(shown.readme) ? undefined : `README: ${shown.readme}`;
  if (!existsSync(`${root}test/${shown.test}`)) return `no file test/${shown.test}`;
  return titles(read(`test/${shown.test}`)).has(shown.title) ? undefined : `no "${shown.title}" in test/${shown.test}`;
}

/** The first text of every call that ends in `it(…`, `test(…` or a table's `)(…`. */
function titles(source: string): ReadonlySet<string> {
  return new Set([...source.matchAll(/(?:\bit|\btest|\))\(\s*"((?:[^"\\]|\\.)*)"/g)].map((match) => match[1] ?? ""));
}

function read(path: string): string {
  return readFileSync(`${root}${path}`, "utf8");
}

function flat(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}
