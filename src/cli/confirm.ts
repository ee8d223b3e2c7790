// Asks the person at the terminal, or takes what the pipeline said. Declining changes nothing.

import { createInterface } from "node:readline/promises";
import type { Plan } from "../model/plan.ts";
import { terminalLine, type TerminalText } from "../reporting/terminal-text.ts";
import { confirms } from "../safety/confirmation.ts";
import { say } from "./streams.ts";
import { UserError } from "./user-error.ts";

/** Whether a person is asked: then the plan must have been shown, whatever format the result is to have. */
export function isAsked(given: string | undefined): boolean {
  return given === undefined && process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/**
 * Resolves when this plan may be carried out. Throws UserError when it may not. `isKept`: the same command has this very
 * plan again, so that its id can be given.
 */
export async function confirm(plan: Plan, given: string | undefined, isKept = true): Promise<void> {
  if (given !== undefined) {
    if (confirms(plan, given)) return;
    throw new UserError(
      `--confirm ${given} names neither the vault ${plan.vault.name} nor the plan ${plan.id}: nothing was changed`,
    );
  }
  if (!isAsked(given))
    throw new UserError(
      `nobody to ask: add --confirm ${plan.vault.name}${isKept ? ` or --confirm ${plan.id}` : ""} to carry this plan out; nothing was changed`,
    );
  const answer = await ask(terminalLine(`type the vault's name to carry this plan out (${plan.vault.name}): `));
  if (!confirms(plan, answer)) throw new UserError("declined: nothing was changed");
}

async function ask(question: TerminalText): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    // Ctrl-C and Ctrl-D close the terminal without an answer: that is a no.
    const closed = new Promise<undefined>((resolve) => terminal.once("close", () => resolve(undefined)));
    const answer = await Promise.race([terminal.question(question), closed]);
    // What is said next would stand behind the question.
    if (answer === undefined) say("");
    return answer?.trim() ?? "";
  } finally {
    terminal.close();
  }
}
