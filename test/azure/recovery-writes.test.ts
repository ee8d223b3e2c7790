// What the writes of a recovery send, word for word as Azure was recorded to be told, and to whom they may go.

import { describe, expect, it } from "vitest";
import { requireOwnTarget } from "../../src/azure/own-target.ts";
import { armId, vaultId } from "../../src/model/arm-id.ts";
import type { WriteRequest } from "../../src/model/write-request.ts";
import { backupVault } from "../emulator/data-protection/backup-vault-builder.ts";
import { world } from "../emulator/world-builder.ts";
import { rehearse, type Handle, type RehearsalOptions } from "../rehearsal.ts";

type Sent = { readonly method: string; readonly url: URL; readonly body: unknown; readonly deleted: string | null };

async function sentFor(given: Parameters<typeof rehearse>[0], request: (vault: string) => WriteRequest): Promise<Sent> {
  const sent: Sent[] = [];
  const between: RehearsalOptions["between"] = (): Handle => async (asked) => {
    const { method, url, headers } = asked;
    sent.push({ method, url: new URL(url), body: await asked.json(), deleted: headers.get("x-ms-deleted-vault-id") });
    return new Response(null, { status: 202 });
  };
  const rehearsal = rehearse(given, { between });
  await rehearsal.writer().send(request(vaultId(rehearsal.scope)));
  expect(sent).toHaveLength(1);
  return sent[0]!;
}

const inSubscription = (vault: string, rest: string): ReturnType<typeof armId> =>
  armId(`${vault.slice(0, vault.indexOf("/resourceGroups/"))}/providers/${rest}`);

describe("a deleted vault is undeleted", () => {
  it("by the address it has among deleted vaults, into its own group", async () => {
    const { method, url, body } = await sentFor("small", (vault) => ({
      write: "undelete-vault",
      vault: armId(vault),
      deletedVault: inSubscription(vault, "Microsoft.RecoveryServices/locations/westeurope/deletedVaults/rg_0d8a"),
      location: "westeurope",
    }));
    expect(`${method} ${url.pathname}`).toMatch(/^POST .*\/locations\/westeurope\/deletedVaults\/rg_0d8a\/undelete$/);
    expect(url.searchParams.get("api-version")).toBe("2026-07-01");
    expect(body).toEqual({
      properties: { recoveryResourceGroupId: expect.stringMatching(/\/resourceGroups\/[^/]+$/) as string },
    });
  });

  it("of the other sort by a write of the vault itself, that names the deleted one", async () => {
    const { method, url, body, deleted } = await sentFor(world([], { backupVaults: [backupVault()] }), (vault) => ({
      write: "undelete-vault",
      vault: armId(vault),
      deletedVault: inSubscription(vault, "Microsoft.DataProtection/locations/westeurope/deletedVaults/ac98bff4"),
      location: "westeurope",
    }));
    expect(`${method} ${url.pathname}`).toMatch(/^PUT .*\/backupVaults\/bv-test$/);
    expect(deleted).toBe("ac98bff4");
    expect(body).toEqual({ location: "westeurope", identity: { type: "SystemAssigned" } });
  });
});

it.each([["Register"], ["Reregister"]] as const)(
  "a container is told to %s with what it stands for",
  async (operation) => {
    const sourceId = armId("/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm");
    const { method, url, body } = await sentFor("small", (vault) => ({
      write: "register-container",
      operation,
      container: armId(`${vault}/backupFabrics/Azure/protectionContainers/VMAppContainer;Compute;rg;vm`),
      containerType: "VMAppContainer",
      managementType: "AzureWorkload",
      sourceId,
      workload: "SAPHanaDatabase",
    }));
    expect(`${method} ${decodeURIComponent(url.pathname)}`).toMatch(/^PUT .*\/VMAppContainer;Compute;rg;vm$/);
    expect(body).toEqual({
      properties: {
        backupManagementType: "AzureWorkload",
        containerType: "VMAppContainer",
        sourceResourceId: sourceId,
        workloadType: "SAPHanaDatabase",
        operationType: operation,
      },
    });
  },
);

describe("an undelete goes out for no vault but its own", () => {
  const scope = { kind: "recovery-services" as const, subscriptionId: "s", resourceGroup: "g", name: "v" };
  const vault = armId("/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v");
  const own = "/subscriptions/S/providers/Microsoft.RecoveryServices/locations/weu/deletedVaults/g_1";
  const undelete = (deletedVault: string, target = vault): WriteRequest => ({
    write: "undelete-vault",
    vault: target,
    deletedVault: armId(deletedVault),
    location: "weu",
  });

  it("may go to a deleted vault of its subscription", () => {
    expect(() => requireOwnTarget(scope, undelete(own))).not.toThrow();
  });

  it.each([
    ["another subscription's", undelete(own.replace("/S/", "/other/"))],
    ["one of the other sort", undelete(own.replace("RecoveryServices", "DataProtection"))],
    ["one whose name climbs", undelete(own.replace("g_1", ".."))],
    ["something below one", undelete(`${own}/operations/1`)],
    ["one with a query", undelete(`${own}?x=1`)],
    ["a vault that stands", undelete(vault)],
    ["another vault", undelete(own, armId(`${vault}2`))],
    [
      "a container of another vault",
      {
        write: "register-container",
        operation: "Register",
        container: armId(`${vault}2/backupFabrics/Azure/protectionContainers/c`),
        containerType: "StorageContainer",
        managementType: "AzureStorage",
        sourceId: vault,
      } as WriteRequest,
    ],
    [
      "an item as a container",
      {
        write: "register-container",
        operation: "Register",
        container: armId(`${vault}/backupFabrics/Azure/protectionContainers/c/protectedItems/i`),
        containerType: "StorageContainer",
        managementType: "AzureStorage",
        sourceId: vault,
      } as WriteRequest,
    ],
  ])("may not go to %s", (_what, request) => {
    expect(() => requireOwnTarget(scope, request)).toThrow(/is not sent/);
  });
});
