// What became of the changes to one folder, and the table of all folders.

import type { Stryker } from "@stryker-mutator/core";

type MutantResult = Awaited<ReturnType<Stryker["runMutationTest"]>>[number];

export type FolderScore = {
  readonly folder: string;
  readonly mutants: number;
  readonly killed: number;
  readonly timeout: number;
  readonly survived: number;
  readonly uncovered: number;
  /** Changes that cannot be judged: the code does not even load with them. */
  readonly invalid: number;
  /** Per cent of the changes that can be judged that some test noticed. */
  readonly score: number;
  readonly milliseconds: number;
};

/** Counts the results of one folder; a change that hangs the tests counts as noticed. */
export function scoreOf(folder: string, results: readonly MutantResult[], milliseconds: number): FolderScore {
  const count = (status: MutantResult["status"]) => results.filter((result) => result.status === status).length;
  const [killed, timeout, survived, uncovered] = [
    count("Killed"),
    count("Timeout"),
    count("Survived"),
    count("NoCoverage"),
  ];
  const judged = killed + timeout + survived + uncovered;
  return {
    folder,
    mutants: results.length,
    killed,
    timeout,
    survived,
    uncovered,
    invalid: results.length - judged,
    score: judged === 0 ? 0 : (100 * (killed + timeout)) / judged,
    milliseconds,
  };
}

/** One line a folder, in Markdown. */
export function table(scores: readonly FolderScore[], bar: number): string {
  const rows = scores.map((score) => [
    score.folder,
    score.mutants,
    score.killed,
    score.timeout,
    score.survived,
    score.uncovered,
    score.invalid,
    `${score.score.toFixed(1)} %${score.score < bar ? ` (below ${bar} %)` : ""}`,
    `${(score.milliseconds / 60_000).toFixed(1)} min`,
  ]);
  const head = ["folder", "mutants", "killed", "timeout", "survived", "no coverage", "invalid", "score", "time"];
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
