// Where `emulator --save` puts its world: looked at before anything is served.

import { accessSync, constants } from "node:fs";
import { dirname } from "node:path";
import type { World } from "../emulator/world.ts";
import { isFolder } from "../journal/durable.ts";
import { jsonText } from "../model/json-text.ts";
import { codeOf } from "../model/system-error.ts";
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

/** Writes the world, whole or not at all. Throws a UserError. */
export function saveWorld(file: string, world: World): void {
  tried(file, () => writeWhole(file, [jsonText(world, 2), "\n"]));
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}

function tried(file: string, act: () => void): void {
  try {
    act();
  } catch (error) {
    throw new UserError(
      `cannot save the world to ${file} (${codeOf(error)}): give a file that can be written with --save`,
    );
  }
}
