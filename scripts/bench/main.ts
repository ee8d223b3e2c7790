// Runs the parts of the bench one after another, prints them, writes their figures down, and ends with 1 when a bar was missed.
// It must not measure.

import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chart } from "./chart.ts";
import type { CaseResult } from "./case.ts";
import { emulatorSection } from "./emulator.ts";
import { journalSection } from "./journal.ts";
import { allSizes, makespanSection } from "./makespan.ts";
import { pageSection } from "./page.ts";
import { planSection } from "./plan.ts";
import type { Section, SectionResult } from "./section.ts";
import { startupSection } from "./startup.ts";

const usage = `usage: npm run bench -- [--sizes 1,10,100] [--results <folder>]
  --sizes    numbers of items, also as BENCH_SIZES; all of ${allSizes.join(", ")} where none are given
  --results  where bench.json and bench.svg are written; with all sizes, scripts/bench/results where none is given`;
const tracked = fileURLToPath(new URL("./results/", import.meta.url));

type Wanted = { readonly sizes: readonly number[]; readonly results: string | undefined };

/** Undefined when the arguments cannot be read. */
function wanted(): Wanted | undefined {
  const { values } = parseArgs({ options: { sizes: { type: "string" }, results: { type: "string" } } });
  const given = values.sizes ?? process.env["BENCH_SIZES"];
  const sizes = given === undefined ? allSizes : given.split(",").map(Number);
  if (!sizes.every((size) => Number.isInteger(size) && size > 0)) return undefined;
  // figures of some sizes must not take the place of those of all
  const isWhole = allSizes.every((size) => sizes.includes(size));
  return { sizes, results: values.results ?? (isWhole ? tracked : undefined) };
}

async function runAll(sections: readonly Section[]): Promise<ReadonlyMap<string, SectionResult>> {
  const results = new Map<string, SectionResult>();
  for (const section of sections) {
    const result = await section.run();
    results.set(section.name, result);
    say(section.title, "", ...result.lines, "");
  }
  return results;
}

function write(folder: string, results: ReadonlyMap<string, SectionResult>, cases: readonly CaseResult[]): void {
  const figures = Object.fromEntries([...results].map(([name, result]) => [name, result.figures]));
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? "", measuredAt: new Date().toISOString() };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "bench.json"), `${JSON.stringify({ machine, ...figures }, undefined, 2)}\n`);
  writeFileSync(join(folder, "bench.svg"), chart(cases));
  say(`written: ${join(folder, "bench.json")} and bench.svg`);
}

function say(...lines: readonly string[]): void {
  process.stdout.write(`${lines.join("\n")}\n`);
}

async function bench({ sizes, results: folder }: Wanted): Promise<number> {
  const cases: CaseResult[] = [];
  // A further part is a file with a section, and a place in this list.
  const sections: readonly Section[] = [
    startupSection,
    planSection,
    pageSection,
    journalSection,
    emulatorSection,
    makespanSection(sizes, (measured) => cases.push(...measured)),
  ];
  const results = await runAll(sections);
  if (folder !== undefined) write(folder, results, cases);
  const missed = [...results.values()].flatMap((result) => result.missed);
  say(
    missed.length === 0 ? "every bar was reached" : `${missed.length} bars were missed:`,
    ...missed.map((one) => `  ${one}`),
  );
  return missed.length === 0 ? 0 : 1;
}

const given = wanted();
if (given === undefined) {
  process.stderr.write(`${usage}\n`);
  process.exitCode = 2;
} else process.exitCode = await bench(given);
