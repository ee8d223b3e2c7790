// Finds a world by its shipped name, as a file, or as one of any size. It must not change what a file says.
import { isUtf8 } from "node:buffer";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { largeWorld, largeWorldName, largeWorldSize } from "./large-world.ts";
import type { World } from "./world.ts";
import { WorldError, largestWorld, parseWorld } from "./world.ts";

const folder: string = fileURLToPath(new URL("./worlds/", import.meta.url));

export const shippedWorlds: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith(".json"))
  .map((file) => file.slice(0, -".json".length))
  .toSorted();

/** Large worlds are this one many times over. */
const model = "small";

export function loadWorld(nameOrPath: string): World {
  const size = largeWorldSize(nameOrPath);
  return size === undefined ? readWorld(nameOrPath) : largeWorld(size, readWorld(model));
}

function readWorld(nameOrPath: string): World {
  const path = shippedWorlds.includes(nameOrPath) ? `${folder}${nameOrPath}.json` : nameOrPath;
  if (!existsSync(path) || !statSync(path).isFile()) {
    throw new WorldError(
      `no world '${nameOrPath}'; use the path of a world file or one of: ${[...shippedWorlds, largeWorldName].join(", ")}`,
    );
  }
  if (statSync(path).size > largestWorld) {
    throw new WorldError(`world '${nameOrPath}' is larger than 400 MiB; use a smaller world`);
  }
  const content = contentOf(path, nameOrPath);
  if (!isUtf8(content)) throw new WorldError(`world '${nameOrPath}' is not UTF-8; save it so`);
  return parseWorld(content.toString("utf8"), nameOrPath);
}

function contentOf(path: string, source: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    throw new WorldError(`world '${source}' cannot be read (${code}); use a file that can`, { cause });
  }
}
