// What a plan says of what a vault leaves behind, word for word, and until when that is needed.

import { describe, expect, it } from "vitest";
import { leftovers } from "../../src/dependencies/leftovers.ts";
import { kinds, registry } from "../../src/dependencies/registry.ts";
import { AzureError } from "../../src/model/azure-error.ts";
import type { ArmResource, VaultReader } from "../../src/model/ports.ts";
import type { Leftover, Resource } from "../../src/model/resource.ts";
import { instance, softDeletedInstance } from "./backup-vault/builders.ts";
import { answer, readerOf, vaultAnswer, vmItemAnswer } from "./arm-answers.ts";
import { contextOf, leftover, only, softDelete, softDeleted, vmItem } from "./builders.ts";

const subscription = "/subscriptions/00000000-0000-0000-0000-000000000000";
const withIdentity = async (): Promise<ArmResource> => ({ ...vaultAnswer(), identity: { principalId: "p-1" } });
const collection = (name: string): ArmResource =>
  answer(`${subscription}/resourceGroups/rg/providers/Microsoft.Compute/restorePointCollections/${name}`);
const refused = async (): Promise<never> =>
  Promise.reject(new AzureError({ status: 403, code: "AuthorizationFailed", message: "no" }));

/** The listed leftovers that are of this sort. */
async function listed(sort: string, given: Partial<VaultReader>): Promise<readonly Leftover[]> {
  return (await leftovers.list(readerOf(given))).filter(({ what }) => what.startsWith(sort));
}

describe("what people are told to keep", () => {
  const key = leftover("a key", { where: "until-purge" });
  const late = vmItem("late", { ...softDeleted, purgeAt: "2026-12-24T00:00:00.000Z" });
  const soon = vmItem("soon", softDeleted);
  const sooner = vmItem("sooner", { ...softDeleted, purgeAt: "2026-11-22T00:00:00.000Z" });
  const operationalBlobs = { datasourceType: "Microsoft.Storage/storageAccounts/blobServices" };
  const undated = vmItem("undated", { softDeleted: true });

  it.each<[string, readonly Resource[], string | undefined]>([
    ["what is deleted now is purged", [softDelete("Enabled"), vmItem("vm-1")], "2026-12-05T08:00:00.000Z"],
    ["the only soft-deleted item is purged", [softDelete("Enabled"), soon], "2026-11-29T07:00:00.000Z"],
    ["the last of several is purged", [softDelete("Enabled"), soon, late, sooner], "2026-12-24T00:00:00.000Z"],
    ["the last of all is purged", [softDelete("Enabled"), vmItem("vm-1"), late], "2026-12-24T00:00:00.000Z"],
    [
      "what was soft-deleted before is purged",
      [softDelete("Disabled"), vmItem("vm-1"), soon],
      "2026-11-29T07:00:00.000Z",
    ],
    ["what was soft-deleted is, soft delete unread", [vmItem("vm-1"), soon], "2026-11-29T07:00:00.000Z"],
    ["the instances of a Backup vault are", [softDelete("AlwaysOn"), instance("db")], "2026-12-05T08:00:00.000Z"],
    [
      "the soft-deleted instances of a Backup vault are",
      [softDelete("Off"), instance("db"), instance("gone", softDeletedInstance)],
      "2026-11-29T07:00:00.000Z",
    ],
    ["nobody knows when: no instance is kept", [softDelete("AlwaysOn"), instance("b", operationalBlobs)], undefined],
    ["nobody knows when: Azure says no date", [softDelete("Enabled"), undated], undefined],
    ["nobody knows when: nothing is kept", [softDelete("Disabled"), vmItem("vm-1")], undefined],
    ["nobody knows when: nothing is there", [softDelete("Enabled")], undefined],
  ])("is needed until %s", (_when, resources, until) => {
    expect(leftovers.contribute(key, contextOf(resources))).toStrictEqual({
      note: "reported, never touched",
      remains: [{ what: "a key", subject: key.id, ...(until === undefined ? {} : { until }) }],
    });
  });

  it("has no date where it matters only that the vault is soft-deleted", () => {
    const snapshots = leftover("snapshots", { where: "soft-deleted" });
    expect(leftovers.contribute(snapshots, contextOf([softDelete("Enabled"), vmItem("vm-1"), soon]))).toStrictEqual({
      note: "reported, never touched",
      remains: [{ what: "snapshots", subject: snapshots.id }],
    });
  });

  it("does not matter in a purge", () => {
    expect(leftovers.contribute(key, contextOf([vmItem("vm-1")], { strategy: "purge" }))).toStrictEqual({
      note: "does not matter: after a purge nothing stays recoverable",
    });
  });
});

