// Backup items that are not soft-deleted: how they are listed, what their deletion waits for and means, how it is proved.

import { describe, expect, it } from "vitest";
import { backupItems } from "../../src/dependencies/backup-items.ts";
import { armId, idKey } from "../../src/model/arm-id.ts";
import { stepKey } from "../../src/model/step.ts";
import { answer, databaseAnswer, fileShareAnswer, inFabric, readerOf, respelled, vmItemAnswer } from "./arm-answers.ts";
import {
  contextOf,
  database,
  draftOf,
  fileShare,
  immutability,
  intent,
  job,
  only,
  softDelete,
  softDeleted,
  stepOn,
  vmItem,
} from "./builders.ts";

describe("listing backup items", () => {
  it("reads a virtual machine that was never backed up", async () => {
    const given = vmItemAnswer("vm-1", { protectionState: "IRPending" });
    expect(await backupItems.list(readerOf({ protectedItems: async () => [given] }))).toEqual([
      {
        kind: "protected-item",
        id: given.id,
        name: "vm-1",
        state: "IRPending",
        managementType: "AzureIaasVM",
        workload: "VM",
        itemType: "Microsoft.Compute/virtualMachines",
        container: inFabric("protectionContainers/IaasVMContainer;iaasvmcontainerv2;rg-app;vm-1"),
        softDeleted: false,
        sourceId: given.properties["sourceResourceId"],
      },
    ]);
  });

  it("reads a share by the name people know, not by its hash", async () => {
    const found = await backupItems.list(
      readerOf({ protectedItems: async () => [fileShareAnswer("st1", "profiles")] }),
    );
    expect(only(found)).toMatchObject({ name: "profiles", state: "IRPending", workload: "AzureFileShare" });
  });

  it("reads the time of the last recovery point, or else of the last backup", async () => {
    const items = [
      databaseAnswer("sql-1", "orders"),
      databaseAnswer("sql-1", "customers", { lastRecoveryPoint: "2026-11-20T22:14:43.9Z" }),
    ];
    const found = await backupItems.list(readerOf({ protectedItems: async () => items }));
    expect(found.map((item) => item.lastRecoveryPoint)).toEqual([
      "2020-02-10T08:41:33.0264375Z",
      "2026-11-20T22:14:43.9Z",
    ]);
  });

  it.each(["IRPending", "ProtectionPaused", "BackupsSuspended", "ConfiguringProtection", "ProtectionStopped"])(
    "keeps Azure's own word for its state, and deletes it in any: %s",
    async (protectionState) => {
      const items = async () => [vmItemAnswer("vm-1", { protectionState })];
      const item = only(await backupItems.list(readerOf({ protectedItems: items })));
      expect(item.state).toBe(protectionState);
      expect(draftOf(backupItems.contribute(item, contextOf([item])), "delete-item").target).toBe(item.id);
    },
  );

  it("reads the machines of an availability group's database", async () => {
    const nodesList = [
      { nodeName: "sql-1.corp", status: "Succeeded" },
      { status: "Failed" },
      { nodeName: "sql-2.corp" },
    ];
    const items = [
      databaseAnswer("ag-1", "sales", { nodesList }),
      databaseAnswer("sql-1", "orders", { nodesList: [] }),
    ];
    const found = await backupItems.list(readerOf({ protectedItems: async () => items }));
    expect(found.map((item) => item.nodes)).toEqual([["sql-1.corp", "sql-2.corp"], undefined]);
  });

  it.each([
    ["a server outside Azure, of a newer type", { backupManagementType: "MAB", protectedItemType: "MabVolume" }],
    [
      "a database of the retired service",
      { backupManagementType: "AzureSql", protectedItemType: "Microsoft.Sql/servers/databases" },
    ],
    ["a type this version does not know", { protectedItemType: "AzureVmWorkloadOracleDatabase" }],
    ["no type at all", { protectedItemType: null }],
  ])("leaves an item of %s to be shown as unknown", async (_what, properties) => {
    const given = vmItemAnswer("vm-1", properties);
    expect(await backupItems.list(readerOf({ protectedItems: async () => [given] }))).toEqual([]);
  });

  it.each([
    "Microsoft.Compute/virtualMachines",
    "Microsoft.ClassicCompute/virtualMachines",
    "azurevmworkloadsqldatabase",
    "AzureVmWorkloadSQLInstance",
    "AzureVmWorkloadSAPHanaDatabase",
    "AzureVmWorkloadSAPHanaDBInstance",
    "AzureVmWorkloadSAPAseDatabase",
    "AzureFileShareProtectedItem",
  ])("lists an item of type %s", async (protectedItemType) => {
    const given = vmItemAnswer("vm-1", { protectedItemType });
    expect(await backupItems.list(readerOf({ protectedItems: async () => [given] }))).toHaveLength(1);
  });

  it("reads an item that says next to nothing as unknown in every word", async () => {
    const given = answer(inFabric("protectionContainers/X;y/protectedItems/VM;z"), {
      backupManagementType: "AzureIaasVM",
      protectedItemType: "Microsoft.Compute/virtualMachines",
    });
    expect(only(await backupItems.list(readerOf({ protectedItems: async () => [given] })))).toMatchObject({
      name: "VM;z",
      state: "Unknown",
      workload: "Unknown",
      softDeleted: false,
    });
  });
});

