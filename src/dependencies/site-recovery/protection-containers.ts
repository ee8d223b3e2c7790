// Protection containers: made by hand in regions of Azure and removed one by one there; elsewhere they are part of their fabric.

import { armId, idKey } from "../../model/arm-id.ts";
import type { ArmResource } from "../../model/ports.ts";
import type { ProtectionContainer } from "../../model/replication.ts";
import type { Contribution, Dependency, PlanningContext } from "../dependency.ts";
import { text } from "../properties.ts";
import { itemKeysIn, mappingKeysOf, startKeys } from "./arrows.ts";
import { fabricOf } from "./parents.ts";
import { goesWithItsFabric } from "./planned.ts";
import { proveUnlisted } from "./proofs.ts";
import { siteRecoveryIsUnused } from "./unused.ts";

export const protectionContainers: Dependency<"protection-container"> = {
  kind: "protection-container",
  rule: "recorded: A2A_selfcreated_scenarios removes each container before its fabric; H2A_B2A_selfcreated_scenarios deletes the site with its container in it",
  unusedWhen: siteRecoveryIsUnused,
  list: async (reader) => (await reader.replication("protection-containers")).map(containerFrom),
  contribute,
  prove: (step, found) => proveUnlisted(step, found, "the protection container"),
};

function containerFrom(container: ArmResource): ProtectionContainer {
  return {
    kind: "protection-container",
    id: armId(container.id),
    name: text(container.properties, "friendlyName") ?? container.name,
    state: text(container.properties, "pairingStatus") ?? "Unknown",
    fabric: fabricOf(container.id),
    fabricType: text(container.properties, "fabricType") ?? "Unknown",
  };
}

function contribute(container: ProtectionContainer, context: PlanningContext): Contribution {
  if (goesWithItsFabric(container)) return { note: `a container of ${container.fabricType}: it goes with its fabric` };
  return {
    steps: [
      {
        action: "remove-protection-container",
        kind: "protection-container",
        target: container.id,
        name: container.name,
        after: [
          ...startKeys(context, container),
          ...itemKeysIn(context, [container.id]),
          ...mappingKeysOf(context, container.id),
        ],
        reason: "a protection container keeps its fabric alive",
        irreversible: false,
        permissions: [
          "Microsoft.RecoveryServices/Vaults/replicationFabrics/replicationProtectionContainers/remove/action",
        ],
        exclusive: idKey(container.id),
        request: { write: "remove-replication-object", target: container.id },
      },
    ],
  };
}
