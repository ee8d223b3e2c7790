// `plan`: look, plan, print or save. Writes nothing to Azure.

import type { Plan } from "../model/plan.ts";
import { shellPath } from "../model/shell-word.ts";
import { codeOf } from "../model/system-error.ts";
import { planPieces } from "../planning/plan-document.ts";
import { planReportFormats } from "../reporting/formats.ts";
import { nothingToDo } from "../reporting/answers.ts";
import { answer, deliver } from "./deliver.ts";
import { deliveryOf } from "./delivery.ts";
import { planHasSteps } from "./exit-codes.ts";
import { makePlan, planOptions } from "./make-plan.ts";
import type { PlanArguments } from "./options.ts";
import { planReport } from "./plan-report.ts";
import { notFound, selectVault } from "./select-vault.ts";
import { UserError } from "./user-error.ts";
import { say, sayWait } from "./streams.ts";
import { writeWhole } from "./whole-file.ts";
import { openSession } from "./wire.ts";

/** Returns the exit code. Throws UserError and AzureError. */
export async function planCommand(options: PlanArguments): Promise<number> {
  const delivery = deliveryOf(options, planReportFormats, true);
  const wanted = planOptions(options);
  const session = await openSession(options, sayWait);
  const selection = await selectVault(session, options);
  if (selection.found === "none") return answer(delivery, nothingToDo(`${selection.where} has no ${selection.what}`));
  if (selection.found === "unknown") throw notFound(selection);
  const plan = await makePlan(session, selection.scope, selection.vault, wanted, options.deep);
  if (options.out !== undefined) savePlan(options.out, plan);
  const exitCode = exitCodeOfPlan(plan, options.detailedExitcode);
  const ended = await deliver(await planReport(plan, options.showCommands), delivery, exitCode);
  if (options.out !== undefined) say(savedLine(options.out, plan));
  return ended;
}

/** A plan stays as it was made: one that is blocked is never applied, whatever is settled afterwards. */
function savedLine(path: string, plan: Plan): string {
  const next =
    plan.blockers.length > 0
      ? "it is blocked: settle what blocks it, then make it again"
      : `apply it with: vault-teardown apply ${shellPath(path)} --confirm ${plan.id}`;
  return `saved to ${path}; ${next}`;
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
