// How many requests Microsoft.DataProtection takes of each kind before it refuses, as the counters of fresh answers say.
// It must stay data.

/** By the method and the type that a path ends in, in lower case; what is not here goes through the ordinary counters. */
const capacities: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  GET: {
    backupvaults: 500,
    backupinstances: 2_000,
    deletedbackupinstances: 2_000,
    recoverypoints: 100,
    backupjobs: 200,
    backuppolicies: 200,
    backupresourceguardproxies: 1_000,
    operationstatus: 1_000,
    operationresults: 200,
  },
  PATCH: { backupvaults: 100 },
  PUT: { backupvaults: 100, backupinstances: 200, backuppolicies: 200, backupresourceguardproxies: 100 },
  DELETE: { backupvaults: 100, backupinstances: 200, backuppolicies: 50 },
  POST: { undelete: 2_000 },
};

export type ProviderCounter = { readonly bucket: string; readonly capacity: number; readonly perSecond: number };

/** Recorded: what fresh counters say. Unverified: that they fill up again within a minute. */
export function dataProtectionCounter(method: string, belowProvider: readonly string[]): ProviderCounter | undefined {
  const [last = "", before = ""] = belowProvider.toReversed();
  const types = belowProvider.length % 2 === 0 ? before : last;
  const capacity = capacities[method]?.[types];
  if (capacity === undefined) return undefined;
  return { bucket: `dataprotection-${method.toLowerCase()}-${types}`, capacity, perSecond: capacity / 60 };
}
