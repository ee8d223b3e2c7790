// Container mappings: a policy put to use between two protection containers. A pair has one in each direction.

import { armId, idKey } from "../../model/arm-id.ts";
import type { ArmResource } from "../../model/ports.ts";
import type { ContainerMapping } from "../../model/replication.ts";
import type { StepDraft } from "../../model/step.ts";
import type { WriteRequest } from "../../model/write-request.ts";
import type { Dependency, PlanningContext } from "../dependency.ts";
import { group, text } from "../properties.ts";
import { itemKeysIn, startKeys } from "./arrows.ts";
import { containerOf, fabricNamedBy, fabricOf } from "./parents.ts";
import { wayOfMapping } from "./planned.ts";
import { proveUnlisted } from "./proofs.ts";
import { isOneOf, replicatedWithinAzure } from "./provider-words.ts";
import { siteRecoveryIsUnused } from "./unused.ts";

export const containerMappings: Dependency<"container-mapping"> = {
  kind: "container-mapping",
  rule: "recorded: azext2024__test_siterecovery_A2A_selfcreated_scenarios: both directions go after the items, before the containers",
  unusedWhen: siteRecoveryIsUnused,
  list: async (reader) => (await reader.replication("container-mappings")).map(mappingFrom),
  contribute: (mapping, context) => ({ steps: [removeStep(mapping, context)] }),
  prove: (step, found) => proveUnlisted(step, found, "the container mapping"),
};

function mappingFrom(mapping: ArmResource): ContainerMapping {
  const target = text(mapping.properties, "targetProtectionContainerId");
  const policy = text(mapping.properties, "policyId");
  return {
    kind: "container-mapping",
    id: armId(mapping.id),
    name: mapping.name,
    state: text(mapping.properties, "state") ?? "Unknown",
    fabric: fabricOf(mapping.id),
    container: containerOf(mapping.id),
    provider: text(group(mapping.properties, "providerSpecificDetails") ?? {}, "instanceType") ?? "",
    // "Microsoft Azure" is no container (recorded).
    ...(fabricNamedBy(target) === undefined || target === undefined ? {} : { targetContainer: armId(target) }),
    ...(policy === undefined ? {} : { policy: armId(policy) }),
  };
}

const permission =
  "Microsoft.RecoveryServices/Vaults/replicationFabrics/replicationProtectionContainers/replicationProtectionContainerMappings";

function removeStep(mapping: ContainerMapping, context: PlanningContext): StepDraft {
  const clean = wayOfMapping(mapping, context) === "clean";
  return {
    action: "remove-container-mapping",
    kind: "container-mapping",
    target: mapping.id,
    name: mapping.name,
    after: [...startKeys(context, mapping), ...itemKeysIn(context, [mapping.container, mapping.targetContainer])],
    reason: "a mapping keeps its policy and both its containers in use",
    irreversible: false,
    permissions: [clean ? `${permission}/remove/action` : `${permission}/delete`],
    exclusive: idKey(mapping.container),
    request: clean ? cleanRequest(mapping) : { write: "purge-replication-object", target: mapping.id },
  };
}

/** Only replication within Azure says its type in the request (mature clients); the others send none. */
function cleanRequest({ id, provider }: ContainerMapping): WriteRequest {
  const named = isOneOf(provider, replicatedWithinAzure);
  return { write: "remove-replication-object", target: id, ...(named ? { provider } : {}) };
}
