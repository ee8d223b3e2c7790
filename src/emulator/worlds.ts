// Finds a world by its shipped name or as a file. It must not change what the file says.
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

import type { World } from "./world.ts";
import { WorldError, parseWorld } from "./world.ts";

const folder: string = fileURLToPath(new URL("./worlds/", import.meta.url));
const largestFile = 64 * 1024 * 1024;

export const shippedWorlds: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith(".json"))
  .map((file) => file.slice(0, -".json".length))
  .toSorted();

export function loadWorld(nameOrPath: string): World {
  const path = shippedWorlds.includes(nameOrPath) ? `${folder}${nameOrPath}.json` : nameOrPath;
  if (!existsSync(path) || !statSync(path).isFile()) {
    throw new WorldError(
      `no world '${nameOrPath}'; use the path of a world file or one of: ${shippedWorlds.join(", ")}`,
    );
  }
  if (statSync(path).size > largestFile) {
    throw new WorldError(`world '${nameOrPath}' is larger than 64 MiB; use a smaller world`);
  }
  return parseWorld(readFileSync(path, "utf8"), nameOrPath);
}
