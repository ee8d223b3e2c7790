// A file comes line by line, however long its lines, and is not read on for a loop that has ended.

import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { linesOf } from "../../src/journal/lines.ts";
import { temporaryFolder } from "../temporary-folder.ts";

function file(text: string): string {
  const path = join(temporaryFolder(), "file");
  writeFileSync(path, text);
  return path;
}

describe("the lines of a file", () => {
  it("are given with their bytes, and what follows the last line feed as no whole line", () => {
    expect([...linesOf(file("a\n€\n\nrest"))]).toEqual([
      { whole: true, text: "a", bytes: 2 },
      { whole: true, text: "€", bytes: 4 },
      { whole: true, text: "", bytes: 1 },
      { whole: false, bytes: 4 },
    ]);
    expect([...linesOf(file(""))]).toEqual([]);
  });

  it("may be longer than the pieces in which the file is read", () => {
    const long = "x".repeat(1_000_000);
    const lines = [...linesOf(file(`${long}\n${long}`))];
    expect(lines).toEqual([
      { whole: true, text: long, bytes: 1_000_001 },
      { whole: false, bytes: 1_000_000 },
    ]);
  });

  it.runIf(process.platform === "linux")("leave no file open when the loop over them ends early", () => {
    const path = file("a\nb\n");
    const before = readdirSync("/proc/self/fd").length;
    for (let round = 0; round < 5; round += 1) for (const line of linesOf(path)) if (line.whole) break;
    expect(readdirSync("/proc/self/fd").length).toBeLessThan(before + 5);
  });
});
