// Policies of a Backup vault: in the classic regime they stand in its way, and one that a soft-deleted instance names cannot go.

import { armId, idKey, vaultKindOf } from "../../model/arm-id.ts";
import type { BackupInstance, BackupVaultPolicy } from "../../model/resource.ts";
import type { Contribution, Dependency, PlanningContext, Proof } from "../dependency.ts";
import { words } from "../properties.ts";
import { gateKeys, isEnforced, isOff, softDeleteSetting } from "../soft-delete.ts";
import { instanceDeletionKeys } from "./backup-instances.ts";
import { isNeverKept } from "./datasources.ts";

export const backupVaultPolicies: Dependency<"backup-vault-policy"> = {
  kind: "backup-vault-policy",
  rule: "documented: a classic Backup vault with policies is not deleted (2023-07-31); field report: UserErrorPolicyAssociatedWithSoftDeletedItems",
  list: async (reader) => {
    const vault = await reader.vault();
    if (vault === undefined || vaultKindOf(vault.id) !== "backup") return [];
    return (await reader.policies()).map(({ id, name, properties }) => ({
      kind: "backup-vault-policy",
      id: armId(id),
      name,
      state: "defined",
      datasourceTypes: words(properties, "datasourceTypes"),
    }));
  },
  contribute,
  prove: (step, found): Proof =>
    found.some(({ id }) => idKey(id) === idKey(step.target))
      ? { verdict: "not-yet", found: "the policy is still listed" }
      : { verdict: "proved", evidence: "the policy is no longer listed" },
};

function contribute(policy: BackupVaultPolicy, context: PlanningContext): Contribution {
  const state = softDeleteSetting(context.resources)?.state;
  if (context.strategy === "soft" && isEnforced(state))
    return { note: `needs no step: soft delete is ${state ?? ""}, and policies go with the vault` };
  const instances = context.lookup("backup-instance", policyKey)(idKey(policy.id));
  const held = instances.some((instance) => mayStay(instance, context));
  if (context.strategy === "soft" && held)
    return { note: "no step: Azure deletes it only once no soft-deleted instance names it; it is left to the vault" };
  return {
    steps: [
      {
        action: "delete-policy",
        kind: "backup-vault-policy",
        target: policy.id,
        name: policy.name,
        after: [...gateKeys(context), ...instances.flatMap((instance) => instanceDeletionKeys(instance, context))],
        reason: "in the classic regime Azure refuses to delete a Backup vault that has policies",
        irreversible: true,
        permissions: ["Microsoft.DataProtection/backupVaults/backupPolicies/delete"],
        request: { write: "delete-backup-vault-policy", policy: policy.id },
      },
    ],
  };
}

function policyKey({ policy }: BackupInstance): string | undefined {
  return policy === undefined ? undefined : idKey(policy);
}

/** Whether the instance may still name its policy when this plan is done. */
function mayStay(instance: BackupInstance, context: PlanningContext): boolean {
  return instance.softDeleted || (!isOff(softDeleteSetting(context.resources)?.state) && !isNeverKept(instance));
}
