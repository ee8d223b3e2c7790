// What every reader must do, on the emulator and, with VAULT_LIVE set, on Azure.

import { beforeAll, describe, expect, it } from "vitest";
import { armId, idKey } from "../../src/model/arm-id.ts";
import type { ArmResource, ManagementType } from "../../src/model/ports.ts";
import { vaultUnderTest, type VaultUnderTest } from "./vault-under-test.ts";

const managementTypes: readonly ManagementType[] = ["AzureIaasVM", "AzureWorkload", "AzureStorage", "MAB"];

describe("a vault reader", () => {
  let under: VaultUnderTest;
  beforeAll(async () => {
    under = await vaultUnderTest();
  });

  it("reads the vault it was made for, with its location and provisioning state", async () => {
    const vault = await under.reader.vault();
    expect(vault === undefined ? "" : idKey(vault.id)).toBe(idKey(under.id));
    expect(vault?.location).not.toBe("");
    expect(vault?.properties["provisioningState"]).toEqual(expect.any(String));
  });

  it("reads the backup configuration, with both states of soft delete", async () => {
    const config = await under.reader.vaultConfig();
    expect(config?.properties["softDeleteFeatureState"]).toEqual(expect.any(String));
    expect(config?.properties["enhancedSecurityState"]).toEqual(expect.any(String));
  });

  it.each(managementTypes)("lists containers of type %s, each with an id under this vault", async (type) => {
    expectUnder(under, await under.reader.containers(type));
    expectUnder(under, await under.reader.softDeletedContainers(type));
  });

  it("lists items, each in a container and with the members the rules read", async () => {
    const items = await under.reader.protectedItems();
    expectUnder(under, items);
    for (const item of items) {
      expect(item.id.toLowerCase()).toContain("/protectioncontainers/");
      expect(item.properties["backupManagementType"]).toEqual(expect.any(String));
      expect(item.properties["protectedItemType"]).toEqual(expect.any(String));
    }
  });

  it("dates soft-deleted items by strings, not by objects", async () => {
    const items = await under.reader.protectedItems();
    for (const item of items.filter((candidate) => candidate.properties["isScheduledForDeferredDelete"] === true))
      expect(item.properties["deferredDeleteTimeInUTC"]).toEqual(expect.stringMatching(/^\d{4}-\d\d-\d\dT/));
  });

  it("answers every other list with an array, empty or not", async () => {
    const { reader, location } = under;
    const lists = await Promise.all([
      reader.intents(),
      reader.jobsInProgress(),
      reader.policies(),
      reader.backupEngines(),
      reader.guardProxies(),
      reader.deletedVaults(location),
    ]);
    for (const list of lists) expect(Array.isArray(list)).toBe(true);
  });

  it("lists what lies around the vault: itself in its group, endpoints with their properties, assignments of nobody", async () => {
    const { reader, id } = under;
    const [subscription, group] = [id.split("/").slice(0, 3).join("/"), id.split("/").slice(0, 5).join("/")].map(armId);
    const vaults = await reader.resourcesOfType(group!, "Microsoft.RecoveryServices/vaults");
    expect(vaults.map((vault) => idKey(vault.id))).toContain(idKey(id));
    for (const endpoint of await reader.privateEndpoints(group!))
      expect(endpoint.properties["provisioningState"]).toEqual(expect.any(String));
    expect(await reader.roleAssignments(subscription!, "00000000-0000-0000-0000-0000000000ff")).toEqual([]);
  });

  it("counts what Site Recovery holds", async () => {
    const usage = await under.reader.replicationUsage();
    expect(usage.protectedItems).toBeGreaterThanOrEqual(0);
    expect(usage.registeredServers).toBeGreaterThanOrEqual(0);
  });
});

function expectUnder(under: VaultUnderTest, resources: readonly ArmResource[]): void {
  for (const resource of resources) {
    expect(idKey(resource.id).startsWith(`${idKey(under.id)}/`)).toBe(true);
    expect(resource.name).not.toBe("");
  }
}
