// Points from a code to its explanation, for whatever shows the code. Nothing else of this folder is needed for that.

import { entriesOfCode, knownCodes } from "./catalogue.ts";

/** The command that explains the code; undefined where nothing is known of it. */
export function explainCommand(code: string): string | undefined {
  if (entriesOfCode(code).length === 0) return undefined;
  const spelled = knownCodes.find((known) => known.toLowerCase() === code.toLowerCase()) ?? code;
  return `vault-teardown explain ${spelled}`;
}

/** The commands for several codes, each once. */
export function explainCommands(codes: Iterable<string>): readonly string[] {
  return [...new Set([...new Set(codes)].flatMap((code) => explainCommand(code) ?? []))];
}
