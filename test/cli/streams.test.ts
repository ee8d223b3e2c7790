// What goes to stdout goes no faster than it is taken, and to nobody once the reader has gone.

import { describe, expect, it, onTestFinished, vi } from "vitest";
import { printPieces } from "../../src/cli/streams.ts";
import { terminalLine } from "../../src/reporting/terminal-text.ts";

const pieces = ["a", "b"].map(terminalLine);

/** Stdout with a reader that takes nothing until it says so; what was written to it. */
function slowReader(): readonly string[] {
  const written: string[] = [];
  const stdout = vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    written.push(String(chunk));
    return false;
  });
  onTestFinished(() => stdout.mockRestore());
  return written;
}

describe("pieces on stdout", () => {
  it("wait for their reader", async () => {
    const written = slowReader();
    const printed = printPieces(pieces);
    expect(written).toEqual(["a"]);
    process.stdout.emit("drain");
    await Promise.resolve();
    expect(written).toEqual(["a", "b"]);
    process.stdout.emit("drain");
    await printed;
  });

  it("end when the reader has gone", async () => {
    const written = slowReader();
    const printed = printPieces(pieces);
    const destroyed = vi.spyOn(process.stdout, "destroyed", "get").mockReturnValue(true);
    onTestFinished(() => destroyed.mockRestore());
    process.stdout.emit("close");
    await printed;
    expect(written).toEqual(["a"]);
  });
});
