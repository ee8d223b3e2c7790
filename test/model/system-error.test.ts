// The code of an error of the system, and what stands for it where something else was thrown.

import { statSync } from "node:fs";
import { expect, it } from "vitest";
import { codeOf, hasCode, isSystemError } from "../../src/model/system-error.ts";

function thrownBy(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

it("an error of the system is told by its code", () => {
  const error = thrownBy(() => statSync("/nowhere/at/all"));
  expect([isSystemError(error), codeOf(error), hasCode(error, "ENOENT"), hasCode(error, "EACCES")]).toEqual([
    true,
    "ENOENT",
    true,
    false,
  ]);
});

it.each([
  [new Error("no code"), "Error: no code"],
  [{ code: "ENOENT" }, "[object Object]"],
  ["ENOENT", "ENOENT"],
])("anything else is told by its text, and is no code (%#)", (thrown, text) => {
  expect([isSystemError(thrown), codeOf(thrown), hasCode(thrown, "ENOENT")]).toEqual([false, text, false]);
});
