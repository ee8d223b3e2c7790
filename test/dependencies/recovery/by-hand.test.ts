// What does not come back, word for word: the sort of thing, and what a person does about it.

import { describe, expect, it } from "vitest";
import { lossOf } from "../../../src/dependencies/recovery/by-hand.ts";
import { armId, type VaultKind } from "../../../src/model/arm-id.ts";
import type { VaultSummary } from "../../../src/model/plan.ts";
import { actions, type Action, type Step } from "../../../src/model/step.ts";
import { backupVaultPath, vaultPath } from "../arm-answers.ts";

function summary(kind: VaultKind): VaultSummary {
  const id = armId(kind === "backup" ? backupVaultPath : vaultPath);
  return { id, name: "it's mine", kind, location: "westeurope", cloud: "public" };
}

function lossBy(action: Action, more: Partial<Step> = {}) {
  return lossOf({ action, irreversible: true, kind: "vault", ...more } as Step);
}

const replication = [
  "replication by Site Recovery",
  "set it up again in the portal: enable replication for each machine; its recovery points are gone",
] as const;
const destroyed = [
  "backup data that was destroyed for good",
  "nothing brings back what the vault does not list as soft-deleted: take a new backup of each source, or restore from another copy",
] as const;

const stated: Partial<Record<Action, readonly [what: string, todo: string, todoInBackupVault?: string]>> = {
  "disable-immutability": [
    "immutability of the vault",
    String.raw`turn it on again: az backup vault update --name 'it'\''s mine' --resource-group 'rg-test' --immutability-state Unlocked`,
    String.raw`turn it on again: az dataprotection backup-vault update --vault-name 'it'\''s mine' --resource-group 'rg-test' --immutability-state Unlocked`,
  ],
  "disable-soft-delete": [
    "soft delete of the vault",
    String.raw`turn it on again: az backup vault backup-properties set --name 'it'\''s mine' --resource-group 'rg-test' --soft-delete-feature-state Enable`,
    String.raw`turn it on again: az dataprotection backup-vault update --vault-name 'it'\''s mine' --resource-group 'rg-test' --soft-delete-state On`,
  ],
  "disable-hybrid-security": [
    "hybrid security of the vault",
    String.raw`turn it on again: az backup vault backup-properties set --name 'it'\''s mine' --resource-group 'rg-test' --hybrid-backup-security-features Enable`,
  ],
  "delete-intent": [
    "auto-protection",
    "enable it again for each instance: az backup protection auto-enable-for-azurewl",
  ],
  "delete-item": destroyed,
  "delete-instance": destroyed,
  "unregister-server": [
    "servers outside Azure",
    "register each again with new vault credentials (portal: vault, backup, on-premises); what was soft-deleted of theirs is undeleted in the portal or at the server's own console",
  ],
  "delete-policy": [
    "backup policies",
    "create them again before backups are resumed: az dataprotection backup-policy create",
  ],
  "delete-private-endpoint-connection": [
    "private endpoint connections",
    "create the private endpoints again, and approve their connections: az network private-endpoint create",
  ],
  "delete-private-endpoint": [
    "private endpoints",
    "create them again: az network private-endpoint create; look at the private DNS zones too",
  ],
  "clean-test-failover": ["machines of test failovers", "run the test failover again once replication is set up again"],
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
  "remove-lock": [
    "locks that went with what they were on",
    "set them again once their resource stands: az lock create",
  ],
};

it.each(actions)("%s", (action) => {
  const loss = lossBy(action);
  const [what, todo, inBackupVault = todo] = stated[action] ?? [];
  expect(loss?.what).toBe(what);
  expect(loss?.todo(summary("recovery-services"))).toBe(todo);
  expect(loss?.todo(summary("backup"))).toBe(inBackupVault);
});

describe("backup data", () => {
  it.each(["protected-item", "backup-instance"] as const)("that is kept is no loss: %s", (kind) => {
    const action = kind === "protected-item" ? "delete-item" : "delete-instance";
    expect(lossBy(action, { kind, irreversible: false })).toBeUndefined();
    expect(lossBy(action, { kind })?.what).toBe("backup data that was destroyed for good");
  });

  it("alone can be kept: what else a step takes away is lost, whether or not a person could make it anew", () => {
    expect(lossBy("delete-intent", { irreversible: false })?.what).toBe("auto-protection");
  });
});
