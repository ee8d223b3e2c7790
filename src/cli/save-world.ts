// Where `emulator --save` puts its world: looked at before anything is served, and written whole or not at all.

import { accessSync, constants, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { World } from "../emulator/world.ts";
import { UserError } from "./user-error.ts";

/** Throws a UserError where nothing could be saved at the end. */
export function checkSaveFile(file: string): void {
  tried(file, () => {
    const target = targetOf(file);
    if (isFolder(target)) throw failure("EISDIR");
    const written = replaces(target) ? dirname(target) : target;
    accessSync(written, constants.W_OK);
    if (replaces(target) && !isFolder(written)) throw failure("ENOTDIR");
  });
}

export function saveWorld(file: string, world: World): void {
  const text = `${JSON.stringify(world, undefined, 2)}\n`;
  tried(file, () => {
    const target = targetOf(file);
    if (!replaces(target)) return writeFileSync(target, text);
    const beside = `${target}.${process.pid}.tmp`;
    try {
      writeFileSync(beside, text);
      renameSync(beside, target);
    } catch (error) {
      rmSync(beside, { force: true });
      throw error;
    }
  });
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/** A link stays what it is; what it leads to is written. */
function targetOf(file: string): string {
  return statSync(file, { throwIfNoEntry: false }) === undefined ? resolve(file) : realpathSync(file);
}

/** Pipes and terminals are written to, files are replaced by whole ones. */
function replaces(target: string): boolean {
  return statSync(target, { throwIfNoEntry: false })?.isFile() ?? true;
}

function tried(file: string, act: () => void): void {
  try {
    act();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new UserError(`cannot save the world to ${file} (${code}): give a file that can be written with --save`);
  }
}
