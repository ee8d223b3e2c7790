// A plan as it is told of: with the commands of its steps where they were asked for. Loads what makes them only then.

import type { Plan } from "../model/plan.ts";
import { planFormats, planReportFormats, type Format } from "../reporting/formats.ts";
import type { PlanReport } from "../reporting/report.ts";
import { UserError } from "./user-error.ts";

/** What is only planned has no events, and commands are shown with a plan that is shown. Throws UserError. */
export function checkShown(dryRun: boolean, format: string, showCommands: boolean): void {
  if (dryRun && !planReportFormats.includes(format as Format))
    throw new UserError(`--dry-run prints a plan, not events: use --format ${planFormats.join(", ")}`);
  if (showCommands && !dryRun) throw new UserError("--show-commands shows a plan: use it with plan, or with --dry-run");
}

/** `showCommands`: with what each step sends. */
export async function planReport(plan: Plan, showCommands: boolean): Promise<PlanReport> {
  if (!showCommands) return { about: "plan", plan };
  const { commandsDocument, commandsTextOf } = await import("./shown-commands.ts");
  const commands = {
    text: () => commandsTextOf(plan),
    document: () => commandsDocument(plan),
  };
  return { about: "plan", plan, commands };
}
