// What deleted vaults held, put together with the vaults: from rows in any spelling, and with what rows leave out.

import { expect, it } from "vitest";
import { withHeldItems } from "../../src/discovery/held-items.ts";
import { nameOf } from "../../src/model/arm-id.ts";
import { AzureError } from "../../src/model/azure-error.ts";
import type { DeletedVault } from "../../src/model/deleted.ts";
import type { ArmResource } from "../../src/model/ports.ts";

const locations = "/subscriptions/s/providers/Microsoft.RecoveryServices/locations/westeurope/deletedVaults";

function deletedVault(name: string, more: Partial<DeletedVault> = {}): DeletedVault {
  const vaultId = `/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/${name}`;
  return { kind: "recovery-services", name, location: "westeurope", vaultId, id: `${locations}/G_${name}`, ...more };
}

const row = (vault: string, item: string, properties: ArmResource["properties"] = {}): ArmResource => ({
  id: `${locations}/${vault}/backupFabrics/Azure/protectionContainers/c;${item}/protectedItems/VM;${item}`,
  name: `VM;${item}`,
  properties,
});

it("each vault has its own items by name, whatever the case of its id, and all that a row says of them", async () => {
  const told = {
    friendlyName: "Beta",
    workloadType: "VM",
    backupManagementType: "AzureIaasVM",
    virtualMachineId: "/vm",
  };
  const rows = [row("g_one", "x", told), row("g_one", "alpha"), row("g_one2", "other"), { ...row("", ""), id: "" }];
  const { vaults, refused } = await withHeldItems([deletedVault("one"), deletedVault("two")], async () => rows);
  expect(refused).toBeUndefined();
  expect(vaults.map(({ items }) => items?.map(({ id, ...item }) => ({ ...item, id: nameOf(id) })))).toEqual([
    [
      { name: "Beta", workload: "VM", managementType: "AzureIaasVM", sourceId: "/vm", container: "c;x", id: "VM;x" },
      { name: "VM;alpha", workload: "Unknown", managementType: "Unknown", container: "c;alpha", id: "VM;alpha" },
    ],
    [],
  ]);
});

it("what Azure refuses leaves the vaults as they were, with the refusal; a defect is thrown", async () => {
  const vaults = [deletedVault("one")];
  const throwing = (error: Error) => withHeldItems(vaults, () => Promise.reject(error));
  const refusal = { status: 429, code: "RateLimiting", message: "later" };
  expect(await throwing(new AzureError(refusal))).toEqual({ vaults, refused: refusal });
  await expect(throwing(new TypeError("defect"))).rejects.toThrow("defect");
});

it("nobody is asked where nothing can have been held", async () => {
  const vaults = [deletedVault("one", { held: "nothing" }), deletedVault("two", { kind: "backup" })];
  expect(await withHeldItems(vaults, () => Promise.reject(new Error("asked")))).toEqual({ vaults });
});
