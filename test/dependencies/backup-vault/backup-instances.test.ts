// Instances of a Backup vault: read under one id each, deleted by the regime of the vault, and proved by both lists.

import { describe, expect, it } from "vitest";
import { backupInstances } from "../../../src/dependencies/backup-vault/backup-instances.ts";
import { armId } from "../../../src/model/arm-id.ts";
import { stepKey } from "../../../src/model/step.ts";
import { answer, backupVaultPath, readerOf } from "../arm-answers.ts";
import { draftOf, job, only, stepOn } from "../builders.ts";
import {
  contextOf,
  deletedAnswer,
  diskAnswer,
  immutability,
  instance,
  softDelete,
  softDeletedInstance,
} from "./builders.ts";

const disk = diskAnswer("disk-1");

describe("the list of backup instances", () => {
  it("reads an active one with its datasource, policy and snapshot group", async () => {
    const listed = await backupInstances.list(readerOf({ backupInstances: async () => [disk] }));
    expect(only(listed)).toEqual({
      kind: "backup-instance",
      id: disk.id,
      name: "disk-1",
      state: "ProtectionConfigured",
      datasourceType: "Microsoft.Compute/disks",
      operational: true,
      snapshotGroup: "/groups/snapshots",
      policy: `${backupVaultPath}/backupPolicies/diskpol`,
      sourceId: "/disks/d",
      softDeleted: false,
    });
  });

  it("knows a soft-deleted one by the id it had, with its dates", async () => {
    const listed = await backupInstances.list(readerOf({ deletedBackupInstances: async () => [deletedAnswer(disk)] }));
    expect(only(listed)).toMatchObject({
      id: disk.id,
      state: "SoftDeleted",
      softDeleted: true,
      deletedAt: "2024-06-26T07:49:49.461Z",
      billingEndsAt: "2024-06-26T07:49:49.461Z",
      purgeAt: "2024-07-10T07:49:49.461Z",
    });
  });

  it("knows it by that id whatever its resource group is called", async () => {
    const id = disk.id.replace(/\/resourceGroups\/[^/]+/i, "/resourceGroups/deletedBackupInstances");
    const deleted = { ...deletedAnswer(disk), id: id.replace("/backupInstances/", "/deletedBackupInstances/") };
    const answers = { backupInstances: async () => [{ ...disk, id }], deletedBackupInstances: async () => [] };
    expect(only(await backupInstances.list(readerOf(answers))).softDeleted).toBe(false);
    const gone = only(await backupInstances.list(readerOf({ deletedBackupInstances: async () => [deleted] })));
    expect([gone.id, gone.softDeleted]).toEqual([id, true]);
  });

  it("keeps a soft-deleted and an active one of the same name apart", async () => {
    const both = { backupInstances: async () => [disk], deletedBackupInstances: async () => [deletedAnswer(disk)] };
    const listed = await backupInstances.list(readerOf(both));
    expect(listed.map(({ id, softDeleted }) => [id, softDeleted])).toEqual([
      [disk.id, false],
      [deletedAnswer(disk).id, true],
    ]);
  });

  it("reads no more of one than its answer says", async () => {
    const bare = { ...answer(disk.id), name: "disk-1-0d8a" };
    const unnamed = { ...bare, properties: { policyInfo: { policyParameters: { dataStoreParametersList: [{}] } } } };
    for (const given of [bare, unnamed])
      expect(await backupInstances.list(readerOf({ backupInstances: async () => [given] }))).toStrictEqual([
        {
          kind: "backup-instance",
          id: disk.id,
          name: "disk-1-0d8a",
          state: "Unknown",
          datasourceType: "Unknown",
          operational: true,
          softDeleted: false,
        },
      ]);
  });

  it("calls one by its friendly name, and knows what is vaulted by what it names", async () => {
    const given = answer(disk.id, {
      friendlyName: "account/blobs",
      policyInfo: { policyParameters: { backupDatasourceParametersList: [{ containersList: ["c"] }] } },
    });
    const listed = await backupInstances.list(readerOf({ backupInstances: async () => [given] }));
    expect(only(listed)).toMatchObject({ name: "account/blobs", operational: false });
  });

  it("has once what both lists show soft-deleted, with the dates of the second", async () => {
    const shown = answer(disk.id, { ...disk.properties, currentProtectionState: "SoftDeleted" });
    const active = await backupInstances.list(readerOf({ backupInstances: async () => [shown] }));
    expect(only(active).softDeleted).toBe(true);
    const both = { backupInstances: async () => [shown], deletedBackupInstances: async () => [deletedAnswer(disk)] };
    expect(only(await backupInstances.list(readerOf(both)))).toMatchObject({
      id: disk.id,
      softDeleted: true,
      purgeAt: "2024-07-10T07:49:49.461Z",
    });
  });

  it("knows one as soft-deleted by the list it stands in, whatever state it reads there", async () => {
    const odd = { ...deletedAnswer(disk), properties: disk.properties };
    const listed = await backupInstances.list(readerOf({ deletedBackupInstances: async () => [odd] }));
    expect(only(listed)).toMatchObject({ state: "ProtectionConfigured", softDeleted: true });
  });

  it("has active ones beside soft-deleted ones of other names", async () => {
    const other = deletedAnswer(diskAnswer("disk-2"));
    const both = { backupInstances: async () => [disk], deletedBackupInstances: async () => [other] };
    const listed = await backupInstances.list(readerOf(both));
    expect(listed.map(({ name, softDeleted }) => [name, softDeleted])).toEqual([
      ["disk-1", false],
      ["disk-2", true],
    ]);
  });

  it("has one of an unknown datasource as well", async () => {
    const strange = answer(disk.id, { ...disk.properties, dataSourceInfo: { datasourceType: "Microsoft.New/things" } });
    const listed = await backupInstances.list(readerOf({ backupInstances: async () => [strange] }));
    expect(only(listed).datasourceType).toBe("Microsoft.New/things");
  });
});

