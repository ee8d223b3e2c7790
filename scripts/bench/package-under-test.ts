// The command line that is measured: built, as people install it, or from source. It must not measure.

import { spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

export const built: string = at("dist/cli/main.js");
export const source: string = at("src/cli/main.ts");

/** Runs node with these arguments to its end. Throws Error when it does not end with 0. */
export function node(name: string, argv: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, argv, { stdio: ["ignore", "ignore", "pipe"], cwd: tmpdir() });
  if (status !== 0) throw new Error(`${name} ended with ${status}: ${String(stderr)}`);
}

/** Builds the package, unless what is built is newer than every source file. */
export function ensureBuilt(): void {
  const builtAt = statSync(built, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (builtAt < newestChange(at("src"))) node("the build", [at("scripts/build.ts")]);
}

function newestChange(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Math.max(...entries.map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs));
}
