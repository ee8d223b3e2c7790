// `plan`: look, plan, print or save. Writes nothing to Azure.

import type { Plan } from "../model/plan.ts";
import { shellPath } from "../model/shell-word.ts";
import { codeOf } from "../model/system-error.ts";
import { planPieces } from "../planning/plan-document.ts";
import { planText } from "../reporting/plan-text.ts";
import { terminalText } from "../reporting/terminal-text.ts";
import { nothingToDo } from "./answers.ts";
import { planHasSteps } from "./exit-codes.ts";
import { makePlan, planOptions } from "./make-plan.ts";
import type { ApplyArguments, PlanArguments } from "./options.ts";
import { notFound, selectVault } from "./select-vault.ts";
import { UserError } from "./user-error.ts";
import { printJson, printPieces, say, sayWait } from "./streams.ts";
import { writeWhole } from "./whole-file.ts";
import { openSession } from "./wire.ts";

/** Returns the exit code. Throws UserError and AzureError. */
export async function planCommand(options: PlanArguments): Promise<number> {
  const wanted = planOptions(options);
  const session = await openSession(options, sayWait);
  const selection = await selectVault(session, options);
  if (selection.found === "none") return nothingToDo(options.format, `${selection.where} has no ${selection.what}`);
  if (selection.found === "unknown") throw notFound(selection);
  const plan = await makePlan(session, selection.scope, selection.vault, wanted, options.deep);
  if (options.out !== undefined) savePlan(options.out, plan);
  await printPlan(plan, options.format, options.showCommands);
  if (options.out !== undefined)
    say(`saved to ${options.out}; apply it with: vault-teardown apply ${shellPath(options.out)} --confirm ${plan.id}`);
  return exitCodeOfPlan(plan, options.detailedExitcode);
}

/**
 * Prints the plan to stdout: as json the plan document, else as text. With its commands the text has them at its end; as json
 * they are a document of their own, for a plan's id is the hash of its document.
 */
export async function printPlan(plan: Plan, format: string, showCommands = false): Promise<void> {
  if (!showCommands) return printPieces(format === "json" ? planPieces(plan) : [planText(plan)]);
  const { commandsDocument, commandsTextOf } = await import("./shown-commands.ts");
  if (format === "json") return printJson(commandsDocument(plan), 2);
  return printPieces([planText(plan), terminalText([""]), commandsTextOf(plan)]);
}

/** Commands are shown with a plan that is shown, and with no other. Throws UserError. */
export function checkShown({ dryRun, showCommands }: Pick<ApplyArguments, "dryRun" | "showCommands">): void {
  if (showCommands && !dryRun) throw new UserError("--show-commands shows a plan: use it with plan, or with --dry-run");
}

/** 3 when a person must act first; 2, where asked for, when the plan has steps and could be applied. */
export function exitCodeOfPlan(plan: Plan, detailed: boolean): number {
  if (plan.blockers.length > 0) return 3;
  return detailed && plan.steps.length > 0 ? planHasSteps : 0;
}

/** Readable by this user only: a plan names everything in the vault. */
function savePlan(path: string, plan: Plan): void {
  try {
    writeWhole(path, planPieces(plan));
  } catch (error) {
    throw new UserError(`cannot write the plan to ${path} (${codeOf(error)}): choose another file with --out`);
  }
}
