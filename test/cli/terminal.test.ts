// The command line on a real terminal: what a person sees of a run, at every size, and how they steer it.

import { beforeEach, describe, expect, it } from "vitest";
import { servedWorld } from "./command-line.ts";
import { noTerminal, onTerminal, type PseudoTerminal, type Size } from "./pseudo-terminal.ts";

const usual: Size = { columns: 80, rows: 24 };

/** The first line of the picture. */
const headline = /^[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] .*\d+ of \d+ steps?/;
const colour = new RegExp(String.raw`\u001B\[\d+m`);

/** With this, one drawing of the picture is complete. */
const drawn = "\u001B[?2026l";

const headlines = (rows: readonly string[]): number => rows.filter((row) => headline.test(row)).length;

/** The lines of the picture, from its headline on. */
function picture({ rows }: PseudoTerminal): readonly string[] {
  const seen = rows();
  const begin = seen.findIndex((row) => headline.test(row));
  return begin === -1 ? [] : seen.slice(begin).filter((row) => row !== "");
}

/** Nothing of the picture is left: the screen holds what was said, and the summary. */
function expectCleared(terminal: PseudoTerminal): void {
  expect(headlines(terminal.allRows())).toBe(0);
  expect(terminal.allRows().join("\n")).not.toMatch(/\d+ of \d+, \d+ under way|more kinds? of steps/);
  expect(terminal.isCursorShown()).toBe(true);
}

beforeEach((context) => {
  if (noTerminal !== undefined) context.skip(noTerminal);
});

describe("on a terminal", () => {
  it("apply asks for the vault's name, shows a picture in place, and ends with the summary alone", async () => {
    const terminal = onTerminal(["apply", "--emulator", "small", "--speed", "300"], usual);
    await terminal.until(() => terminal.rows().some((row) => row.includes("(rsv-backup-weu):")));
    terminal.type("rsv-backup-weu\r");
    // All at one moment: between two of them the picture may be cleared, or the run be over.
    await terminal.until(() => {
      const lines = picture(terminal);
      return (
        lines.some((line) => line.includes("under way")) &&
        /of 13 steps; .*\(at 300x\): \w/.test(lines[0] ?? "") &&
        lines.length <= 8 &&
        headlines(terminal.allRows()) === 1 &&
        !terminal.isCursorShown()
      );
    });
    expect(await terminal.ended).toBe(0);
    expectCleared(terminal);
    expect(terminal.written()).toMatch(colour);
    expect(terminal.rows().join("\n")).toContain("steps     13 verified, 0 failed, 0 skipped, 0 open");
    const all = terminal.allRows();
    const isSaid = (row: string): boolean => row.startsWith("delete-item vm-web-01: verified");
    expect(all.filter(isSaid)).toHaveLength(1);
    // Between what was said and the summary no row of the picture is left over.
    const during = all.slice(
      all.findIndex(isSaid),
      all.findIndex((row) => row.startsWith("gone: ")),
    );
    expect(during.filter((row) => row.startsWith("  "))).toEqual([]);
  });

  it.each([
    [{ columns: 120, rows: 40 }, 8],
    [{ columns: 40, rows: 10 }, 1],
  ])("demo keeps to %o, without colour where that is asked for", async (size, most) => {
    const terminal = onTerminal(["demo", "--speed", "300", "--no-color"], size);
    let longest = 0;
    await terminal.until(() => {
      const lines = picture(terminal);
      longest = Math.max(longest, lines.length);
      expect(headlines(terminal.allRows())).toBeLessThanOrEqual(1);
      expect(terminal.allRows().every((row) => row.length <= size.columns)).toBe(true);
      return terminal.allRows().some((row) => row.startsWith("gone: "));
    });
    expect(await terminal.ended).toBe(0);
    expect(longest).toBeGreaterThan(0);
    expect(longest).toBeLessThanOrEqual(most);
    expect(terminal.written()).not.toMatch(colour);
    expectCleared(terminal);
  });

  // A piece of the picture may be on its way at the very moment: then a terminal puts it where it lies no more.
  it("a picture follows the terminal's size, and Ctrl-C saves and says how to go on", { retry: 2 }, async () => {
    const { url } = await servedWorld("small", 60);
    const terminal = onTerminal(["apply", "--endpoint", url, "--confirm", "rsv-backup-weu"], usual);
    await terminal.until(() => picture(terminal).some((line) => line.includes("under way")));
    for (const columns of [60, 100]) {
      const before = terminal.written().length;
      terminal.resize({ columns, rows: 24 });
      await terminal.until(() => terminal.written().slice(before).endsWith(drawn) && picture(terminal).length > 0);
      expect(headlines(terminal.allRows())).toBe(1);
      expect(terminal.allRows().filter((row) => row.startsWith("  backup items deleted"))).toHaveLength(1);
      expect(Math.max(...picture(terminal).map((line) => line.length))).toBeLessThan(columns);
    }
    terminal.type("\u0003");
    expect(await terminal.ended).toBe(130);
    expectCleared(terminal);
    expect(terminal.allRows().join("")).toContain("the same command goes on where this run stopped");
  });

  it("Ctrl-C instead of the vault's name changes nothing", async () => {
    const terminal = onTerminal(["apply", "--emulator", "small"], usual);
    await terminal.until(() => terminal.rows().some((row) => row.includes("(rsv-backup-weu):")));
    terminal.type("\u0003");
    expect(await terminal.ended).toBe(1);
    expect(terminal.rows()).toContain("vault-teardown: declined: nothing was changed");
  });
});

describe("on a terminal that is no place to draw", () => {
  it.each([{ TERM: "dumb" }, { CI: "true" }])("as %o says, there are plain lines", async (environment) => {
    const terminal = onTerminal(["demo", "--speed", "600"], usual, environment);
    expect(await terminal.ended).toBe(0);
    expect(terminal.written()).not.toContain("\u001B");
    expect(terminal.allRows().join("")).toContain("accepted (202), waiting for it");
  });
});
