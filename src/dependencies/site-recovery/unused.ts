// When a vault has nothing of Site Recovery: then its twelve other lists are not asked for. In doubt the answer is no.

import { AzureError } from "../../model/azure-error.ts";
import type { VaultReader } from "../../model/ports.ts";

/**
 * A vault whose items were disabled by hand counts nothing and still holds fabrics, so the fabrics are asked for too.
 * Two reads, side by side.
 */
export async function siteRecoveryIsUnused(reader: VaultReader): Promise<boolean> {
  const [countsNothing, hasNoFabrics] = await Promise.all([
    countNothing(reader).catch(doubtful),
    haveNoFabrics(reader).catch(doubtful),
  ]);
  return countsNothing && hasNoFabrics;
}

async function countNothing(reader: VaultReader): Promise<boolean> {
  const usage = await reader.replicationUsage();
  return usage.protectedItems + usage.recoveryPlans + usage.registeredServers === 0;
}

/**
 * A refusal leaves the counts to decide: Site Recovery answers 400 for a vault it never knew (field report), and who only
 * manages backups may not look at it.
 */
async function haveNoFabrics(reader: VaultReader): Promise<boolean> {
  try {
    return (await reader.replication("fabrics")).length === 0;
  } catch (error) {
    if (error instanceof AzureError && error.status >= 400 && error.status < 500 && error.status !== 401) return true;
    throw error;
  }
}

/** What cannot be read says nothing: the lists themselves will say why. */
function doubtful(error: unknown): false {
  if (!(error instanceof AzureError)) throw error;
  return false;
}
