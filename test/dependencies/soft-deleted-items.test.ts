// Soft-deleted items: how they and their purge date are read, left to the vault in soft, undeleted and deleted in purge.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backupItems } from "../../src/dependencies/backup-items.ts";
import { isSoftDeleted } from "../../src/dependencies/item-types.ts";
import { purgeTime } from "../../src/dependencies/soft-deleted-items.ts";
import { stepKey } from "../../src/model/step.ts";
import { readerOf, softDeletedMembers, vmItemAnswer } from "./arm-answers.ts";
import { contextOf, draftOf, only, softDelete, softDeleted, stepOn, vmItem } from "./builders.ts";

describe("a soft-deleted item is read", () => {
  it("from the body that Azure answered in 2024", async () => {
    const given = vmItemAnswer("vm-1", softDeletedMembers);
    const found = only(await backupItems.list(readerOf({ protectedItems: async () => [given] })));
    expect(found).toMatchObject({ state: "ProtectionStopped", softDeleted: true, purgeAt: "2024-05-12T07:36:32.804Z" });
    expect(found.lastRecoveryPoint).toBeUndefined();
  });

  it.each(["SoftDeleted", "SoftDeleting", "softdeleted"])("from the state %s, where the flag is missing", (state) => {
    expect(isSoftDeleted({ protectionState: state })).toBe(true);
  });

  it("not from a stopped protection alone", () => {
    expect(isSoftDeleted({ protectionState: "ProtectionStopped", isScheduledForDeferredDelete: false })).toBe(false);
  });
});

describe("the purge of a soft-deleted item", () => {
  it("comes the item's own retention after its deletion", () => {
    const moment = fc.date({ min: new Date("2015-01-01"), max: new Date("2040-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(moment, fc.integer({ min: 14, max: 180 }), (deletedAt, days) => {
        const purge = purgeTime({
          isScheduledForDeferredDelete: true,
          deferredDeleteTimeInUTC: deletedAt.toISOString(),
          softDeleteRetentionPeriod: days,
        });
        expect(Date.parse(purge ?? "")).toBe(deletedAt.getTime() + days * 86_400_000);
      }),
    );
  });

  it("is counted by the newer member where both stand on the item", () => {
    const members = { ...softDeletedMembers, softDeleteRetentionPeriodInDays: 30 };
    expect(purgeTime(members)).toBe("2024-05-28T07:36:32.804Z");
  });

  it.each([
    ["an item that is not soft-deleted", { ...softDeletedMembers, isScheduledForDeferredDelete: false }],
    ["an item without the moment of its deletion", { ...softDeletedMembers, deferredDeleteTimeInUTC: undefined }],
    ["a moment that is none", { ...softDeletedMembers, deferredDeleteTimeInUTC: "0001-01-01T00:00:00" }],
    ["a retention of no days", { ...softDeletedMembers, softDeleteRetentionPeriod: 0 }],
  ])("is not known for %s", (_what, properties) => {
    expect(purgeTime(properties)).toBeUndefined();
  });
});

describe("a soft-deleted item in a soft plan", () => {
  it("gets no step and remains until its purge", () => {
    const item = vmItem("vm-1", softDeleted);
    const contribution = backupItems.contribute(item, contextOf([softDelete("AlwaysON"), item]));
    expect(contribution.steps ?? []).toEqual([]);
    expect(contribution.blockers ?? []).toEqual([]);
    expect(contribution.note).toContain("goes with the vault");
    expect(contribution.remains).toEqual([
      { what: "soft-deleted backup data", subject: item.id, until: "2026-11-29T07:00:00.000Z" },
    ]);
  });

  it("remains without a date where Azure gives none", () => {
    const item = vmItem("vm-1", { softDeleted: true });
    const contribution = backupItems.contribute(item, contextOf([item]));
    expect(only(contribution.remains)).toEqual({ what: "soft-deleted backup data", subject: item.id });
  });
});

describe("a soft-deleted item in a purge plan", () => {
  const item = vmItem("vm-1", softDeleted);
  const soft = softDelete("Enabled");

  it("is undeleted after soft delete is off, and deleted after that", () => {
    const contribution = backupItems.contribute(item, contextOf([soft, item], { strategy: "purge" }));
    expect(contribution.steps).toHaveLength(2);
    const off = stepKey("disable-soft-delete", soft.id);
    expect(draftOf(contribution, "undelete-item").after).toEqual([off]);
    expect(draftOf(contribution, "delete-item").after.toSorted()).toEqual(
      [off, stepKey("undelete-item", item.id)].toSorted(),
    );
  });

  it("is undeleted with what Azure wants to hear, and only its deletion is irreversible", () => {
    const sourceId = vmItem("vm-x").container;
    const known = { ...item, sourceId };
    const contribution = backupItems.contribute(known, contextOf([soft, known], { strategy: "purge" }));
    const undelete = draftOf(contribution, "undelete-item");
    expect(undelete.irreversible).toBe(false);
    expect(undelete.request).toEqual({
      write: "undelete-protected-item",
      item: item.id,
      itemType: "Microsoft.Compute/virtualMachines",
      sourceId,
    });
    expect(draftOf(contribution, "delete-item").irreversible).toBe(true);
    expect(undelete.exclusive).toBe(draftOf(contribution, "delete-item").exclusive);
  });

  it("needs no step before the undeletion where soft delete is off already", () => {
    const context = contextOf([softDelete("Disabled"), item], { strategy: "purge" });
    expect(draftOf(backupItems.contribute(item, context), "undelete-item").after).toEqual([]);
  });
});

describe("the proof of an undeletion", () => {
  const item = vmItem("vm-1", softDeleted);
  const step = stepOn(item, "undelete-item");

  it("is that the item is listed without the mark of soft delete", () => {
    const back = vmItem("vm-1", { state: "ProtectionStopped" });
    expect(backupItems.prove(step, [back], "purge")).toMatchObject({
      verdict: "proved",
      evidence: expect.stringContaining("ProtectionStopped"),
    });
  });

  it("is missing while it is listed as soft-deleted", () => {
    expect(backupItems.prove(step, [item], "purge").verdict).toBe("not-yet");
  });

  it("is not needed any more where the item was purged meanwhile", () => {
    expect(backupItems.prove(step, [], "purge")).toMatchObject({
      verdict: "proved",
      evidence: expect.stringContaining("purged meanwhile"),
    });
  });
});
