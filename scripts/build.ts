// Builds the package: the compiler's output, the types of its entrance, and the documents beside the code. `node
// scripts/build.ts [folder]` puts it into another folder than dist/.

import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const folder = resolve(process.argv[2] ?? join(root, "dist"));
const entrance = "library/index.d.ts";

rmSync(folder, { recursive: true, force: true });
compile("scripts/tsconfig.build.json", folder);
// The scripts of HTML reports, which a browser runs.
compile("scripts/tsconfig.browser.json", join(folder, "reporting/html/browser"), "--noEmit", "false");
const types = mkdtempSync(join(tmpdir(), "vault-teardown-types-"));
try {
  compile("scripts/tsconfig.types.json", types);
  copyTypes(entrance, new Set());
} finally {
  rmSync(types, { recursive: true, force: true });
}
const read = ["emulator/worlds", "emulator/world.schema.json", "emulator/SPEC.md", "cli/help.txt", "schemas"];
for (const path of [...read, "reporting/html/page.css"])
  cpSync(join(root, "src", path), join(folder, path), { recursive: true });

/** Ends this process where the compiler is not content. */
function compile(project: string, to: string, ...more: readonly string[]): void {
  const compiler = fileURLToPath(import.meta.resolve("typescript/package.json")).replace(/package\.json$/, "bin/tsc");
  const parameters = [compiler, "-p", project, "--outDir", to, ...more];
  const { status } = spawnSync(process.execPath, parameters, { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

/**
 * Copies these types and those they are made of, and no others: what no signature names is nobody's business. They name each
 * other as the compiled files are called.
 */
function copyTypes(path: string, copied: Set<string>): void {
  if (copied.has(path)) return;
  copied.add(path);
  const text = readFileSync(join(types, path), "utf8");
  const relative = /(\bfrom |\bimport\()"(\.[^"]*)\.ts"/g;
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text.replaceAll(relative, '$1"$2.js"'));
  for (const [, , other = ""] of text.matchAll(relative)) copyTypes(join(dirname(path), `${other}.d.ts`), copied);
}
