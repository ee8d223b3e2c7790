// What an undeletion sends, also for item types that are newer than the SDK: it drops what it has no model for.

import { expect, it } from "vitest";
import { armId, vaultId } from "../../src/model/arm-id.ts";
import { rehearse, type Handle } from "../rehearsal.ts";

it.each(["Microsoft.Compute/virtualMachines", "microsoft.compute/virtualmachines", "AzureVmWorkloadSQLInstance"])(
  "an undeletion says all that Azure was recorded to be told, for %s",
  async (itemType) => {
    const sent: { method: string; path: string; body: unknown }[] = [];
    const between = (): Handle => async (request) => {
      sent.push({ method: request.method, path: new URL(request.url).pathname, body: await request.json() });
      return new Response(null, { status: 202 });
    };
    const rehearsal = rehearse("classic", { between });
    const container = `${vaultId(rehearsal.scope)}/backupFabrics/Azure/protectionContainers/VMAppContainer;Compute;rg;vm`;
    const item = armId(`${container}/protectedItems/SQLInstance;mssqlserver`);
    const sourceId = armId("/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm");
    await rehearsal.writer("purge").send({ write: "undelete-protected-item", item, itemType, sourceId });
    expect(sent).toEqual([
      {
        method: "PUT",
        path: item.replaceAll(";", "%3B"),
        body: {
          properties: {
            protectedItemType: itemType,
            sourceResourceId: sourceId,
            policyId: "",
            isRehydrate: true,
            protectionState: "ProtectionStopped",
          },
        },
      },
    ]);
  },
);
