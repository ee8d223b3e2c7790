// Text is as wide as a terminal draws it, not as long as its code.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnsOf, cutToColumns, rowsOf } from "../../../src/reporting/progress/columns.ts";
import { terminalLine } from "../../../src/reporting/terminal-text.ts";

const accented = "e\u0301".repeat(4);

describe("a text", () => {
  it.each([
    ["vm-1", 4],
    ["備份", 4],
    [accented, 4],
    ["✅", 2],
    ["", 0],
  ])("'%s' takes its columns", (text, columns) => {
    expect(columnsOf(text)).toBe(columns);
  });

  it.each([
    ["delete-item", 11, "delete-item"],
    ["delete-item", 10, "delete-it…"],
    ["delete item", 8, "delete…"],
    ["備份備份", 8, "備份備份"],
    ["備份備份", 7, "備份備…"],
    ["備份備份", 6, "備份…"],
    [accented, 3, `${"e\u0301".repeat(2)}…`],
    ["vm", 1, "…"],
  ])("'%s' on %i columns is '%s'", (text, columns, cut) => {
    expect(cutToColumns(text, columns)).toBe(cut);
  });

  it("is never wider than it may be, once it was made safe", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 1, max: 40 }), (text, columns) => {
        expect(columnsOf(cutToColumns(terminalLine(text), columns))).toBeLessThanOrEqual(columns);
      }),
    );
  });
});

describe("the rows of a line", () => {
  it.each([
    ["", 80, 1],
    ["x".repeat(80), 80, 1],
    ["x".repeat(81), 80, 2],
    ["備".repeat(4), 8, 1],
    ["備".repeat(4), 7, 2],
    ["備".repeat(4), 3, 4],
  ])("'%s' on %i columns are %i", (text, columns, rows) => {
    expect(rowsOf(text, columns)).toBe(rows);
  });
});
