// The events of a large teardown as a journal gets them: three a step, one step in ten tried twice. Made up, not recorded.

import { journalFormatVersion, type RunEvent } from "../../src/model/event.ts";

const vault =
  "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-backup/providers/Microsoft.RecoveryServices/vaults/rsv-large";
const id = "6d7f1d7e-3f2a-4a51-9d2e-0f6d1c1b8a11";

/** As many steps as that many events need. */
export function stepsOf(events: number): readonly { readonly id: string }[] {
  return Array.from({ length: Math.ceil(events / 3) }, (_, index) => ({ id: `delete-item-${index + 1}` }));
}

/** So many events of one run that has not ended, one after the other. */
export function* runEvents(count: number): Generator<RunEvent, void> {
  yield {
    type: "run-started",
    formatVersion: journalFormatVersion,
    run: "20261121T080000Z-abcdef",
    plan: "0123456789abcdef0123456789abcdef",
    vault,
    azure: "public",
    tool: "azure-vault-teardown/0.1.0",
    steps: stepsOf(count).length,
  };
  let left = count - 1;
  for (let item = 1; left > 0; item += 1)
    for (const event of eventsOfStep(item).slice(0, left)) {
      yield event;
      left -= 1;
    }
}

function eventsOfStep(item: number): readonly RunEvent[] {
  const step = `delete-item-${item}`;
  const machine = `iaasvmcontainerv2;rg-weu-prod;vm-app-${item}`;
  const target = `${vault}/backupFabrics/Azure/protectionContainers/IaasVMContainer;${machine}/protectedItems/VM;${machine}`;
  const operation = `https://management.azure.com${target}/operationResults/${id}?api-version=2025-08-01`;
  const because = "another operation is running on the container (UserErrorConflictingOperation)";
  const retried: RunEvent = { type: "step-retried", step, attempt: 1, delaySeconds: 30, because };
  return [
    { type: "step-intended", step },
    ...(item % 10 === 0 ? [retried] : []),
    { type: "step-accepted", step, status: 202, operation, correlationId: id },
    { type: "step-verified", step, evidence: `the list of protected items no longer has vm-app-${item}` },
  ];
}
