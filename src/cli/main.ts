#!/usr/bin/env node
// argv in, exit code out. Loads no SDK itself: each command loads what it needs, and --help not even the parser.

import { readFileSync } from "node:fs";
import { enableCompileCache } from "node:module";

const argv = process.argv.slice(2);

if (argv.length === 1 && argv[0] === "--help") {
  // Rendered by the parser when its options change (npm run help:write); a test holds the two together.
  process.stdout.write(readFileSync(new URL("./help.txt", import.meta.url)));
} else {
  enableCompileCache();
  const { run } = await import("./run.ts");
  await run(argv);
}
