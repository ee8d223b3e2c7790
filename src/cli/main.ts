#!/usr/bin/env node
// argv in, exit code out. Loads no SDK itself: each command loads what it needs, and --help not even the parser.

import { readFileSync } from "node:fs";
import nodeModule from "node:module";
import { hiddenCommand } from "./hidden-command.ts";
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
} else if (argv[0] === hiddenCommand) {
  nodeModule.enableCompileCache();
  const { completionLines, completionsFor } = await import("./completions.ts");
  const words = argv.slice(1);
  const offered = await completionsFor(words.slice(0, -1), words.at(-1) ?? "");
  process.stdout.write(`${completionLines(offered).join("\n")}\n`);
} else {
  nodeModule.enableCompileCache();
  const { run } = await import("./run.ts");
  await run(argv);
}
