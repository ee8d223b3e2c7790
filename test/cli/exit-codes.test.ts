// The contract of the exit codes, from end to end: every command with every code it can end with.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { commandNames } from "../../src/cli/usage-line.ts";
import { cases, contract } from "./exit-code-cases.ts";

describe("the exit code of", () => {
  it.each(cases)("$command is $code when $when", async ({ code, end, says: [stream, words] }) => {
    const ended = await end();
    expect(ended.code, ended.stderr.slice(-1000)).toBe(code);
    expect(ended[stream]).toMatch(words);
    expect(ended.stderr).not.toMatch(/^\s+at /m);
  });

  it("every command stands in the table, and every code of the contract", () => {
    const missing = commandNames().filter((name) => !cases.some(({ command }) => command === name));
    expect(missing).toEqual([]);
    const codes = new Set(cases.map(({ code }) => code));
    expect([...codes].toSorted((a, b) => a - b)).toEqual(Object.keys(contract).map(Number));
  });

  it("help says the same codes", () => {
    const help = readFileSync(new URL("../../src/cli/help.txt", import.meta.url), "utf8");
    const told = /exit codes: ([^]*)$/.exec(help)?.[1] ?? "";
    expect([...told.matchAll(/(\d+)\s[a-z]/g)].map(([, code]) => Number(code))).toEqual(
      Object.keys(contract).map(Number),
    );
  });
});
