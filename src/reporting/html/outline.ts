// The lines that the text formats print, as lists of a page: the words stay theirs, indentation becomes nesting. It says nothing itself.

import { markup, nothing, type Html } from "./html-text.ts";

type Entry = { readonly text: string; readonly under: Entry[] };

/** Lines that are indented stand under the one before them that is indented less. Empty lines are left out. */
export function outline(lines: readonly string[]): Html {
  const top: Entry[] = [];
  const open: { readonly depth: number; readonly under: Entry[] }[] = [{ depth: -1, under: top }];
  for (const line of lines.filter((one) => one.trim() !== "")) {
    const depth = line.length - line.trimStart().length;
    while (open.length > 1 && (open.at(-1)?.depth ?? -1) >= depth) open.pop();
    const entry: Entry = { text: line.trim(), under: [] };
    open.at(-1)?.under.push(entry);
    open.push({ depth, under: entry.under });
  }
  return list(top, "outline");
}

function list(entries: readonly Entry[], kind = ""): Html {
  if (entries.length === 0) return nothing;
  return markup`<ul class="${kind}">
    ${entries.map(({ text, under }) => markup`<li>${text}${list(under)}</li>`)}
  </ul>`;
}

/** Columns before the text of a line with a label. */
const labelWidth = 10;

/** Lines that begin with a label of ten columns, as terms and what is said of them; without a label, more of the one before. */
export function labelled(lines: readonly string[]): Html {
  const terms: { readonly label: string; readonly texts: string[] }[] = [];
  for (const line of lines) {
    const label = line.slice(0, labelWidth).trim();
    const text = line.slice(labelWidth);
    const last = terms.at(-1);
    if (last !== undefined && (label === "" || label === last.label)) last.texts.push(text);
    else terms.push({ label, texts: [text] });
  }
  return markup`<dl class="facts">
    ${terms.map(
      ({ label, texts }) =>
        markup`<div>
          <dt>${label}</dt>
          ${texts.map((text) => markup`<dd>${text}</dd>`)}
        </div>`,
    )}
  </dl>`;
}
