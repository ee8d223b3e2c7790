// The makespan part of the bench: which cases are run, and how their results are shown. It must not set the bars.

import { missedBars, perItem, ratio, speedUp } from "./bars.ts";
import { measureApart } from "./case-process.ts";
import type { Case, CaseResult } from "./case.ts";
import { table, type Section } from "./section.ts";
import { scenarios, titles } from "./worlds.ts";

export const allSizes: readonly number[] = [1, 10, 100, 1_000, 10_000];
/** Sizes that are run with drawn times as well, each with every seed. */
const drawnSizes: readonly number[] = [100, 1_000];
const seeds: readonly number[] = [1, 2];
/** Items of the run that another client disturbs. */
const disturbed = 1_000;

export function makespanSection(sizes: readonly number[], measured: (results: readonly CaseResult[]) => void): Section {
  return {
    name: "makespan",
    title: "Makespan: from the begin of discovery to the proof, on a clock that never waits",
    run: async () => {
      const results: CaseResult[] = [];
      for (const given of casesOf(sizes)) {
        process.stderr.write(`${given.scenario}, ${given.items} items ...\n`);
        results.push(await measureApart(given));
      }
      measured(results);
      return { lines: shown(results), figures: results.map(withRates), missed: missedBars(results) };
    },
  };
}

function casesOf(sizes: readonly number[]): readonly Case[] {
  const medians = scenarios.flatMap((scenario) => sizes.map((items): Case => ({ scenario, items })));
  const drawn = scenarios.flatMap((scenario) =>
    drawnSizes
      .filter((items) => sizes.includes(items))
      .flatMap((items) => seeds.map((seed) => ({ scenario, items, seed }))),
  );
  const beside: readonly Case[] = sizes.includes(disturbed)
    ? [{ scenario: "mixed-soft", items: disturbed, otherClient: true }]
    : [];
  return [...medians, ...drawn, ...beside];
}

/** With what is worked out from it, so that nobody has to. */
function withRates(result: CaseResult): object {
  return {
    ...result,
    ratio: ratio(result),
    ...(result.oneAtATime === undefined ? {} : { speedUp: speedUp(result) }),
    requestsPerItem: perItem(result, "requests"),
    secondsPerItem: perItem(result, "makespanSeconds"),
    cpuSecondsPerItem: perItem(result, "cpuSeconds"),
  };
}

const header = [
  "scenario",
  "items",
  "times",
  "makespan s",
  "bound s",
  "decided by",
  "ratio",
  "one at a time s",
  "faster",
  "requests",
  "per item",
  "429",
  "CPU s",
  "peak MB",
];

function shown(results: readonly CaseResult[]): readonly string[] {
  return [
    ...table(header, results.map(row)),
    "",
    "Seconds are those of the emulated world, in which requests take no time; CPU and memory include the emulator's own.",
    "Bars are about the recorded medians; how drawn times fare is shown beside them.",
    ...results.filter(({ otherClient }) => otherClient === true).map(besideAnother),
  ];
}

function row(result: CaseResult): readonly string[] {
  const { scenario, items, seed, otherClient, oneAtATime } = result;
  const faster = speedUp(result);
  return [
    titles[scenario],
    count(items),
    otherClient === true ? "medians, other client" : seed === undefined ? "medians" : `drawn (seed ${seed})`,
    count(result.makespanSeconds),
    count(result.boundSeconds),
    result.decidedBy,
    ratio(result).toFixed(2),
    oneAtATime === undefined ? "-" : count(oneAtATime.seconds),
    faster === undefined ? "-" : `${faster.toFixed(faster < 10 ? 1 : 0)}x`,
    count(result.requests),
    perItem(result, "requests").toFixed(2),
    count(result.throttled),
    result.cpuSeconds.toFixed(1),
    result.peakMegabytes.toFixed(0),
  ];
}

function besideAnother(result: CaseResult): string {
  const more = (ratio(result) - 1) * 100;
  return `Beside another client, which left it a bound of ${count(result.boundSeconds)} s, ${count(result.items)} items took ${count(result.makespanSeconds)} s: ${more.toFixed(0)} % more, with ${count(result.throttled)} answers of 429.`;
}

function count(figure: number): string {
  return Math.round(figure).toLocaleString("en-US");
}
