// Replication policies: they go when no container mapping uses them any more.

import { armId, idKey } from "../../model/arm-id.ts";
import type { ArmResource } from "../../model/ports.ts";
import type { ReplicationPolicy } from "../../model/replication.ts";
import type { Dependency } from "../dependency.ts";
import { group, text } from "../properties.ts";
import { mappingKeysUsing, startKeys } from "./arrows.ts";
import { proveUnlisted } from "./proofs.ts";
import { siteRecoveryIsUnused } from "./unused.ts";

export const replicationPolicies: Dependency<"replication-policy"> = {
  kind: "replication-policy",
  rule: "recorded: azext2024__test_siterecovery (all four): DELETE after the container mappings; documented for VMware and Hyper-V",
  unusedWhen: siteRecoveryIsUnused,
  list: async (reader) => (await reader.replication("policies")).map(policyFrom),
  contribute: (policy, context) => ({
    steps: [
      {
        action: "delete-replication-policy",
        kind: "replication-policy",
        target: policy.id,
        name: policy.name,
        after: [...startKeys(context, policy), ...mappingKeysUsing(context, policy.id)],
        reason: "it may keep the vault alive: nothing says that a vault goes with replication policies in it",
        irreversible: false,
        permissions: ["Microsoft.RecoveryServices/Vaults/replicationPolicies/delete"],
        exclusive: idKey(policy.id),
        request: { write: "delete-replication-object", target: policy.id },
      },
    ],
  }),
  prove: (step, found) => proveUnlisted(step, found, "the replication policy"),
};

function policyFrom(policy: ArmResource): ReplicationPolicy {
  return {
    kind: "replication-policy",
    id: armId(policy.id),
    name: text(policy.properties, "friendlyName") ?? policy.name,
    state: text(group(policy.properties, "providerSpecificDetails") ?? {}, "instanceType") ?? "Unknown",
  };
}
