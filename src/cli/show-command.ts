// `show`: a saved plan in any format, as it was planned. Asks nothing of Azure.

import { shellPath } from "../model/shell-word.ts";
import { planReportFormats } from "../reporting/formats.ts";
import { deliver } from "./deliver.ts";
import { deliveryOf } from "./delivery.ts";
import type { ShowArguments } from "./options.ts";
import { planReport } from "./plan-report.ts";
import { readPlan } from "./read-plan.ts";
import { say } from "./streams.ts";

/** Returns the exit code: a plan that is blocked can be shown like any other. Throws UserError and PlanDocumentError. */
export async function showCommand(options: ShowArguments): Promise<number> {
  const delivery = deliveryOf(options, planReportFormats, false);
  const plan = readPlan(options.plan);
  const exitCode = await deliver(await planReport(plan, options.showCommands), delivery, 0);
  const command = plan.recovery === undefined ? `apply ${shellPath(options.plan)}` : "recover";
  if (plan.blockers.length === 0) say(`carry it out with: vault-teardown ${command} --confirm ${plan.id}`);
  return exitCode;
}
