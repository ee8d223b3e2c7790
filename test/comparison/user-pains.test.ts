// The table of pains: complete, each with tests that exist or the reason why there is none.

import { describe, expect, it } from "vitest";
import { problemOf } from "./shown.ts";
import { userPains } from "./user-pains.ts";

describe("the pains of people who had a vault to delete", () => {
  it("are 59, each once", () => {
    expect(userPains).toHaveLength(59);
    expect(new Set(userPains.map(({ number }) => number)).size).toBe(59);
  });

  it("say who shows them, or why nobody does", () => {
    const silent = userPains.filter((row) => ("noTest" in row ? row.noTest.length < 20 : row.shownBy.length === 0));
    expect(silent).toEqual([]);
  });

  const shown = userPains.flatMap((row) => ("noTest" in row ? [] : [row]));
  it.each(shown)("lead to tests that exist: $number $pain", ({ shownBy }) => {
    expect(shownBy.flatMap((pointer) => problemOf(pointer) ?? [])).toEqual([]);
  });
});
