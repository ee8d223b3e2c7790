// The bench's baseline: a plan carried out as a generated PowerShell script does it, one step at a time, with a question every
// five seconds about each operation. It keeps no journal and proves nothing. It must not use the engine.

import { AzureError } from "../../src/model/azure-error.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { Accepted, Clock, OperationHandle, VaultReader, VaultWriter } from "../../src/model/ports.ts";
import type { Step } from "../../src/model/step.ts";

export type OneAtATime = {
  readonly clock: Clock;
  readonly writer: VaultWriter;
  readonly reader: Pick<VaultReader, "vault">;
};

/** Seconds between two questions of Azure's own cmdlets (TrackingHelpers of Az.RecoveryServices). */
const betweenQuestions = 5;
/** A refused write is sent again after as long, as often as this. The script's author would see to that by hand. */
const mostRefusals = 120;

/** Resolves when the last step has ended. Throws AzureError where Azure refuses a step for good, or an operation failed. */
export async function runOneAtATime(plan: Pick<Plan, "steps">, given: OneAtATime): Promise<void> {
  for (const step of plan.steps) {
    const operation = (await sent(step, given)).operation;
    if (operation !== undefined) await ended(operation, given);
  }
}

/** A step that only reads is one look at the vault. */
async function sent({ request }: Step, { clock, writer, reader }: OneAtATime): Promise<Pick<Accepted, "operation">> {
  if (request === undefined) {
    await reader.vault();
    return {};
  }
  for (let refusals = 0; ; refusals += 1) {
    try {
      return await writer.send(request);
    } catch (error) {
      if (!(error instanceof AzureError) || refusals === mostRefusals) throw error;
      await clock.sleep(betweenQuestions * 1_000);
    }
  }
}

/** Asks at once, and then every five seconds. */
async function ended(operation: OperationHandle, { clock, writer }: OneAtATime): Promise<void> {
  for (;;) {
    const check = await writer.check(operation);
    if (check.state === "failed") throw new AzureError({ status: 200, code: check.code, message: check.message });
    if (check.state !== "running") return;
    await clock.sleep(betweenQuestions * 1_000);
  }
}
