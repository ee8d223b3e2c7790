// The README as tests read it: its code blocks, each with its language and the heading above it.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export type Block = { readonly heading: string; readonly language: string; readonly text: string };

export const readme: string = readFileSync(fileURLToPath(new URL("../../README.md", import.meta.url)), "utf8");

/** Every fenced block in order; its lines without the indent of the fence. */
export const blocks: readonly Block[] = [...blocksOf(readme)];

function* blocksOf(text: string): Generator<Block, void> {
  let heading = "";
  let open: { readonly language: string; readonly indent: number; readonly lines: string[] } | undefined;
  for (const line of text.split("\n")) {
    const fence = /^( *)```(\w*)/.exec(line);
    if (open !== undefined && fence === null) open.lines.push(line.slice(open.indent));
    else if (open !== undefined) {
      yield { heading, language: open.language, text: open.lines.join("\n") };
      open = undefined;
    } else if (fence !== null) open = { language: fence[2] ?? "", indent: fence[1]?.length ?? 0, lines: [] };
    else heading = /^#+ (.*)$/.exec(line)?.[1] ?? heading;
  }
}

/** The one block of this language below that heading. Throws where there is none, or another one. */
export function blockBelow(heading: string, language: string): string {
  const found = blocks.filter((block) => block.heading === heading && block.language === language);
  const [only] = found;
  if (found.length !== 1 || only === undefined)
    throw new Error(`${found.length} blocks of ${language} below "${heading}" in the README`);
  return only.text;
}
