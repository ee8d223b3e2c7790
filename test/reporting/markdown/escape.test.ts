// Names in Markdown are text: nothing in them is a mark, a link, a mention or a reference, and they are read as they are.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { code, commandBlock, prose } from "../../../src/reporting/markdown/escape.ts";
import { terminalLine } from "../../../src/reporting/terminal-text.ts";
import { anyText } from "../any-text.ts";
import { alive, parsed } from "./parsed.ts";

const inItem = ["bullet_list_open -  ", "list_item_open -  ", "paragraph_open   "];
const outOfItem = ["paragraph_close   ", "list_item_close -  ", "bullet_list_close -  "];
const oneItem = [...inItem, ...outOfItem];

/** Markdown puts one space where there are several. */
function spaced(text: string): string {
  return text.replaceAll(/ +/g, " ").trim();
}

describe("a text in prose", () => {
  it("is one line of words and code, whatever it holds", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { bones, words } = parsed(`- ${prose(text)}\n`);
        if (prose(text) !== "") expect(bones).toEqual(oneItem);
        expect(words).not.toMatch(alive);
      }),
      { numRuns: 5000 },
    );
  });

  it("is read as it is", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(spaced(parsed(`- x ${prose(text)}`).read)).toBe(spaced(`x ${terminalLine(text)}`));
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    ["delete vm-1, then wait", "delete vm-1, then wait"],
    ["the vault's data (all of it) is gone: for good!", "the vault's data (all of it) is gone: for good!"],
    ["use --strategy purge.", "use `--strategy purge`."],
    [
      "create it: az network create --tags 'a;b' 'c'; look at DNS",
      "create it: `az network create --tags 'a;b' 'c'`; look at DNS",
    ],
    ["vault: vault-teardown recover --run r", "vault: `vault-teardown recover --run r`"],
    ["plan --format json has all", "plan `--format json` has all"],
    ["following scope(s) are locked.", "following scope(s) are locked."],
    ["ask @octocat about #123", "ask `@octocat` about `#123`"],
    ["see https://example.com/a_b?c=d.", "see `https://example.com/a_b?c=d`."],
    ["run az lock delete --ids /a/b (as owner)", "run az lock delete `--ids /a/b` (as owner)"],
    ["a`b``c", "```a`b``c```"],
    ["until 2026-12-05T08:00:00.000Z, about", "until `2026-12-05T08:00:00.000Z`, about"],
    ["1. first", "`1`. first"],
    ["plan 892a5bfec898771057d76d9cb8b72c78", "plan `892a5bfec898771057d76d9cb8b72c78`"],
  ])("%s", (text, shown) => {
    expect(prose(text)).toBe(shown);
  });
});

describe("a text as code", () => {
  it("is one code span that holds exactly it", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { bones, code: spans, words } = parsed(`- x ${code(text)} y\n`);
        expect(bones).toEqual(oneItem);
        expect(spans).toEqual([text === "" ? "  " : terminalLine(text)]);
        expect(words).toBe("x  y");
      }),
      { numRuns: 5000 },
    );
  });
});

describe("a command", () => {
  it("is one block that holds exactly it", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { bones } = parsed(`${commandBlock(text)}\n`);
        expect(bones).toHaveLength(1);
        expect(bones[0]).toMatch(/^fence `{3,} sh $/);
      }),
    );
  });

  it("is never cut: what is too long is not shown, and said", () => {
    expect(commandBlock("x".repeat(5000))).toContain("too long to be shown here");
    expect(commandBlock("x".repeat(5000))).not.toContain("xxx");
  });
});
