// How names, numbers and dates are put before people: nothing in a name may reach a terminal as a command.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clean, counted, cut, day, duration } from "../../src/reporting/words.ts";
import { jsonText } from "../../src/model/json-text.ts";
import { hostile } from "./builders.ts";

/** Every code point, the harmful ones often. */
const anyText = fc
  .array(fc.oneof(fc.nat(0xff), fc.integer({ min: 0x20_00, max: 0x20_7f }), fc.nat(0x10_ff_ff)), { maxLength: 12 })
  .map((codes) => String.fromCodePoint(...codes));

describe("a cleaned text", () => {
  it.each([
    ["colours", "\u001B[31mred\u001B[0m", "red"],
    ["a cleared screen", "\u001B[2J\u001B[Hvm", "vm"],
    ["a title of the window", "\u001B]0;gone\u0007vm", "vm"],
    ["a link", "\u001B]8;;https://example.org\u0007vm\u001B]8;;\u0007", "vm"],
    ["a bell, a backspace and a null", "v\u0007m\u0008\u0000", "vm"],
    ["the one-byte form of an escape", "vm\u009B31m", "vm"],
    ["a tab", "v\tm", "vm"],
    ["marks that turn the direction of writing", "\u202Evm\u202C \u2066x\u2069", "vm x"],
    ["marks without a width", "v\u200Bm\uFEFF", "vm"],
  ])("has no %s", (_what, given, expected) => {
    expect(clean(given)).toBe(expected);
  });

  it.each(["\n", "\r", "\r\n", "\u0085", "\u2028", "\u2029"])("is one line, whatever breaks it: %j", (lineBreak) => {
    expect(clean(`a${lineBreak}b`)).toMatch(/^a ?b$/);
  });

  it("keeps letters of every script, spaces and signs", () => {
    const text = "Datenbank «Übergröße» 数据库 базы [prod] 100%";
    expect(clean(text)).toBe(text);
  });

  it("never holds a control character, a format mark or a line break, whatever it was", () => {
    const unit = fc.oneof(anyText, fc.constantFrom("\u001B[", "\u001B]", "\u009B", "0;", "\u0007", "31m", hostile));
    fc.assert(
      fc.property(fc.array(unit), (parts) => {
        expect(clean(parts.join(""))).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: 500 },
    );
  });

  it("is clean already", () => {
    fc.assert(fc.property(anyText, (text) => clean(clean(text)) === clean(text)));
  });
});

describe("a long list", () => {
  it("shows its first entries and how many more there are, and puts no others in words", () => {
    const asked: number[] = [];
    const text = (entry: number): string => `entry ${asked.push(entry)}`;
    const thousand = Array.from({ length: 1000 }, (_, index) => index);
    expect(cut(thousand, 2, text)).toEqual(["entry 1", "entry 2", "… and 998 more (plan --format json has all)"]);
    expect(asked).toEqual([0, 1]);
  });

  it("that is short is shown whole", () => {
    expect(cut(["a", "b"], 2, (entry) => entry.toUpperCase())).toEqual(["A", "B"]);
  });
});

describe("numbers and dates", () => {
  it("counts one thing and many", () => {
    expect([counted(0, "step"), counted(1, "step"), counted(2, "step")]).toEqual(["0 steps", "1 step", "2 steps"]);
  });

  it("gives the day of a time", () => {
    expect(day("2026-12-05T08:00:00.000Z")).toBe("2026-12-05");
  });

  it.each([
    [-5, "0 s"],
    [0, "0 s"],
    [499, "0 s"],
    [1_500, "2 s"],
    [59_400, "59 s"],
    [59_600, "1 min 0 s"],
    [61_000, "1 min 1 s"],
    [3_599_000, "59 min 59 s"],
    [3_600_000, "1 h 0 min"],
    [93_780_000, "26 h 3 min"],
  ])("says a duration of %d ms as %s", (milliseconds, said) => {
    expect(duration(milliseconds)).toBe(said);
  });
});

describe("names that speak to build servers", () => {
  it("are no commands any more, wherever they stand", () => {
    for (const name of ["::stop-commands::x", "##vso[task.complete result=Succeeded;]", "##[error]x", "a:::b####c"]) {
      expect(clean(name)).not.toContain("::");
      expect(clean(name)).not.toContain("##");
    }
    expect(jsonText({ name: "##vso[task.complete]" })).toBe('{"name":"\\u0023#vso[task.complete]"}');
    expect(JSON.parse(jsonText({ name: "###" }))).toEqual({ name: "###" });
  });
});
