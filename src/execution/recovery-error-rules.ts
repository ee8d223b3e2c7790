// What Azure's refusals mean where something is brought back. Data; read before the rules of every run.

import type { ErrorRule } from "./backup-vault-error-rules.ts";

export const recoveryRules: readonly ErrorRule[] = [
  {
    // field report for the code; that a Backup vault is refused alike is unverified
    codes: /^UserErrorDeletedVaultUndeleteConflictingVaultPresent$/i,
    next: "stop",
    disposition: "blocked",
    remedy:
      "a vault of this name stands where the deleted one would return: delete or move it, then run the same command again",
  },
  {
    // unverified, code and text; documented: a container returns only where it is registered nowhere else
    codes: /./,
    text: /registered (to|with|in) (another|a different|the) vault/i,
    next: "stop",
    disposition: "blocked",
    remedy:
      "another vault has registered it since: unregister it there first, then run the same command again; or leave it there, and bring back the rest with --item",
  },
  {
    codes: /^ResourceGroupNotFound$/i,
    next: "stop",
    disposition: "blocked",
    remedy: "create the resource group again (az group create), then run the same command again",
  },
  {
    // issue thread azure-docs 32050
    codes: /^ScopeLocked$/i,
    next: "stop",
    disposition: "blocked",
    remedy: "a lock refuses this: its owner removes it for the time of the recovery, then run the same command again",
  },
];

/** What a thing that is not there means where it was to return. */
export const notThere =
  "it was purged, or lies under another id: vault-teardown deleted lists what can be brought back";
