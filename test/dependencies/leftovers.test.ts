// What a vault leaves behind: found where it can be, said where it is known, and never in the way of anything.

import { describe, expect, it } from "vitest";
import { leftovers } from "../../src/dependencies/leftovers.ts";
import { discover } from "../../src/discovery/discover.ts";
import { AzureError } from "../../src/model/azure-error.ts";
import type { ArmResource, VaultReader } from "../../src/model/ports.ts";
import type { Leftover } from "../../src/model/resource.ts";
import { virtualClock } from "../virtual-clock.ts";
import {
  answer,
  databaseAnswer,
  fileShareAnswer,
  readerOf,
  vaultAnswer,
  vaultPath,
  vmItemAnswer,
} from "./arm-answers.ts";
import { contextOf, leftover, only, softDelete, softDeleted, vmItem } from "./builders.ts";

const subscription = "/subscriptions/00000000-0000-0000-0000-000000000000";
const collection = (name: string): ArmResource =>
  answer(
    `${subscription}/resourceGroups/AzureBackupRG_we_1/providers/Microsoft.Compute/restorePointCollections/${name}`,
  );
const withIdentity = async (): Promise<ArmResource> => ({
  ...vaultAnswer(),
  identity: { type: "SystemAssigned", principalId: "p-1" },
});
const refused = async (): Promise<never> =>
  Promise.reject(new AzureError({ status: 403, code: "AuthorizationFailed", message: "no right to list" }));

async function listed(given: Partial<VaultReader>): Promise<readonly Leftover[]> {
  return leftovers.list(readerOf(given));
}

const said = (found: readonly Leftover[]): readonly string[] => found.map(({ what }) => what);

describe("restore point collections", () => {
  it("are those of the machines this vault protects, by the machine's whole name", async () => {
    const asked: string[] = [];
    const found = await listed({
      protectedItems: async () => [vmItemAnswer("vm-1"), vmItemAnswer("vm-2")],
      resourcesOfType: async (scope, type) => {
        asked.push(`${scope} ${type}`);
        return ["AzureBackup_VM-1_527", "AzureBackup_vm-1_old_527", "AzureBackup_vm-3_527", "mine"].map(collection);
      },
    });
    expect(asked).toEqual([`${subscription} Microsoft.Compute/restorePointCollections`]);
    const collections = found.filter(({ what }) => what.startsWith("restore point"));
    expect(collections.map(({ name }) => name)).toEqual(["AzureBackup_VM-1_527"]);
  });

  it("are looked for in every subscription with a protected machine", async () => {
    const asked: string[] = [];
    const elsewhere = "/subscriptions/S-2/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm-9";
    await listed({
      protectedItems: async () => [
        vmItemAnswer("vm-1"),
        vmItemAnswer("vm-9", { sourceResourceId: elsewhere }),
        vmItemAnswer("vm-8", { sourceResourceId: elsewhere.toLowerCase() }),
      ],
      resourcesOfType: async (scope) => (asked.push(scope), []),
    });
    expect(asked.map((scope) => scope.toLowerCase())).toEqual([subscription, "/subscriptions/s-2"]);
  });

  it("are not asked for where no machine is protected", async () => {
    const found = await listed({ protectedItems: async () => [fileShareAnswer("st1", "a")], resourcesOfType: refused });
    expect(found.some(({ state }) => state === "unreadable")).toBe(false);
  });
});

describe("role assignments of the vault's identity", () => {
  it("are listed with their scope", async () => {
    const assignment = answer(`${subscription}/providers/Microsoft.Authorization/roleAssignments/a-1`, {
      scope: `${subscription}/resourceGroups/rg-1`,
    });
    const asked: string[] = [];
    const roleAssignments: VaultReader["roleAssignments"] = async (...about) => (asked.push(...about), [assignment]);
    const found = only(await listed({ vault: withIdentity, roleAssignments }));
    expect(asked).toEqual([subscription, "p-1"]);
    expect(found.what).toContain(`at ${subscription}/resourceGroups/rg-1`);
  });

  it("are not asked for where the vault has no identity of its own", async () => {
    const userAssigned = async () => ({ ...vaultAnswer(), identity: { type: "UserAssigned" } });
    expect(await listed({ vault: userAssigned, roleAssignments: refused })).toEqual([]);
  });
});

