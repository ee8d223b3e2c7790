// Reading `properties` without trusting them: what is of the wrong type, or a date that means none, reads as absent.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { count, date, flag, group, groups, isWord, text } from "../../src/dependencies/properties.ts";

describe("a date of the service", () => {
  it("is kept as it was spelled, with its seven digits", () => {
    expect(date({ at: "2024-04-28T07:36:32.8045285Z" }, "at")).toBe("2024-04-28T07:36:32.8045285Z");
  });

  it.each([
    ["not yet, as recorded", "0001-01-01T00:00:00"],
    ["not yet, with a zone", "0001-01-01T00:00:00Z"],
    ["not yet, read by a client west of Greenwich", "0001-01-01T04:56:02.000Z"],
    ["not yet, read by a client east of Greenwich", "0000-12-31T14:41:01.000Z"],
    ["never backed up, as recorded", "2001-01-01T00:00:00Z"],
    ["never backed up, with a fraction", "2001-01-01T00:00:00.000Z"],
    ["no date at all", "soon"],
    ["empty", ""],
    ["a number", 1_714_000_000],
    ["null", null],
  ])("is absent when it says %s", (_meaning, value) => {
    expect(date({ at: value }, "at")).toBeUndefined();
  });
});

describe("members of the wrong type", () => {
  it("read as absent, whatever they hold", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const properties = { member: value };
        expect(text(properties, "member")).toBe(typeof value === "string" && value !== "" ? value : undefined);
        expect(count(properties, "member")).toBe(typeof value === "number" ? value : undefined);
        expect(flag(properties, "member")).toBe(value === true);
        const isGroup = typeof value === "object" && value !== null && !Array.isArray(value);
        expect(group(properties, "member")).toBe(isGroup ? value : undefined);
      }),
    );
  });

  it("in a list of groups only the groups are kept", () => {
    expect(groups({ list: [{ a: 1 }, null, "x", 2, { b: 2 }] }, "list")).toEqual([{ a: 1 }, { b: 2 }]);
    expect(groups({ list: { a: 1 } }, "list")).toEqual([]);
    expect(groups<"list">({}, "list")).toEqual([]);
  });

  it("a count that is no finite number reads as absent", () => {
    expect(count({ days: Number.NaN }, "days")).toBeUndefined();
    expect(count({ days: Number.POSITIVE_INFINITY }, "days")).toBeUndefined();
  });
});

describe("a word of Azure", () => {
  it("is compared without regard to case", () => {
    expect(isWord("AlwaysON", "AlwaysOn")).toBe(true);
    expect(isWord("Always", "AlwaysOn")).toBe(false);
    expect(isWord(undefined, "AlwaysOn")).toBe(false);
  });
});
