// What stands around a page: its policy lets in exactly its own styles and scripts.

import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { pageEnd, pageHead } from "../../../src/reporting/html/page-frame.ts";

const assets = { scripts: ["a = 1;\r\nb = 2;", "c = 3;"], styles: ["p { color: red; }"] };

test("the policy names the hash of each style and script as it stands in the page, and nothing else", () => {
  const page = `${pageHead("t", assets).markup}${pageEnd(assets).markup}`;
  const texts = (name: string): readonly string[] =>
    [...page.matchAll(new RegExp(`<${name}[^>]*>([^]*?)</${name}>`, "g"))].map(([, text = ""]) => text);
  expect(texts("script")).toEqual(["a = 1;\nb = 2;", "c = 3;"]);
  const policy = /Policy" content="([^"]+)"/.exec(page)?.[1]?.replaceAll("&#39;", "'");
  const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  expect(policy?.split("; ")).toEqual([
    "default-src 'none'",
    `script-src ${texts("script").map(hash).join(" ")}`,
    `style-src ${texts("style").map(hash).join(" ")}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ]);
});

test("a page without scripts allows none", () => {
  expect(pageHead("t", { scripts: [], styles: [] }).markup).toContain("script-src &#39;none&#39;");
});

test("the title is text", () => {
  expect(pageHead("</title><script>", { scripts: [], styles: [] }).markup).toContain("<title>&lt;/title&gt;");
});
