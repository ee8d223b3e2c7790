// Where `emulator --save` puts its world: looked at before anything is served.

import { accessSync, constants, statSync } from "node:fs";
import { dirname } from "node:path";
import type { World } from "../emulator/world.ts";
import { jsonText } from "../model/json-text.ts";
import { UserError } from "./user-error.ts";
import { isReplaced, targetOf, writeWhole } from "./whole-file.ts";

/** Throws a UserError where nothing could be saved at the end. */
export function checkSaveFile(file: string): void {
  tried(file, () => {
    if (isFolder(file)) throw failure("EISDIR");
    const written = isReplaced(file) ? dirname(targetOf(file)) : file;
    accessSync(written, constants.W_OK);
    if (isReplaced(file) && !isFolder(written)) throw failure("ENOTDIR");
  });
}

export function saveWorld(file: string, world: World): void {
  tried(file, () => writeWhole(file, [jsonText(world, 2), "\n"]));
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}

function tried(file: string, act: () => void): void {
  try {
    act();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new UserError(`cannot save the world to ${file} (${code}): give a file that can be written with --save`);
  }
}
