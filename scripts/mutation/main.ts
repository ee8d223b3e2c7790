// Changes the rules of a folder one at a time, runs the tests for each change, and ends with 1 when too few changes were noticed.
// It must not write into the repository except under coverage/, which git ignores.

import { Stryker } from "@stryker-mutator/core";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { mutatedFolders, type MutatedFolder } from "./folders.ts";
import { scoreOf, table, type FolderScore } from "./score.ts";

/** Per cent of the changes that the tests must notice, in each folder. */
const bar = 85;

const usage = `usage: npm run mutation -- [folder...] [--concurrency <n>] [--reports <folder>] [--incremental]
  folder         one of ${mutatedFolders.map(({ name }) => name).join(", ")}; all of them where none is given
  --concurrency  how many changes are tried side by side; 2 where none is given
  --reports      where the reports are written; coverage/mutation where none is given
  --incremental  take over what the last run with the same reports found out about unchanged code and tests`;

type Wanted = {
  readonly folders: readonly MutatedFolder[];
  readonly concurrency: number;
  readonly reports: string;
  readonly incremental: boolean;
};

/** Undefined when the arguments cannot be read. */
function wanted(): Wanted | undefined {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      concurrency: { type: "string", default: "2" },
      reports: { type: "string", default: fileURLToPath(new URL("../../coverage/mutation", import.meta.url)) },
      incremental: { type: "boolean", default: false },
    },
  });
  const concurrency = Number(values.concurrency);
  if (!Number.isInteger(concurrency) || concurrency < 1) return undefined;
  const folders = positionals.map((name) => mutatedFolders.find((folder) => folder.name === name));
  if (!folders.every((folder) => folder !== undefined)) return undefined;
  return { ...values, concurrency, folders: folders.length === 0 ? mutatedFolders : folders };
}

async function measure({ name }: MutatedFolder, { concurrency, reports, incremental }: Wanted): Promise<FolderScore> {
  const started = Date.now();
  const workplace = mkdtempSync(join(tmpdir(), "mutation-"));
  mkdirSync(reports, { recursive: true });
  // the tests are chosen there: with Stryker's own `testFiles`, a change of what runs at load is never made
  process.env["MUTATED_FOLDER"] = name;
  const stryker = new Stryker({
    // no such file: Stryker cannot read the configuration of this version of TypeScript, and need not
    tsconfigFile: "none",
    plugins: [import.meta.resolve("@stryker-mutator/vitest-runner")],
    testRunner: "vitest",
    vitest: {
      configFile: fileURLToPath(new URL("./vitest.config.ts", import.meta.url)),
      related: false,
      pool: "threads",
    },
    coverageAnalysis: "perTest",
    mutate: [`src/${name}/**/*.ts`],
    concurrency,
    incremental,
    incrementalFile: join(reports, `${name}.incremental.json`),
    reporters: ["json", "progress-append-only"],
    jsonReporter: { fileName: join(reports, `${name}.json`) },
    tempDirName: workplace,
    cleanTempDir: "always",
    timeoutMS: 5_000,
    allowConsoleColors: false,
  });
  try {
    return scoreOf(name, await stryker.runMutationTest(), Date.now() - started);
  } finally {
    rmSync(workplace, { recursive: true, force: true });
  }
}

async function main(asked: Wanted): Promise<number> {
  const scores: FolderScore[] = [];
  for (const folder of asked.folders) scores.push(await measure(folder, asked));
  process.stdout.write(`\n${table(scores, bar)}\nreports: ${asked.reports}\n`);
  return scores.every(({ score }) => score >= bar) ? 0 : 1;
}

const asked = wanted();
if (asked === undefined) process.stderr.write(`${usage}\n`);
process.exitCode = asked === undefined ? 2 : await main(asked);
