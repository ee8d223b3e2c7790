// `completion`: prints the script that makes a shell complete this program's command lines.

import { basename } from "node:path";
import { completedShells, completionScripts, type CompletedShell } from "./shell-completion.ts";
import type { CompletionArguments } from "./options.ts";
import { printLines } from "./streams.ts";
import { UserError } from "./user-error.ts";

/** Returns the exit code. Throws UserError where no shell is named, in the command or in SHELL. */
export function completionCommand({ shell }: CompletionArguments): number {
  const named = shell ?? basename(process.env["SHELL"] ?? "");
  if (!isCompleted(named))
    throw new UserError(
      `${named === "" ? "SHELL names no shell" : `there is no completion for ${named}`}: name one, completion ${completedShells.join("|")}`,
    );
  printLines(...completionScripts[named].trimEnd().split("\n"));
  return 0;
}

function isCompleted(shell: string): shell is CompletedShell {
  return Object.hasOwn(completionScripts, shell);
}
