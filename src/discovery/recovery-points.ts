// The recovery points of many items, a request or more for each, a few items at a time. A refusal is said and stops nothing.

import { recoveryPointsIn } from "../dependencies/recovery-points.ts";
import { idKey, type ArmId } from "../model/arm-id.ts";
import { AzureError } from "../model/azure-error.ts";
import type { RecoveryPoints } from "../model/loss.ts";
import type { VaultReader } from "../model/ports.ts";

type Reads = Pick<VaultReader, "recoveryPoints">;

/** How many items are asked about at the same time; Azure's counters may allow fewer. */
const askedAtOnce = 16;

/** By the `idKey` of each item or instance. Throws AzureError only where nobody is signed in. */
export async function readRecoveryPoints(
  reader: Reads,
  items: readonly ArmId[],
): Promise<ReadonlyMap<string, RecoveryPoints>> {
  const found = new Map<string, RecoveryPoints>();
  const waiting = items.values();
  const worker = async (): Promise<void> => {
    for (const item of waiting) found.set(idKey(item), await pointsOf(reader, item));
  };
  await Promise.all(Array.from({ length: Math.min(askedAtOnce, items.length) }, worker));
  return found;
}

async function pointsOf(reader: Reads, item: ArmId): Promise<RecoveryPoints> {
  try {
    return recoveryPointsIn(await reader.recoveryPoints(item));
  } catch (error) {
    if (!(error instanceof AzureError) || error.status === 401) throw error;
    return { why: error.code };
  }
}