it("leftovers are the one kind that is only reported", () => {
  expect(kinds.filter((kind) => registry[kind].reportedOnly === true)).toEqual(["leftover"]);
});

describe("a restore point collection", () => {
  const sort = "restore point";
  const found = async (...names: readonly string[]) =>
    listed(sort, {
      protectedItems: async () => [vmItemAnswer("vm-1")],
      resourcesOfType: async () => names.map(collection),
    });

  it("is read with its own name and id", async () => {
    expect(await found("AzureBackup_VM-1_527")).toStrictEqual([
      {
        kind: "leftover",
        id: collection("AzureBackup_VM-1_527").id,
        name: "AzureBackup_VM-1_527",
        state: "stays",
        what: "restore point collection of VM backups",
      },
    ]);
  });

  it("is no other collection whose name only has the like in it", async () => {
    expect(await found("MyAzureBackup_vm-1_527", "AzureBackup_vm-1_527_", "AzureBackup_vm-1", "vm-1")).toEqual([]);
  });

  it("is looked for where the machine is, which an older item names by another member, and else where the vault is", async () => {
    const asked: string[] = [];
    const machine = "/subscriptions/S-3/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm-2";
    const collections = ["AzureBackup_vm-1_5", "AzureBackup_vm-2_5"].map(collection);
    const { sourceResourceId: _source, ...sourceless } = vmItemAnswer("vm-1").properties;
    const items = [
      { ...vmItemAnswer("vm-1"), properties: sourceless },
      { ...vmItemAnswer("x"), properties: { ...sourceless, virtualMachineId: machine } },
    ];
    const names = await listed(sort, {
      protectedItems: async () => items,
      resourcesOfType: async (scope) => (asked.push(scope), scope === subscription ? collections : []),
    });
    expect(asked).toEqual([subscription, "/subscriptions/S-3"]);
    expect(names.map(({ name }) => name)).toEqual(["AzureBackup_vm-1_5", "AzureBackup_vm-2_5"]);
  });

  it("that cannot be listed is told with the place and Azure's word", async () => {
    const given = { protectedItems: async () => [vmItemAnswer("vm-1")], resourcesOfType: refused };
    expect(only(await listed(sort, given))).toStrictEqual({
      kind: "leftover",
      id: subscription,
      name: "restore point collections of VM backups",
      state: "unreadable",
      what: "restore point collections of VM backups could not be listed in this subscription: AuthorizationFailed: no",
    });
  });
});

describe("a role assignment of the vault's identity", () => {
  const sort = "role assignment";
  const id = `${subscription}/providers/Microsoft.Authorization/roleAssignments/a-1`;

  it("is told without a scope where Azure says none", async () => {
    const given = { vault: withIdentity, roleAssignments: async () => [answer(id)] };
    expect(await listed(sort, given)).toStrictEqual([
      {
        kind: "leftover",
        id,
        name: "a-1",
        state: "stays",
        what: "role assignment of the vault's identity, which goes with it, at a scope Azure does not say",
      },
    ]);
  });

  it("that cannot be listed is told with the place and Azure's word", async () => {
    const found = await listed(sort, { vault: withIdentity, roleAssignments: refused });
    expect(only(found).what).toBe(
      "role assignments of the vault's identity could not be listed in this subscription: AuthorizationFailed: no",
    );
  });
});
