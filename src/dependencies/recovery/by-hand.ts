// What a teardown takes away and no call of Azure brings back, and what a person does about each. Data, closed over every action.

import { segmentAfter } from "../../model/arm-id.ts";
import type { VaultSummary } from "../../model/plan.ts";
import { isBackupData } from "../../model/resource.ts";
import { shellWord } from "../../model/shell-word.ts";
import type { Action, Step } from "../../model/step.ts";

type Lost = {
  /** The sort of thing, without names. */
  readonly what: string;
  readonly todo: (vault: VaultSummary) => string;
};

const group = ({ id }: VaultSummary): string =>
  `--resource-group ${shellWord(segmentAfter(id, "resourceGroups") ?? "")}`;

const named = (vault: VaultSummary): string => `--name ${shellWord(vault.name)} ${group(vault)}`;

/** Settings of a Backup vault are set by one command, those of the other sort by two. */
const backupVaultUpdate = (vault: VaultSummary): string =>
  `az dataprotection backup-vault update --vault-name ${shellWord(vault.name)} ${group(vault)}`;

const properties = (vault: VaultSummary): string => `az backup vault backup-properties set ${named(vault)}`;

const replication: Lost = {
  what: "replication by Site Recovery",
  todo: () => "set it up again in the portal: enable replication for each machine; its recovery points are gone",
};

const destroyed: Lost = {
  what: "backup data that was destroyed for good",
  todo: () =>
    "nothing brings back what the vault does not list as soft-deleted: take a new backup of each source, or restore from another copy",
};

/** `undefined`: nothing is lost by it, or the recovery itself brings it back. */
const losses: { readonly [A in Action]: Lost | undefined } = {
  "disable-immutability": {
    what: "immutability of the vault",
    todo: (vault) =>
      vault.kind === "backup"
        ? `turn it on again: ${backupVaultUpdate(vault)} --immutability-state Unlocked`
        : `turn it on again: az backup vault update ${named(vault)} --immutability-state Unlocked`,
  },
  "disable-soft-delete": {
    what: "soft delete of the vault",
    todo: (vault) =>
      vault.kind === "backup"
        ? `turn it on again: ${backupVaultUpdate(vault)} --soft-delete-state On`
        : `turn it on again: ${properties(vault)} --soft-delete-feature-state Enable`,
  },
  "disable-hybrid-security": {
    what: "hybrid security of the vault",
    todo: (vault) => `turn it on again: ${properties(vault)} --hybrid-backup-security-features Enable`,
  },
  "delete-intent": {
    what: "auto-protection",
    todo: () => "enable it again for each instance: az backup protection auto-enable-for-azurewl",
  },
  "delete-item": destroyed,
  "delete-instance": destroyed,
  "unregister-server": {
    what: "servers outside Azure",
    todo: () =>
      "register each again with new vault credentials (portal: vault, backup, on-premises); what was soft-deleted of theirs is undeleted in the portal or at the server's own console",
  },
  "delete-policy": {
    what: "backup policies",
    todo: () => "create them again before backups are resumed: az dataprotection backup-policy create",
  },
  "delete-private-endpoint-connection": {
    what: "private endpoint connections",
    todo: () => "create the private endpoints again, and approve their connections: az network private-endpoint create",
  },
  "delete-private-endpoint": {
    what: "private endpoints",
    todo: () => "create them again: az network private-endpoint create; look at the private DNS zones too",
  },
  "clean-test-failover": {
    what: "machines of test failovers",
    todo: () => "run the test failover again once replication is set up again",
  },
  "delete-recovery-plan": replication,
  "disable-replication": replication,
  "delete-migration-item": replication,
  "remove-container-mapping": replication,
  "delete-network-mapping": replication,
  "delete-storage-mapping": replication,
  "remove-protection-container": replication,
  "delete-vcenter": replication,
  "remove-provider": replication,
  "remove-fabric": replication,
  "delete-replication-policy": replication,
  "remove-lock": {
    what: "locks that went with what they were on",
    todo: () => "set them again once their resource stands: az lock create",
  },
  "undelete-vault": undefined,
  "register-container": undefined,
  "settle-job": undefined,
  "undelete-item": undefined,
  "undelete-instance": undefined,
  "unregister-container": undefined,
  recheck: undefined,
  "delete-vault": undefined,
  "prove-absence": undefined,
  "prove-recovery": undefined,
  "restore-lock": undefined,
};

/** What the step takes away for good; undefined where a recovery brings it back, or nothing is lost. */
export function lossOf({ action, irreversible, kind }: Step): Lost | undefined {
  return isBackupData({ kind }) && !irreversible ? undefined : losses[action];
}
