// Builds dist/: the compiler's output, and the documents the emulator reads beside its code.

import { spawnSync } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = new URL("../", import.meta.url);
const at = (path: string): URL => new URL(path, root);

rmSync(at("dist"), { recursive: true, force: true });
const compiler = fileURLToPath(import.meta.resolve("typescript/package.json")).replace(/package\.json$/, "bin/tsc");
const compiled = spawnSync(process.execPath, [compiler, "-p", "scripts/tsconfig.build.json"], {
  cwd: root,
  stdio: "inherit",
});
if (compiled.status !== 0) process.exit(compiled.status ?? 1);
for (const path of ["emulator/worlds", "emulator/world.schema.json", "emulator/SPEC.md", "cli/help.txt"])
  cpSync(at(`src/${path}`), at(`dist/${path}`), { recursive: true });
