// The lines of the text formats as lists: nothing of them is lost, and what is indented stands under what it belongs to.

import { expect, test } from "vitest";
import { labelled, outline } from "../../../src/reporting/html/outline.ts";

const bare = (markup: string): string => markup.replaceAll(/\n\s*/g, "").replaceAll(/ class="[^"]*"/g, "");

test("lines that are indented stand under the one before them that is indented less", () => {
  const { markup } = outline(["", "a", "  b", "    c", "  d", "e"]);
  expect(bare(markup)).toBe("<ul><li>a<ul><li>b<ul><li>c</li></ul></li><li>d</li></ul></li><li>e</li></ul>");
});

test("a first line that is indented more than a later one loses neither", () => {
  expect(bare(outline(["    a", "  b"]).markup)).toBe("<ul><li>a</li><li>b</li></ul>");
});

test("no lines are no list", () => {
  expect(outline(["", "  "]).markup).toBe("");
});

test("a line without a label, or with the same, says more of the one before", () => {
  const { markup } = labelled(["vault     v", "          id", "proved    a", "proved    b <c>"]);
  expect(bare(markup)).toBe(
    "<dl><div><dt>vault</dt><dd>v</dd><dd>id</dd></div><div><dt>proved</dt><dd>a</dd><dd>b &lt;c&gt;</dd></div></dl>",
  );
});
