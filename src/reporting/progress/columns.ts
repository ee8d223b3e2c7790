// How wide text is on a terminal, and the cutting to that. Letters of Chinese take two columns, marks on a letter none.

import stringWidth from "string-width";

const ascii = /^[ -~]*$/;
const letters = new Intl.Segmenter("en", { granularity: "grapheme" });

/** How many columns the text takes. It must be one line, made safe. */
export function columnsOf(text: string): number {
  return ascii.test(text) ? text.length : stringWidth(text);
}

/** The text, or as much of its beginning as fits in front of an ellipsis. No letter is parted from its marks. */
export function cutToColumns(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let [kept, width] = ["", 0];
  for (const { segment } of letters.segment(text)) {
    width += columnsOf(segment);
    if (width > columns - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** How many rows a line takes on a terminal that goes on in the next one where a row is full. */
export function rowsOf(text: string, columns: number): number {
  let [rows, used] = [1, 0];
  for (const { segment } of ascii.test(text) ? [] : letters.segment(text)) {
    const width = columnsOf(segment);
    if (used + width > columns) [rows, used] = [rows + 1, 0];
    used += width;
  }
  return ascii.test(text) ? Math.max(1, Math.ceil(text.length / columns)) : rows;
}
