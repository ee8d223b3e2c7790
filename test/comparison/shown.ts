// How a table of known troubles points at what shows them handled here, and how such a pointer is checked. Data only leads here.

import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A test by its file and title, which may end in … where more follows; or a phrase of the README. */
export type Shown = { readonly test: string; readonly title: string } | { readonly readme: string };

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Undefined when what is pointed at is there. */
export function problemOf(shown: Shown): string | undefined {
  if ("readme" in shown) return flat(read("README.md")).includes(shown.readme) ? undefined : `README: ${shown.readme}`;
  if (!existsSync(`${root}test/${shown.test}`)) return `no file test/${shown.test}`;
  const found = titles(read(`test/${shown.test}`)).some((title) => fits(title, shown.title));
  return found ? undefined : `no "${shown.title}" in test/${shown.test}`;
}

function fits(title: string, wanted: string): boolean {
  return wanted.endsWith("…") ? title.startsWith(wanted.slice(0, -1)) : title === wanted;
}

/** The first text of every call that ends in `it(…`, `test(…` or a table's `)(…`. */
function titles(source: string): readonly string[] {
  return [...source.matchAll(/(?:\bit|\btest|\))\(\s*"((?:[^"\\]|\\.)*)"/g)].map((match) => match[1] ?? "");
}

function read(path: string): string {
  return readFileSync(`${root}${path}`, "utf8");
}

function flat(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}