describe("deleting an item", () => {
  it("waits for the gates, the intents and the jobs of its container", () => {
    const item = database("sql-1", "orders");
    const soft = softDelete("Enabled");
    const gate = immutability("Unlocked");
    const other = [intent("sql-2"), database("sql-2", "billing")];
    const resources = [soft, gate, intent("sql-1"), ...other, job("j-1", "Compute;rg-data;sql-1"), item];
    const context = contextOf(resources, { strategy: "purge", consents: ["disable-immutability"] });
    expect(draftOf(backupItems.contribute(item, context), "delete-item").after.toSorted()).toEqual(
      [
        stepKey("disable-immutability", gate.id),
        stepKey("disable-soft-delete", soft.id),
        stepKey("delete-intent", intent("sql-1").id),
        stepKey("settle-job", job("j-1").id),
      ].toSorted(),
    );
  });

  it("is one change at a time per container, in any spelling", () => {
    const item = database("SQL-1", "orders");
    const draft = draftOf(backupItems.contribute(item, contextOf([item])), "delete-item");
    expect(draft.exclusive).toBe(idKey(armId(item.container.toUpperCase())));
    expect(draft.request).toEqual({ write: "delete-protected-item", item: item.id });
  });

  it.each(["Enabled", "AlwaysON"])("with soft delete %s keeps its data until retention has passed", (state) => {
    const item = vmItem("vm-1");
    const context = contextOf([softDelete(state, { retentionDays: 30 }), item]);
    const draft = draftOf(backupItems.contribute(item, context), "delete-item");
    expect(draft.irreversible).toBe(false);
    expect(draft.reason).toContain("recoverable until about 2026-12-21");
  });

  it.each([
    ["soft delete is off", "Disabled", "soft"],
    ["the plan turns soft delete off", "Enabled", "purge"],
  ] as const)("is irreversible when %s", (_when, state, strategy) => {
    const item = vmItem("vm-1");
    const context = contextOf([softDelete(state), item], { strategy });
    const draft = draftOf(backupItems.contribute(item, context), "delete-item");
    expect(draft.irreversible).toBe(true);
    expect(draft.reason).toContain("soft delete is off when this runs");
  });

  it("is taken for irreversible when the state of soft delete is not known, without saying that it is off", () => {
    const item = vmItem("vm-1");
    const draft = draftOf(backupItems.contribute(item, contextOf([softDelete("Unknown"), item])), "delete-item");
    expect(draft.irreversible).toBe(true);
    expect(draft.reason).not.toContain("soft delete is off");
  });

  it("that keeps its data says that the data remains, and until when", () => {
    const item = vmItem("vm-1");
    const contribution = backupItems.contribute(item, contextOf([softDelete("AlwaysON"), item]));
    expect(contribution.remains).toEqual([
      { what: "soft-deleted backup data", subject: item.id, until: "2026-12-05T08:00:00.000Z" },
    ]);
  });

  it("for good leaves nothing behind", () => {
    const item = fileShare("st1", "profiles");
    expect(backupItems.contribute(item, contextOf([softDelete("AlwaysON"), item])).remains ?? []).toEqual([]);
  });

  it("of a share is irreversible even where soft delete is on", () => {
    const item = fileShare("st1", "profiles");
    const draft = draftOf(backupItems.contribute(item, contextOf([softDelete("AlwaysON"), item])), "delete-item");
    expect(draft.irreversible).toBe(true);
    expect(draft.reason).toContain("not covered by soft delete");
  });
});

describe("the proof of a deletion", () => {
  const item = vmItem("vm-1");
  const step = stepOn(item, "delete-item");
  const gone = { ...item, ...softDeleted };

  it.each(["soft", "purge"] as const)("is that the item is no longer listed (%s)", (strategy) => {
    expect(backupItems.prove(step, [vmItem("vm-2")], strategy).verdict).toBe("proved");
  });

  it.each(["soft", "purge"] as const)("is missing while the item is listed as it was (%s)", (strategy) => {
    expect(backupItems.prove(step, [item], strategy)).toEqual({
      verdict: "not-yet",
      found: "the item is still listed, Protected",
    });
  });

  it("in soft is that it is listed as soft-deleted, under any spelling, with the date of its purge", () => {
    const found = backupItems.prove(step, [{ ...gone, id: respelled(item.id) }], "soft");
    expect(found).toEqual({
      verdict: "proved",
      evidence: "the item is listed as soft-deleted, purged at 2026-11-29T07:00:00.000Z",
    });
  });

  it("in purge is contradicted by a soft-deleted item, and names the way out", () => {
    const found = backupItems.prove(step, [gone], "purge");
    expect(found).toMatchObject({ verdict: "contradicted", remedy: expect.stringContaining("--strategy soft") });
  });

  it("says so where Azure gives no purge date", () => {
    const { purgeAt: _, ...undated } = gone;
    const found = backupItems.prove(step, [undated], "soft");
    expect(found).toMatchObject({ verdict: "proved", evidence: expect.stringContaining("a time Azure does not say") });
  });
});
