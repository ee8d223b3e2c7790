// The lines of a file, read piece by piece: memory holds one piece and one line, however long the file. Writes nothing.

import { closeSync, openSync, readSync } from "node:fs";

const pieceBytes = 65_536;

/** `bytes` counts the line feed. What follows the last line feed comes last, and is no whole line. */
export type Line =
  | { readonly whole: true; readonly text: string; readonly bytes: number }
  | { readonly whole: false; readonly bytes: number };

/**
 * The lines of a file as it stands while it is read. Throws the system's error. The file is closed when the loop over it
 * ends, however it ends.
 */
export function* linesOf(path: string): Generator<Line, void> {
  const file = openSync(path, "r");
  const piece = Buffer.allocUnsafe(pieceBytes);
  // The beginning of a line that goes on in the next piece.
  let begun: Buffer[] = [];
  try {
    for (let length = readSync(file, piece); length > 0; length = readSync(file, piece)) {
      const read = piece.subarray(0, length);
      let start = 0;
      for (let feed = read.indexOf(0x0a); feed !== -1; feed = read.indexOf(0x0a, start)) {
        const rest = read.subarray(start, feed);
        const line = begun.length === 0 ? rest : Buffer.concat([...begun, rest]);
        begun = [];
        start = feed + 1;
        yield { whole: true, text: line.toString("utf8"), bytes: line.length + 1 };
      }
      if (start < length) begun.push(Buffer.from(read.subarray(start)));
    }
    const bytes = begun.reduce((sum, part) => sum + part.length, 0);
    if (bytes > 0) yield { whole: false, bytes };
  } finally {
    closeSync(file);
  }
}
