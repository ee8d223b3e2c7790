// Renders the top-level help once, so that `--help` need not load the parser to print it.

import { writeFileSync } from "node:fs";
import { helpText } from "../src/cli/run.ts";

writeFileSync(new URL("../src/cli/help.txt", import.meta.url), await helpText());
