// `npm run conformance`: drives the emulator through every scenario, holds its answers against the observed facts, prints
// the shares and writes the report. It must not change the facts.
import { mkdirSync, writeFileSync } from "node:fs";

import { compare } from "./compare.ts";
import { durationsOf } from "./durations.ts";
import { factsFrom, readFacts } from "./facts.ts";
import { observe } from "./observed.ts";
import { missing, report, summary } from "./report.ts";
import { runScenarios } from "./scenarios/all.ts";

const file = "coverage/conformance.md";

const facts = readFacts();
const exchanges = await runScenarios();
const forms = compare(facts.facts, factsFrom(observe(exchanges)).facts);
mkdirSync("coverage", { recursive: true });
writeFileSync(file, report({ facts, forms, durations: durationsOf(exchanges) }));
process.stdout.write(`${summary(forms)}\n${exchanges.length} exchanges; the report is in ${file}\n`);
process.exitCode = missing(forms).some(({ reason }) => reason === "no reason is known") ? 1 : 0;
