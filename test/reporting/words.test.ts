// How numbers, dates and long lists are put before people.

import { describe, expect, it } from "vitest";
import { counted, cut, day, duration } from "../../src/reporting/words.ts";

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
