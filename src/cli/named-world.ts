// The world that a person names, and the one that was meant where there is none of that name.

import { existsSync } from "node:fs";
import type { World } from "../emulator/world.ts";
import { WorldError } from "../emulator/world.ts";
import { loadWorld, shippedWorlds } from "../emulator/worlds.ts";
import { meant } from "./nearest.ts";

/** Throws WorldError. */
export function namedWorld(nameOrPath: string): World {
  try {
    return loadWorld(nameOrPath);
  } catch (error) {
    if (!(error instanceof WorldError) || existsSync(nameOrPath)) throw error;
    throw new WorldError(`${error.message}${meant(nameOrPath, shippedWorlds)}`, { cause: error });
  }
}
