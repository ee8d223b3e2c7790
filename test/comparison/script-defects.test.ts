// The table of the generated script's defects: complete, and every pointer in it leads somewhere.

import { describe, expect, it } from "vitest";
import { scriptDefects } from "./script-defects.ts";
import { problemOf } from "./shown.ts";

describe("the defects of the generated script", () => {
  it("are numbered without a hole, and each says what happens here instead", () => {
    expect(scriptDefects.map(({ number }) => number)).toEqual(Array.from({ length: 26 }, (_, index) => index + 1));
    expect(scriptDefects.filter(({ script, here }) => script.length < 20 || here.length < 20)).toEqual([]);
    expect(scriptDefects.filter(({ shownBy }) => shownBy.length === 0)).toEqual([]);
  });

  it.each(scriptDefects)("are shown to be none here: $number $script", ({ shownBy }) => {
    expect(shownBy.flatMap((shown) => problemOf(shown) ?? [])).toEqual([]);
  });
});

describe("a pointer that leads nowhere", () => {
  it.each([
    [{ test: "comparison/none.test.ts", title: "x" }, "no file test/comparison/none.test.ts"],
    [{ test: "comparison/script-defects.test.ts", title: "is not here" }, 'no "is not here" in'],
    [{ readme: "a phrase that the README never had" }, "README: a phrase"],
  ])("is told: %o", (shown, problem) => {
    expect(problemOf(shown)).toContain(problem);
  });

  it("is not a text that only stands somewhere in a test", () => {
    expect(problemOf({ test: "comparison/script-defects.test.ts", title: "README: a phrase" })).toBeDefined();
  });
});
