// Runs one part of the bench as a program of its own. It must not measure.

import type { Section } from "./section.ts";

/** Prints what the section found, and sets the exit code to 1 when it missed a bar. */
export async function runAlone({ title, run }: Section): Promise<void> {
  const { lines, missed } = await run();
  const verdict = missed.length === 0 ? ["all bars met"] : missed.map((line) => `missed: ${line}`);
  process.stdout.write(`${[title, "", ...lines, "", ...verdict].join("\n")}\n`);
  process.exitCode = missed.length === 0 ? 0 : 1;
}