describe("an instance of an unknown datasource", () => {
  const thing = instance("thing", { datasourceType: "Microsoft.New/things" });
  const goes = instance("thing", { ...softDeletedInstance, datasourceType: "Microsoft.New/things" });
  const allowed = { consents: ["unknown-datasources" as const] };

  it.each([
    [thing, "soft"],
    [thing, "purge"],
    [goes, "purge"],
  ] as const)("blocks, with the consent that lets it go ($0.state, $1)", (found, strategy) => {
    const stated = backupInstances.contribute(found, contextOf([found, softDelete("On")], { strategy }));
    expect(stated.steps).toBeUndefined();
    const blocker = only(stated.blockers);
    expect(blocker.code).toBe("datasource-unknown");
    expect(blocker.reason).toContain("datasource type Microsoft.New/things, which this version does not know");
    expect(blocker.fix).toContain("--allow unknown-datasources");
  });

  it("goes with consent, and the worst is assumed of its data", () => {
    const { steps } = backupInstances.contribute(thing, contextOf([thing, softDelete("AlwaysOn")], allowed));
    expect(only(steps)).toMatchObject({ consent: "unknown-datasources", irreversible: true });
    expect(only(steps).reason).toContain("whether soft delete covers Microsoft.New/things is not known");
  });

  it("needs no consent where it is soft-deleted already and stays so", () => {
    const stated = backupInstances.contribute(goes, contextOf([goes, softDelete("AlwaysOn")]));
    expect(stated.blockers).toBeUndefined();
    expect(stated.note).toContain("goes with the vault");
  });

  it("is undeleted and deleted again with the same consent", () => {
    const options = { ...allowed, strategy: "purge" as const };
    const { steps } = backupInstances.contribute(goes, contextOf([goes, softDelete("On")], options));
    expect(steps?.map(({ action, consent }) => [action, consent])).toEqual([
      ["undelete-instance", "unknown-datasources"],
      ["delete-instance", "unknown-datasources"],
    ]);
  });
});

