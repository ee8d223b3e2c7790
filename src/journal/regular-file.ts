// Files that anybody may have put where one is expected: only regular ones are read, only up to a size, only as UTF-8.

import { isUtf8 } from "node:buffer";
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from "node:fs";
import { codeOf } from "../model/system-error.ts";

/** Thrown when a file cannot be read or is none. Says which and why; what to do, who knows what the file is for. */
export class UnreadableFileError extends Error {
  override readonly name = "UnreadableFileError";
  /** Why, in a few words or the system's code. */
  readonly why: string;

  constructor(path: string, why: string) {
    super(`cannot read ${path} (${why})`);
    this.why = why;
  }
}

type Links = {
  /** Follow a symbolic link: where a person named the file, not where this tool looks for its own. */
  readonly follow: boolean;
};

/** `file`: the descriptor; `size`: in bytes. */
export type OpenFile = { readonly file: number; readonly size: number };

/** Opens a file to read it; never waits, whatever it is. Throws UnreadableFileError. The caller closes it. */
export function openRegular(path: string, largest: number, { follow }: Links): OpenFile {
  let file: number | undefined;
  try {
    if (!follow && lstatSync(path).isSymbolicLink()) throw new UnreadableFileError(path, notFollowed);
    // A pipe that nobody writes to would be waited for.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | (follow ? 0 : noFollow));
    const stat = fstatSync(file);
    if (!stat.isFile())
      throw new UnreadableFileError(path, stat.isDirectory() ? "a folder, not a file" : "not a regular file");
    if (stat.size > largest) throw new UnreadableFileError(path, `larger than ${mebibytes(largest)}`);
    return { file, size: stat.size };
  } catch (error) {
    if (file !== undefined) closeSync(file);
    throw asUnreadable(path, error);
  }
}

/** The text of a file, up to so many bytes. Throws UnreadableFileError. */
export function readText(path: string, largest: number, links: Links): string {
  const { file, size } = openRegular(path, largest, links);
  try {
    const content = Buffer.allocUnsafe(size);
    let length = 0;
    while (length < size) {
      const read = readSync(file, content, length, size - length, null);
      if (read === 0) break;
      length += read;
    }
    const whole = content.subarray(0, length);
    if (!isUtf8(whole)) throw new UnreadableFileError(path, "not UTF-8");
    return whole.toString("utf8");
  } catch (error) {
    throw asUnreadable(path, error);
  } finally {
    closeSync(file);
  }
}

/** The flag with which a link is not opened. Where the system has none, the look before has to do. */
export const noFollow: number = constants.O_NOFOLLOW ?? 0;

/** Why a link is not read or written through, in words that follow "is" or stand in brackets. */
export const notFollowed = "a symbolic link, which is not followed";

/** So many bytes as people read them: in whole MiB. */
export function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024)} MiB`;
}

/** The same error where it is one of these, else one with the system's code. */
export function asUnreadable(path: string, error: unknown): UnreadableFileError {
  if (error instanceof UnreadableFileError) return error;
  return new UnreadableFileError(path, codeOf(error));
}
