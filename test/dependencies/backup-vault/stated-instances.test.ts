// What is stated of instances and policies of a Backup vault, word for word: people decide by it, and requests are made of it.

import { describe, expect, it } from "vitest";
import { backupInstances } from "../../../src/dependencies/backup-vault/backup-instances.ts";
import { backupVaultPolicies } from "../../../src/dependencies/backup-vault/backup-vault-policies.ts";
import type { Contribution } from "../../../src/dependencies/dependency.ts";
import { armId } from "../../../src/model/arm-id.ts";
import type { PlanOptions } from "../../../src/model/plan.ts";
import type { BackupInstance, Resource } from "../../../src/model/resource.ts";
import { stepKey } from "../../../src/model/step.ts";
import { answer, backupVaultPath, readerOf, vaultAnswer } from "../arm-answers.ts";
import { draftOf, stepOn } from "../builders.ts";
import { contextOf, instance, policy, softDelete, softDeletedInstance } from "./builders.ts";

const purge = { strategy: "purge" } as const;
const disks = { datasourceType: "Microsoft.Compute/disks" };
const snapshotGroup = armId("/groups/snap");
const blobs = { datasourceType: "Microsoft.Storage/storageAccounts/blobServices" };
const db = instance("db");
const gone = instance("db", softDeletedInstance);
const until = "2026-12-05T08:00:00.000Z";

function stated(found: BackupInstance, others: readonly Resource[], options: Partial<PlanOptions> = {}): Contribution {
  return backupInstances.contribute(found, contextOf([found, ...others], options));
}

describe("of an instance is stated", () => {
  it("that its protection is in flight, and what to do about it", () => {
    const found = instance("db", { state: "SoftDeleting" });
    expect(stated(found, [softDelete("On")])).toStrictEqual({
      blockers: [
        {
          code: "protection-in-flight",
          subject: found.id,
          reason: "the protection of db is SoftDeleting: Azure is still at work on it",
          fix: "wait until the portal shows another state, then plan again",
          who: "you",
        },
      ],
    });
  });

  it("that its datasource is unknown, and what to do about it", () => {
    const found = instance("thing", { datasourceType: "Microsoft.New/things" });
    expect(stated(found, [softDelete("On")])).toStrictEqual({
      blockers: [
        {
          code: "datasource-unknown",
          subject: found.id,
          reason:
            "thing is a backup instance of datasource type Microsoft.New/things, which this version does not know: what its deletion destroys or leaves behind is not known",
          fix: "add --allow unknown-datasources to delete it like the others, or delete it by hand (portal or az), then plan again",
          who: "the owner of that datasource",
        },
      ],
    });
  });

  it("the deletion that keeps its data, and until when", () => {
    expect(stated(db, [softDelete("On")])).toStrictEqual({
      steps: [
        {
          action: "delete-instance",
          kind: "backup-instance",
          target: db.id,
          name: "db",
          after: [],
          reason: "a backup instance keeps the vault alive; its data stays recoverable until about 2026-12-05",
          irreversible: false,
          permissions: ["Microsoft.DataProtection/backupVaults/backupInstances/delete"],
          exclusive: db.id.toLowerCase(),
          request: { write: "delete-backup-instance", instance: db.id },
        },
      ],
      remains: [{ what: "soft-deleted backup data", subject: db.id, until }],
      loss: { fate: "soft-deleted", until, billing: { billedDays: 0, freeDays: 14 } },
    });
  });

  it("why it is undeleted in a purge", () => {
    expect(draftOf(stated(gone, [softDelete("On")], purge), "undelete-instance").reason).toBe(
      "a soft-deleted instance is purged early only by undeleting it with soft delete off and deleting it again",
    );
  });

  it("no date where Azure says none for what is soft-deleted already", () => {
    const found = instance("db", { state: "SoftDeleted", softDeleted: true });
    expect(stated(found, [softDelete("On")])).toStrictEqual({
      note: "already soft-deleted: it goes with the vault",
      remains: [{ what: "soft-deleted backup data", subject: found.id }],
      loss: { fate: "already-soft-deleted" },
    });
  });
});

