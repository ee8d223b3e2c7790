// The README's table of what can go wrong: every row says what the tool does, and names tests that exist.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { problemOf } from "../comparison/shown.ts";

const readme = readFileSync(fileURLToPath(new URL("../../README.md", import.meta.url)), "utf8");
const [, section = ""] = /\n## What can go wrong[^\n]*\n(.*?)\n## /s.exec(readme) ?? [];
const rows = section
  .split("\n")
  .filter((line) => line.startsWith("| ") && !/^\| (what can|-)/.test(line))
  .map((line) =>
    line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim()),
  )
  .map(([threat = "", answer = "", shownBy = ""]) => ({ threat, answer, shownBy }));
const threats = rows.filter(({ answer }) => answer !== "");

/** Tests by file and title, as a cell names them. */
function testsIn(cell: string): readonly { readonly test: string; readonly title: string }[] {
  return [...cell.matchAll(/`([\w/-]+)` "([^"]+)"/g)].map(([, file = "", title = ""]) => ({
    test: `${file}.test.ts`,
    title,
  }));
}

describe("the table of what can go wrong", () => {
  it("has rows for crashes, faults, generated cases, drift, hostile input, two at once and the package", () => {
    const files = new Set(threats.flatMap(({ shownBy }) => testsIn(shownBy).map(({ test }) => test)));
    for (const name of [
      "crash-anywhere",
      "killed-processes",
      "full-disk",
      "faults",
      "properties",
      "drift",
      "hostile-secrets",
      "two-at-once",
      "supply-chain",
    ])
      expect([...files]).toContain(`trust/${name}.test.ts`);
  });

  it.each(threats)("names tests that exist, or says why none can: $threat", ({ shownBy }) => {
    const tests = testsIn(shownBy);
    if (tests.length === 0) expect(shownBy).toMatch(/^none can: .{10}/);
    expect(tests.flatMap((shown) => problemOf(shown) ?? [])).toEqual([]);
  });
});
