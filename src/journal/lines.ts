// The lines of a file, read piece by piece: memory holds one piece and one line, however long the file. Writes nothing.

import { isUtf8 } from "node:buffer";
import { closeSync, readSync } from "node:fs";
import { isSystemError } from "../model/system-error.ts";
import { asUnreadable, mebibytes, openRegular, UnreadableFileError } from "./regular-file.ts";

const pieceBytes = 65_536;

/**
 * In bytes, far above what a run writes: of ten thousand items, some ten megabytes in lines of a few hundred bytes. The
 * longest line is that of a run's end, which names all that it could not put back.
 */
export const longestLine: number = 16 * 1024 * 1024;
/** In bytes: above it no file is read, for it is no journal of ours. */
export const largestFile: number = 1024 * 1024 * 1024;

/** `bytes` counts the line feed. What follows the last line feed comes last, and is no whole line. No text: it is not UTF-8. */
export type Line =
  | { readonly whole: true; readonly text: string | undefined; readonly bytes: number }
  | { readonly whole: false; readonly bytes: number };

/**
 * The lines of a file as it stands while it is read. Throws UnreadableFileError, also for a line or a file that is too
 * large. The file is closed when the loop over it ends, however it ends.
 */
export function* linesOf(path: string): Generator<Line, void> {
  const { file } = openRegular(path, largestFile, { follow: false });
  const piece = Buffer.allocUnsafe(pieceBytes);
  // The beginning of a line that goes on in the next piece.
  let begun: Buffer[] = [];
  let bytes = 0;
  try {
    for (let length = readSync(file, piece); length > 0; length = readSync(file, piece)) {
      const read = piece.subarray(0, length);
      let start = 0;
      for (let feed = read.indexOf(0x0a); feed !== -1; feed = read.indexOf(0x0a, start)) {
        const rest = read.subarray(start, feed);
        const line = begun.length === 0 ? rest : Buffer.concat([...begun, rest]);
        [begun, bytes] = [[], 0];
        start = feed + 1;
        yield { whole: true, text: isUtf8(line) ? line.toString("utf8") : undefined, bytes: line.length + 1 };
      }
      if (start < length) begun.push(Buffer.from(read.subarray(start)));
      bytes += length - start;
      if (bytes > longestLine) throw new UnreadableFileError(path, `a line is longer than ${mebibytes(longestLine)}`);
    }
    if (bytes > 0) yield { whole: false, bytes };
  } catch (error) {
    throw isSystemError(error) ? asUnreadable(path, error) : error;
  } finally {
    closeSync(file);
  }
}
