// The bars of the makespan part: what each case has to reach, and by how much it was missed. It must not measure.

import type { CaseResult } from "./case.ts";
import { titles } from "./worlds.ts";

type Bar = {
  readonly what: string;
  /** Undefined where the bar says nothing about the case. */
  readonly of: (result: CaseResult, all: readonly CaseResult[]) => number | undefined;
} & ({ readonly atMost: number } | { readonly atLeast: number });

/** Bars are about the recorded medians; with drawn times, one long operation may weigh more than all others. */
function isMedian({ seed, otherClient }: CaseResult): boolean {
  return seed === undefined && otherClient !== true;
}

const bars: readonly Bar[] = [
  { what: "exit code", of: ({ exitCode }) => exitCode, atMost: 0 },
  {
    what: "times the lower bound",
    of: (result) => (result.items <= 10 && isMedian(result) ? ratio(result) : undefined),
    atMost: 1.25,
  },
  {
    what: "times the lower bound",
    of: (result) => (result.items >= 100 && isMedian(result) ? ratio(result) : undefined),
    atMost: 1.1,
  },
  {
    what: "times as fast as one at a time",
    of: (result) => (result.items === 1_000 && isMedian(result) ? speedUp(result) : undefined),
    atLeast: 100,
  },
  {
    what: "requests per item",
    of: (result) => (result.items === 1_000 && isMedian(result) ? perItem(result, "requests") : undefined),
    atMost: 1.25,
  },
  {
    what: "times the bound that another client leaves",
    of: (result) => (result.otherClient === true ? ratio(result) : undefined),
    atMost: 1.5,
  },
  {
    what: "answers of 429",
    of: ({ throttled, otherClient }) => (otherClient === true ? undefined : throttled),
    atMost: 0,
  },
  {
    what: "times the seconds per item of 1,000 items",
    of: (...given) => growth("makespanSeconds", ...given),
    atMost: 1.2,
  },
  { what: "times the requests per item of 1,000 items", of: (...given) => growth("requests", ...given), atMost: 1.2 },
];

/** Each as a line that says the figure, the bar, and how far the one is from the other. */
export function missedBars(results: readonly CaseResult[]): readonly string[] {
  return results.flatMap((result) =>
    bars.flatMap((bar) => {
      const figure = bar.of(result, results);
      if (figure === undefined) return [];
      const [limit, short] = "atMost" in bar ? [bar.atMost, figure - bar.atMost] : [bar.atLeast, bar.atLeast - figure];
      const side = "atMost" in bar ? "at most" : "at least";
      if (!(short > 0)) return [];
      return [
        `${nameOf(result)}: ${shown(figure)} ${bar.what}, ${side} ${shown(limit)} wanted: missed by ${shown(short)}`,
      ];
    }),
  );
}

function nameOf({ scenario, items, seed, otherClient }: CaseResult): string {
  const times = seed === undefined ? "" : `, drawn times (seed ${seed})`;
  return `${titles[scenario]}, ${items}${times}${otherClient === true ? ", beside another client" : ""}`;
}

export function ratio({ makespanSeconds, boundSeconds }: CaseResult): number {
  return makespanSeconds / boundSeconds;
}

export function speedUp({ oneAtATime, makespanSeconds }: CaseResult): number | undefined {
  return oneAtATime === undefined ? undefined : oneAtATime.seconds / makespanSeconds;
}

export function perItem(result: CaseResult, member: "requests" | "makespanSeconds" | "cpuSeconds"): number {
  return result[member] / result.items;
}

/** From 1,000 items to 10,000 of the same scenario, with the same times. */
function growth(
  member: "requests" | "makespanSeconds",
  result: CaseResult,
  all: readonly CaseResult[],
): number | undefined {
  if (result.items !== 10_000) return undefined;
  const { scenario, seed, otherClient } = result;
  const smaller = all.find(
    (other) =>
      other.items === 1_000 && other.scenario === scenario && other.seed === seed && other.otherClient === otherClient,
  );
  return smaller === undefined ? undefined : perItem(result, member) / perItem(smaller, member);
}

function shown(figure: number): string {
  return String(Math.round(figure * 1_000) / 1_000);
}