describe("the data of an instance is destroyed at once", () => {
  const off = "soft delete is off when this runs";
  const gated = "a purge deletes only with soft delete off";

  it.each<[string, BackupInstance, readonly Resource[], Partial<PlanOptions>]>([
    [off, db, [softDelete("Off")], {}],
    [off, db, [softDelete("Off")], purge],
    [off, db, [softDelete("On")], purge],
    [gated, db, [softDelete("AlwaysOn")], purge],
    [gated, db, [softDelete("Odd")], purge],
    [gated, db, [], purge],
    ["soft delete reads Odd, so the worst is assumed", db, [softDelete("Odd")], {}],
    ["soft delete reads unreadable, so the worst is assumed", db, [], {}],
    ["operational backups of blobs are not covered by soft delete", instance("b", blobs), [softDelete("On")], {}],
    ["operational backups of blobs are not covered by soft delete", instance("b", blobs), [softDelete("On")], purge],
  ])("because %s", (why, found, others, options) => {
    const contribution = stated(found, others, options);
    expect(draftOf(contribution, "delete-instance")).toMatchObject({
      reason: `a backup instance keeps the vault alive; its data is destroyed at once: ${why}`,
      irreversible: true,
    });
    expect([contribution.loss, contribution.remains]).toEqual([{ fate: "destroyed" }, []]);
  });
});

describe("snapshots that a deletion for good may leave", () => {
  const remaining = (more: Partial<BackupInstance>, options: Partial<PlanOptions> = {}) =>
    stated(instance("d", more), [softDelete("Off")], options).remains;
  const left = {
    what: "disk snapshots, where Azure has not deleted them with the backups: they keep their resource group from being deleted",
    subject: snapshotGroup,
    of: "d",
  };

  it("are named in their group, of an active instance and of a soft-deleted one that is purged", () => {
    expect(remaining({ ...disks, snapshotGroup })).toEqual([left]);
    expect(remaining({ ...disks, ...softDeletedInstance, snapshotGroup }, purge)).toEqual([left]);
  });

  it("are not named where their group is not known, nor of a datasource that has none", () => {
    expect([remaining(disks), remaining({ snapshotGroup })]).toEqual([[], []]);
  });
});

describe("of a policy of a Backup vault is stated", () => {
  const daily = policy("daily");
  const states = (found: readonly Resource[], options: Partial<PlanOptions> = {}): Contribution =>
    backupVaultPolicies.contribute(daily, contextOf([daily, ...found], options));
  const deletion = {
    action: "delete-policy",
    kind: "backup-vault-policy",
    target: daily.id,
    name: "daily",
    reason: "in the classic regime Azure refuses to delete a Backup vault that has policies",
    irreversible: true,
    permissions: ["Microsoft.DataProtection/backupVaults/backupPolicies/delete"],
    request: { write: "delete-backup-vault-policy", policy: daily.id },
  };

  it("its deletion, after those of instances whose data is not kept", () => {
    const final = instance("b", blobs);
    expect(states([final, softDelete("On")])).toStrictEqual({
      steps: [{ ...deletion, after: [stepKey("delete-instance", final.id)] }],
    });
  });

  it("its deletion where no instance names it, or none names any", () => {
    const { policy: _none, ...nameless } = db;
    expect(states([nameless])).toStrictEqual({ steps: [{ ...deletion, after: [] }] });
    expect(states([])).toStrictEqual({ steps: [{ ...deletion, after: [] }] });
  });

  it("its deletion in a purge, even where soft delete is enforced", () => {
    expect(states([softDelete("AlwaysOn")], purge)).toStrictEqual({ steps: [{ ...deletion, after: [] }] });
  });

  it.each<[string, readonly Resource[]]>([
    ["soft delete is on", [db, softDelete("On")]],
    ["soft delete cannot be read", [db]],
    ["an instance is soft-deleted already", [gone, softDelete("Off")]],
  ])("that it is left to the vault, where %s", (_where, found) => {
    expect(states(found)).toStrictEqual({
      note: "no step: Azure deletes it only once no soft-deleted instance names it; it is left to the vault",
    });
  });

  it("by its proof, whether it is listed, however it is spelled, and among others", () => {
    const step = stepOn(daily, "delete-policy");
    const respelled = { ...daily, id: armId(daily.id.toUpperCase()) };
    expect(backupVaultPolicies.prove(step, [policy("other"), respelled], "soft")).toEqual({
      verdict: "not-yet",
      found: "the policy is still listed",
    });
    expect(backupVaultPolicies.prove(step, [policy("other")], "soft")).toEqual({
      verdict: "proved",
      evidence: "the policy is no longer listed",
    });
  });

  it("nothing where there is no Backup vault", async () => {
    const listed = [answer(`${backupVaultPath}/backupPolicies/p`)];
    for (const found of [undefined, vaultAnswer()]) {
      const reader = readerOf({ vault: async () => found, policies: async () => listed });
      expect(await backupVaultPolicies.list(reader)).toEqual([]);
    }
  });
});