describe("the plan for an instance", () => {
  it.each(["On", "AlwaysOn"])("keeps its data recoverable where soft delete is %s", (state) => {
    const found = instance("db");
    const { steps, remains } = backupInstances.contribute(found, contextOf([found, softDelete(state)]));
    expect(only(steps)).toMatchObject({
      action: "delete-instance",
      irreversible: false,
      permissions: ["Microsoft.DataProtection/backupVaults/backupInstances/delete"],
      request: { write: "delete-backup-instance", instance: found.id },
    });
    expect(remains).toEqual([
      { what: "soft-deleted backup data", subject: found.id, until: "2026-12-05T08:00:00.000Z" },
    ]);
  });

  it.each(["Off", "Unknown"])("is irreversible where soft delete reads %s", (state) => {
    const found = instance("db");
    const { steps, remains } = backupInstances.contribute(found, contextOf([found, softDelete(state)]));
    expect(only(steps).irreversible).toBe(true);
    expect(remains).toEqual([]);
  });

  it.each([
    [true, true],
    [false, false],
  ])("of blobs with operational backups alone (%s) is irreversible: %s", (operational, irreversible) => {
    const found = instance("blobs", { operational, datasourceType: "Microsoft.Storage/storageAccounts/blobServices" });
    const { steps } = backupInstances.contribute(found, contextOf([found, softDelete("AlwaysOn")]));
    expect(only(steps).irreversible).toBe(irreversible);
  });

  it("names the snapshots of a disk that nobody cleans up", () => {
    const found = instance("d", { datasourceType: "Microsoft.Compute/disks", snapshotGroup: armId("/groups/snap") });
    const { remains } = backupInstances.contribute(found, contextOf([found, softDelete("On")]));
    expect(remains?.[1]).toMatchObject({ subject: "/groups/snap", of: "d" });
    expect(remains?.[1]?.what).toContain("Azure does not clean them up");
  });

  it("leaves a soft-deleted one to the vault, until its purge", () => {
    const found = instance("db", softDeletedInstance);
    const stated = backupInstances.contribute(found, contextOf([found, softDelete("AlwaysOn")]));
    expect(stated.steps).toBeUndefined();
    expect(only(stated.remains).until).toBe("2026-11-29T07:00:00.000Z");
  });

  it("purges a soft-deleted one after both gates: undeleted, then deleted for good", () => {
    const found = instance("db", softDeletedInstance);
    const settings = [softDelete("On"), immutability("Unlocked")] as const;
    const options = { strategy: "purge" as const, consents: ["disable-immutability" as const] };
    const stated = backupInstances.contribute(found, contextOf([found, ...settings], options));
    const gates = [stepKey("disable-immutability", settings[1].id), stepKey("disable-soft-delete", settings[0].id)];
    expect(draftOf(stated, "undelete-instance").after).toEqual(gates);
    expect(draftOf(stated, "undelete-instance").request).toEqual({
      write: "undelete-backup-instance",
      instance: found.id,
    });
    expect(draftOf(stated, "delete-instance")).toMatchObject({
      after: [...gates, stepKey("undelete-instance", found.id)],
      irreversible: true,
    });
  });

  it.each(["ConfiguringProtection", "UpdatingProtection", "SoftDeleting"])("waits while it is %s", (state) => {
    const found = instance("db", { state });
    const stated = backupInstances.contribute(found, contextOf([found]));
    expect(stated.steps).toBeUndefined();
    expect(only(stated.blockers).code).toBe("protection-in-flight");
  });

  it("comes after the jobs on it, and those that name no instance", () => {
    const found = instance("db");
    const own = { ...job("own"), instance: armId(found.id.toUpperCase()) };
    const others = { ...job("others"), instance: instance("other").id };
    const nameless = job("nameless");
    const { steps } = backupInstances.contribute(found, contextOf([found, own, others, nameless]));
    expect(only(steps).after).toEqual([own, nameless].map(({ id }) => stepKey("settle-job", id)));
  });
});

describe("the proof", () => {
  const active = instance("db");
  const deleted = instance("db", softDeletedInstance);

  it.each([
    ["delete-instance", "soft", [], "proved"],
    ["delete-instance", "soft", [deleted], "proved"],
    ["delete-instance", "soft", [active], "not-yet"],
    ["delete-instance", "purge", [], "proved"],
    ["delete-instance", "purge", [deleted], "contradicted"],
    ["undelete-instance", "purge", [deleted], "not-yet"],
    ["undelete-instance", "purge", [active], "proved"],
    ["undelete-instance", "purge", [], "proved"],
  ] as const)("of %s in %s with %j listed: %s", (action, strategy, found, verdict) => {
    expect(backupInstances.prove(stepOn(active, action), found, strategy).verdict).toBe(verdict);
  });

  it("looks at the instance of the step alone", () => {
    const step = stepOn(active, "delete-instance");
    expect(backupInstances.prove(step, [instance("other")], "soft").verdict).toBe("proved");
    const respelled = { ...active, id: armId(active.id.toUpperCase()) };
    expect(backupInstances.prove(step, [instance("other"), respelled], "soft").verdict).toBe("not-yet");
  });
});
