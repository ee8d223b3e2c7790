#!/usr/bin/env node
// argv in, exit code out. Loads no SDK itself: each command loads what it needs, and --help not even the parser.

import { readFileSync } from "node:fs";
import nodeModule from "node:module";
import { isSupportedNode, oldestNode } from "./node-version.ts";
import { outliveOutputs } from "./outputs.ts";

const argv = process.argv.slice(2);
outliveOutputs();

if (argv.length === 1 && argv[0] === "--help") {
  // Rendered by the parser when its options change (npm run help:write); a test holds the two together.
  process.stdout.write(readFileSync(new URL("./help.txt", import.meta.url)));
} else if (!isSupportedNode(process.versions.node)) {
  process.stderr.write(
    `vault-teardown: needs Node ${oldestNode} or newer, this is ${process.version}: run it with a newer one\n`,
  );
  process.exitCode = 1;
} else {
  nodeModule.enableCompileCache();
  const { run } = await import("./run.ts");
  await run(argv);
}
