// All that can be explained, joined; and what is known of one code.

import { backupVault } from "./backup-vault.ts";
import { busy } from "./busy.ts";
import { clientTools } from "./client-tools.ts";
import { containers } from "./containers.ts";
import { emulatorErrors } from "./emulator-errors.ts";
import type { Explanation } from "./explanation.ts";
import { guardsAndLocks } from "./guards-and-locks.ts";
import { immutability } from "./immutability.ts";
import { ownBlockers } from "./own-blockers.ts";
import { ownBlockersOfContents } from "./own-blockers-of-contents.ts";
import { ownFailures } from "./own-failures.ts";
import { requests } from "./requests.ts";
import { serviceFaults } from "./service-faults.ts";
import { signIn } from "./sign-in.ts";
import { siteRecovery } from "./site-recovery.ts";
import { softDelete } from "./soft-delete.ts";
import { thisMachine } from "./this-machine.ts";
import { throttlingAndLimits } from "./throttling-and-limits.ts";
import { vaultDeletion } from "./vault-deletion.ts";

export const catalogue: readonly Explanation[] = [
  ...vaultDeletion,
  ...softDelete,
  ...immutability,
  ...guardsAndLocks,
  ...containers,
  ...busy,
  ...throttlingAndLimits,
  ...siteRecovery,
  ...backupVault,
  ...serviceFaults,
  ...requests,
  ...signIn,
  ...clientTools,
  ...ownBlockers,
  ...ownBlockersOfContents,
  ...ownFailures,
  ...thisMachine,
  ...emulatorErrors,
];

/** Every code there is an entry for, spelled as the entry does. */
export const knownCodes: readonly string[] = [...new Set(catalogue.flatMap(({ codes }) => codes))];

const entries: ReadonlyMap<string, readonly Explanation[]> = byCode();

function byCode(): ReadonlyMap<string, readonly Explanation[]> {
  const found = new Map<string, Explanation[]>();
  for (const explanation of catalogue)
    for (const code of explanation.codes) {
      const key = code.toLowerCase();
      found.set(key, [...(found.get(key) ?? []), explanation]);
    }
  return found;
}

/** The entries of a code, whatever its capitals; more than one where the code has several meanings. */
export function entriesOfCode(code: string): readonly Explanation[] {
  return entries.get(code.toLowerCase()) ?? [];
}
