// Recovery plans: they name replicated items, so they go before them.

import { armId } from "../../model/arm-id.ts";
import type { ArmResource } from "../../model/ports.ts";
import type { RecoveryPlan } from "../../model/replication.ts";
import { ofKind } from "../../model/resource.ts";
import type { Contribution, Dependency, PlanningContext } from "../dependency.ts";
import { text } from "../properties.ts";
import { startKeys, testFailoverKeys } from "./arrows.ts";
import { proveUnlisted } from "./proofs.ts";
import { siteRecoveryIsUnused } from "./unused.ts";

export const recoveryPlans: Dependency<"recovery-plan"> = {
  kind: "recovery-plan",
  rule: "recorded: azext2024__test_siterecovery (all four): the plan is deleted before its items are disabled",
  unusedWhen: siteRecoveryIsUnused,
  list: async (reader) => (await reader.replication("recovery-plans")).map(planFrom),
  contribute,
  prove: (step, found) => proveUnlisted(step, found, "the recovery plan"),
};

function planFrom(plan: ArmResource): RecoveryPlan {
  return {
    kind: "recovery-plan",
    id: armId(plan.id),
    name: text(plan.properties, "friendlyName") ?? plan.name,
    state: text(plan.properties, "currentScenarioStatus") ?? "None",
  };
}

function contribute(plan: RecoveryPlan, context: PlanningContext): Contribution {
  return {
    steps: [
      {
        action: "delete-recovery-plan",
        kind: "recovery-plan",
        target: plan.id,
        name: plan.name,
        after: [...startKeys(context, plan), ...testFailoverKeys(ofKind(context.resources, "replicated-item"))],
        reason: "a recovery plan keeps the items it names in use",
        irreversible: true,
        permissions: ["Microsoft.RecoveryServices/Vaults/replicationRecoveryPlans/delete"],
        exclusive: plan.id.toLowerCase(),
        request: { write: "delete-replication-object", target: plan.id },
      },
    ],
  };
}
