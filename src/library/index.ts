// What a program gets from this package: two functions over the same code as the commands, and the types they speak in. Nothing
// here prints, listens to signals of the process, or ends it.

/**
 * Plans and tears down an Azure Recovery Services vault or Backup vault from a program.
 *
 * ```js
 * import { planTeardown, runPlan } from "azure-vault-teardown";
 *
 * // The vault's resource id, its name for consent and, for a rehearsal, the address that `vault-teardown emulator` prints.
 * const [vault, confirm, endpoint] = process.argv.slice(2);
 *
 * const plan = await planTeardown({ vault, endpoint });
 * for (const { id, reason } of plan.steps) console.log(`${id}: ${reason}`);
 *
 * try {
 *   const run = await runPlan(plan, { confirm, endpoint, onEvent: ({ at, type }) => console.log(at, type) });
 *   console.log(run.exitCode, run.outcome?.kind, run.recover?.command);
 * } catch (error) {
 *   if (error.name !== "TeardownError") throw error;
 *   console.log(error.reason.code, error.message);
 * }
 * ```
 *
 * @packageDocumentation
 */
export { planTeardown } from "./plan-teardown.ts";
export { runPlan } from "./run-plan.ts";
export type { TokenCredential } from "../azure/credential.ts";
export type { AzureError } from "../model/azure-error.ts";
export type { RecordedEvent } from "../model/event.ts";
export type { Plan } from "../model/plan.ts";
export type { RunDocument } from "../reporting/run-document.ts";
export type { PlanTeardownOptions, RunPlanOptions } from "./options.ts";
export type { Refusal, TeardownError } from "./teardown-error.ts";
