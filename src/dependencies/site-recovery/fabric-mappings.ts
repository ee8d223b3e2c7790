// Network and storage classification mappings between two fabrics: they go after the items that use them, before either fabric.

import { armId, idKey } from "../../model/arm-id.ts";
import type { ArmResource } from "../../model/ports.ts";
import type { NetworkMapping, StorageClassificationMapping } from "../../model/replication.ts";
import type { StepDraft } from "../../model/step.ts";
import type { Dependency, PlanningContext } from "../dependency.ts";
import { text } from "../properties.ts";
import { itemKeysOf, startKeys } from "./arrows.ts";
import { fabricNamedBy, fabricOf } from "./parents.ts";
import { proveUnlisted } from "./proofs.ts";
import { siteRecoveryIsUnused } from "./unused.ts";

const fabrics = "Microsoft.RecoveryServices/Vaults/replicationFabrics";

export const networkMappings: Dependency<"network-mapping"> = {
  kind: "network-mapping",
  rule: "recorded: azext2024__test_siterecovery_A2A_selfcreated_scenarios, _H2A_E2A_scenarios: DELETE after the items, before the containers",
  unusedWhen: siteRecoveryIsUnused,
  list: async (reader) =>
    (await reader.replication("network-mappings")).map((mapping): NetworkMapping => ({
      kind: "network-mapping",
      ...mappingFacts(mapping, text(mapping.properties, "recoveryFabricArmId")),
    })),
  contribute: (mapping, context) => ({
    steps: [
      {
        ...deleteStep(mapping, context),
        action: "delete-network-mapping",
        reason: "a network mapping ties two fabrics together",
        permissions: [`${fabrics}/replicationNetworks/replicationNetworkMappings/delete`],
      },
    ],
  }),
  prove: (step, found) => proveUnlisted(step, found, "the network mapping"),
};

export const storageMappings: Dependency<"storage-classification-mapping"> = {
  kind: "storage-classification-mapping",
  rule: "documented (SDK 5.1.0): DELETE is the one way; inferred from network mappings: after the items, before the fabric",
  unusedWhen: siteRecoveryIsUnused,
  list: async (reader) =>
    (await reader.replication("storage-classification-mappings")).map((mapping): StorageClassificationMapping => ({
      kind: "storage-classification-mapping",
      ...mappingFacts(mapping, text(mapping.properties, "targetStorageClassificationId")),
    })),
  contribute: (mapping, context) => ({
    steps: [
      {
        ...deleteStep(mapping, context),
        action: "delete-storage-mapping",
        reason: "a storage classification mapping ties two fabrics together",
        permissions: [`${fabrics}/replicationStorageClassifications/replicationStorageClassificationMappings/delete`],
      },
    ],
  }),
  prove: (step, found) => proveUnlisted(step, found, "the storage classification mapping"),
};

type FabricMapping = NetworkMapping | StorageClassificationMapping;

function mappingFacts(mapping: ArmResource, target: string | undefined): Omit<FabricMapping, "kind"> {
  const targetFabric = fabricNamedBy(target);
  return {
    id: armId(mapping.id),
    name: mapping.name,
    state: text(mapping.properties, "state") ?? "Unknown",
    fabric: fabricOf(mapping.id),
    ...(targetFabric === undefined ? {} : { targetFabric }),
  };
}

function deleteStep(
  mapping: FabricMapping,
  context: PlanningContext,
): Omit<StepDraft, "action" | "reason" | "permissions"> {
  return {
    kind: mapping.kind,
    target: mapping.id,
    name: mapping.name,
    after: [...startKeys(context, mapping), ...itemKeysOf(context, [mapping.fabric, mapping.targetFabric])],
    irreversible: false,
    exclusive: idKey(mapping.fabric),
    request: { write: "delete-replication-object", target: mapping.id },
  };
}
