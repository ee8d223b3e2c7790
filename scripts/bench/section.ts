// One part of the benchmarks: what it measures, its figures, and which of its bars it missed. Run alone or with the others.

export type SectionResult = {
  /** For people, in order. */
  readonly lines: readonly string[];
  /** By name, with the unit at its end: `helpOverNodeMs`. */
  readonly figures: Readonly<Record<string, number>>;
  /** One line for every bar that was missed; empty when all were kept. */
  readonly missed: readonly string[];
};

export type Section = {
  readonly title: string;
  /** Rejects when something could not be measured. */
  readonly run: () => Promise<SectionResult>;
};

/** Runs one section as a program of its own: prints its lines, and sets the exit code to 1 when it missed a bar. */
export async function runAlone({ title, run }: Section): Promise<void> {
  const { lines, missed } = await run();
  const verdict = missed.length === 0 ? ["all bars kept"] : missed.map((line) => `missed: ${line}`);
  process.stdout.write(`${[title, ...lines, ...verdict].join("\n")}\n`);
  process.exitCode = missed.length === 0 ? 0 : 1;
}
