// `npm run conformance`: drives the emulator through every scenario, holds its answers against the observed facts, prints
// the shares and writes the report. It must not change the facts.
import { mkdirSync, writeFileSync } from "node:fs";

import { measure } from "./measure.ts";
import { isConformant, report, summary } from "./report.ts";

const file = "coverage/conformance.md";

const measured = await measure();
mkdirSync("coverage", { recursive: true });
writeFileSync(file, report(measured));
process.stdout.write(`${summary(measured)}\n${measured.exchanges} exchanges; the report is in ${file}\n`);
process.exitCode = isConformant(measured) ? 0 : 1;
