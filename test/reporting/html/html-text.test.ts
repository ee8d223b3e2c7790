// Whatever a name holds, it stays text: in an element, in an attribute, in the data of a script.

import fc from "fast-check";
import { expect, test } from "vitest";
import { markup, rawElement, scriptJson } from "../../../src/reporting/html/html-text.ts";
import { terminalLine } from "../../../src/reporting/terminal-text.ts";
import { harmful, hostile } from "../builders.ts";

const attack = `</script><img src=x onerror="alert('1')">&amp;<!--`;

test("text is escaped, markup made by the template stands, lists follow each other, and what is undefined is nothing", () => {
  const list = ["a<b", markup`<b>${2}</b>`, undefined];
  expect(markup`<p title="${`"'`}">${list}</p>`.markup).toBe(`<p title="&quot;&#39;">a&lt;b<b>2</b></p>`);
});

test("of any text nothing is left that opens or closes an element, an attribute or an entity", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.constant(attack), fc.constant(hostile)), (text) => {
      const escaped = markup`${text}`.markup;
      expect(escaped).not.toMatch(/[<>"']/);
      expect(escaped).not.toMatch(harmful);
      expect(unescaped(escaped)).toBe(terminalLine(text));
    }),
  );
});

test("of any data what stands in a script is that data again, and ends no element", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string({ unit: "binary" }), fc.constant(attack))), (texts) => {
      const json = scriptJson(texts).markup;
      expect(json).not.toContain("<");
      expect(json).not.toMatch(harmful);
      expect(JSON.parse(json)).toEqual(texts.map(terminalLine));
    }),
  );
});

test("a script or style that would end its own element is refused", () => {
  expect(() => rawElement("script", "script", "x = '</SCRIPT>'")).toThrow("would end it");
  expect(() => rawElement("style", "style", "</style>")).toThrow("would end it");
  expect(rawElement("style", "style", "a{}").markup).toBe("<style>a{}</style>");
});

function unescaped(escaped: string): string {
  const texts: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };
  return escaped.replaceAll(/&([^;]+);/g, (_, entity: string) => texts[entity] ?? "?");
}