describe("a listing of leftovers that fails", () => {
  const given = {
    vault: withIdentity,
    protectedItems: async () => [vmItemAnswer("vm-1")],
    resourcesOfType: refused,
    roleAssignments: refused,
  };

  it("is said as such, and is no gap", async () => {
    const { resources, gaps } = await discover(readerOf(given), virtualClock());
    const unreadable = resources.filter(({ kind, state }) => kind === "leftover" && state === "unreadable");
    expect(unreadable.map(({ name }) => name)).toEqual([
      "restore point collections of VM backups",
      "role assignments of the vault's identity",
    ]);
    expect(gaps).toEqual([]);
  });

  it("is passed on where nobody is signed in", async () => {
    const signedOut = async (): Promise<never> =>
      Promise.reject(new AzureError({ status: 401, code: "NoCredential", message: "sign in" }));
    await expect(listed({ vault: withIdentity, roleAssignments: signedOut })).rejects.toThrow("sign in");
  });
});

describe("what stays behind that no list shows", () => {
  it("is the extension on machines, each named once, and no software of servers, which is said with them", async () => {
    const item = (type: string, more: object): ArmResource =>
      answer(`${vaultPath}/backupFabrics/Azure/protectionContainers/c-${type}/protectedItems/i-${type}`, {
        backupManagementType: type,
        ...more,
      });
    const found = await listed({
      protectedItems: async () => [
        databaseAnswer("sql-1", "a"),
        databaseAnswer("sql-1", "b"),
        item("MAB", { computerName: "WIN10.CONTOSO.COM" }),
        item("DPM", { backupEngineName: "DPM01" }),
        item("AzureBackupServer", { backupEngineName: "MABS01" }),
        item("AzureWorkload", { protectedItemType: "AzureVmWorkloadSAPHanaDBInstance", friendlyName: "HDB" }),
      ],
    });
    expect(found.map(({ what, name }) => [what, name])).toEqual([
      ["workload backup extension on the VM: stays installed", "sql-1"],
      ["workload backup extension on the VM: stays installed", "c-AzureWorkload"],
      ["disk snapshots of the SAP HANA instance, in its snapshot group", "HDB"],
      [
        "diagnostic data in Log Analytics, alert rules and action groups that people set up for the vault",
        "diagnostic data",
      ],
    ]);
  });

  it("is the extension on the machines of an availability group, which is none itself", async () => {
    const id = `${vaultPath}/backupFabrics/Azure/protectionContainers/SQLAGWorkLoadContainer;compute;rg;ag-1/protectedItems/db`;
    const sourceResourceId = `${subscription}/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/ag-1`;
    const database = answer(id, { backupManagementType: "AzureWorkload", sourceResourceId });
    const found = await listed({ protectedItems: async () => [database] });
    expect(said(found)).toContain(
      "workload backup extension on the machines of the availability group: stays installed",
    );
    expect(found.filter((leftover) => leftover.id.includes("virtualMachines"))).toEqual([]);
  });

  it("is the customer's key, needed until the last purge and not in a purge", async () => {
    const encryption = { keyVaultProperties: { keyUri: "https://kv/keys/k" } };
    const key = only(await listed({ vault: async () => vaultAnswer({ encryption }) }));
    const resources = [softDelete("Enabled"), vmItem("vm-1"), vmItem("vm-2", softDeleted)];
    expect(only(leftovers.contribute(key, contextOf(resources)).remains)).toMatchObject({
      what: expect.stringContaining("https://kv/keys/k"),
      until: "2026-12-05T08:00:00.000Z",
    });
    expect(leftovers.contribute(key, contextOf(resources, { strategy: "purge" })).remains).toBeUndefined();
  });

  it("is that snapshots are billed on once the vault is soft-deleted", async () => {
    const found = await listed({ protectedItems: async () => [vmItemAnswer("vm-1")] });
    const snapshots = found.find(({ where }) => where === "soft-deleted");
    expect(snapshots?.what).toContain("does not clean them up");
    expect(leftovers.contribute(snapshots!, contextOf([])).remains).toHaveLength(1);
    expect(leftovers.contribute(snapshots!, contextOf([], { strategy: "purge" })).remains).toBeUndefined();
  });
});

describe("in a plan", () => {
  it("a leftover is reported and gets no step, whatever the strategy", () => {
    for (const strategy of ["soft", "purge"] as const) {
      const contribution = leftovers.contribute(leftover("a thing"), contextOf([], { strategy }));
      expect(contribution).toEqual({
        note: "reported, never touched",
        remains: [{ what: "a thing", subject: leftover("a thing").id }],
      });
    }
  });
});
