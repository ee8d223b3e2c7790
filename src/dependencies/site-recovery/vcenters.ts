// vCenters a configuration server discovers machines in: unregistered after the items, before the server. The vCenter itself is not touched.

import { armId, idKey } from "../../model/arm-id.ts";
import type { ArmResource } from "../../model/ports.ts";
import type { Vcenter } from "../../model/replication.ts";
import type { Dependency } from "../dependency.ts";
import { text } from "../properties.ts";
import { itemKeysOf, startKeys } from "./arrows.ts";
import { fabricOf } from "./parents.ts";
import { proveUnlisted } from "./proofs.ts";
import { siteRecoveryIsUnused } from "./unused.ts";

export const vcenters: Dependency<"vcenter"> = {
  kind: "vcenter",
  rule: "SDK 5.1.0: DELETE of replicationvCenters unregisters; documented: after the protected machines of VMware",
  unusedWhen: siteRecoveryIsUnused,
  list: async (reader) => (await reader.replication("vcenters")).map(vcenterFrom),
  contribute: (vcenter, context) => ({
    steps: [
      {
        action: "delete-vcenter",
        kind: "vcenter",
        target: vcenter.id,
        name: vcenter.name,
        after: [...startKeys(context, vcenter), ...itemKeysOf(context, [vcenter.fabric])],
        reason: "a registered vCenter keeps its fabric alive; the vCenter itself is not touched",
        irreversible: false,
        permissions: ["Microsoft.RecoveryServices/Vaults/replicationFabrics/replicationvCenters/delete"],
        exclusive: idKey(vcenter.fabric),
        request: { write: "delete-replication-object", target: vcenter.id },
      },
    ],
  }),
  prove: (step, found) => proveUnlisted(step, found, "the vCenter"),
};

function vcenterFrom(vcenter: ArmResource): Vcenter {
  return {
    kind: "vcenter",
    id: armId(vcenter.id),
    name: text(vcenter.properties, "friendlyName") ?? vcenter.name,
    state: text(vcenter.properties, "discoveryStatus") ?? "Unknown",
    fabric: fabricOf(vcenter.id),
  };
}
