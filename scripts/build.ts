// Builds the package: the compiler's output, and the documents the program reads beside its code. `node scripts/build.ts
// [folder]` puts it into another folder than dist/.

import { spawnSync } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const folder = resolve(process.argv[2] ?? join(root, "dist"));

rmSync(folder, { recursive: true, force: true });
const compiler = fileURLToPath(import.meta.resolve("typescript/package.json")).replace(/package\.json$/, "bin/tsc");
/** What Node runs, and the scripts of HTML reports, which a browser runs. */
const projects: readonly (readonly string[])[] = [
  ["-p", "scripts/tsconfig.build.json", "--outDir", folder],
  ["-p", "scripts/tsconfig.browser.json", "--noEmit", "false", "--outDir", join(folder, "reporting/html/browser")],
];
for (const how of projects) {
  const compiled = spawnSync(process.execPath, [compiler, ...how], { cwd: root, stdio: "inherit" });
  if (compiled.status !== 0) process.exit(compiled.status ?? 1);
}
const read = ["emulator/worlds", "emulator/world.schema.json", "emulator/SPEC.md", "cli/help.txt"];
for (const path of [...read, "reporting/html/page.css"])
  cpSync(join(root, "src", path), join(folder, path), { recursive: true });
