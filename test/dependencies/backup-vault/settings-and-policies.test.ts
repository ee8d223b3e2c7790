// Policies and settings of a Backup vault: what goes with the vault, what must go before it, and what nobody can turn off.

import { describe, expect, it } from "vitest";
import { backupVaultPolicies } from "../../../src/dependencies/backup-vault/backup-vault-policies.ts";
import { hybridSecurity } from "../../../src/dependencies/hybrid-security.ts";
import { immutability as immutabilityKind } from "../../../src/dependencies/immutability.ts";
import { jobs } from "../../../src/dependencies/jobs.ts";
import { policies } from "../../../src/dependencies/policies.ts";
import { resourceGuard } from "../../../src/dependencies/resource-guard.ts";
import { softDelete as softDeleteKind } from "../../../src/dependencies/soft-delete.ts";
import { vault as vaultKind } from "../../../src/dependencies/vault.ts";
import { armId } from "../../../src/model/arm-id.ts";
import { stepKey } from "../../../src/model/step.ts";
import { markGuarded } from "../../../src/planning/guarded-steps.ts";
import { backupInstances } from "../../../src/dependencies/backup-vault/backup-instances.ts";
import { answer, backupVaultPath, readerOf } from "../arm-answers.ts";
import { draftOf, only, stepOn, vault } from "../builders.ts";
import { contextOf, immutability, instance, policy, softDelete, softDeletedInstance } from "./builders.ts";

const daily = policy("daily");
const db = instance("db");

describe("a policy of a Backup vault", () => {
  it("is listed by its own kind, and by no other", async () => {
    const reader = readerOf({
      vault: async () => answer(backupVaultPath),
      policies: async () => [answer(daily.id, { datasourceTypes: daily.datasourceTypes })],
    });
    expect(await backupVaultPolicies.list(reader)).toEqual([daily]);
    expect(await policies.list(reader)).toEqual([]);
  });

  it("goes with a vault whose soft delete is AlwaysOn", () => {
    const stated = backupVaultPolicies.contribute(daily, contextOf([daily, db, softDelete("AlwaysOn")]));
    expect(stated).toEqual({ note: "needs no step: soft delete is AlwaysOn, and policies go with the vault" });
  });

  it.each([
    ["Off", db, true],
    ["On", db, false],
    ["Off", instance("db", softDeletedInstance), false],
    ["Unknown", db, false],
    ["On", instance("db", { policy: policy("other").id }), true],
    ["On", instance("blobs", { datasourceType: "Microsoft.Storage/storageAccounts/blobServices" }), true],
    ["On", instance("thing", { datasourceType: "Microsoft.New/things" }), false],
  ] as const)(
    "softly, with soft delete %s, is deleted only where no soft-deleted instance will name it",
    (state, found, goes) => {
      const stated = backupVaultPolicies.contribute(daily, contextOf([daily, found, softDelete(state)]));
      expect(stated.steps !== undefined).toBe(goes);
      expect(stated.note !== undefined).toBe(!goes);
    },
  );

  it.each([
    instance("thing", { datasourceType: "Microsoft.New/things" }),
    instance("db", { state: "ConfiguringProtection" }),
  ])("waits for no deletion of an instance that only blocks: $name", (found) => {
    const context = contextOf([daily, found, softDelete("Off")], { strategy: "purge" });
    expect(backupInstances.contribute(found, context)).toMatchObject({ blockers: [{}] });
    const { after } = only(backupVaultPolicies.contribute(daily, context).steps);
    expect(after).not.toContain(stepKey("delete-instance", found.id));
  });

  it.each([db, instance("db", softDeletedInstance)])("in a purge goes after the instance that names it", (found) => {
    const context = contextOf([daily, found, softDelete("On")], { strategy: "purge" });
    expect(only(backupVaultPolicies.contribute(daily, context).steps)).toMatchObject({
      action: "delete-policy",
      after: [stepKey("disable-soft-delete", softDelete("On").id), stepKey("delete-instance", found.id)],
      request: { write: "delete-backup-vault-policy", policy: daily.id },
    });
  });

  it("is proved gone by the list", () => {
    const step = stepOn(daily, "delete-policy");
    expect(backupVaultPolicies.prove(step, [daily], "soft").verdict).toBe("not-yet");
    expect(backupVaultPolicies.prove(step, [], "soft").verdict).toBe("proved");
  });
});

describe("the settings of a Backup vault", () => {
  const settings = {
    softDeleteSettings: { state: "On", retentionDurationInDays: 30 },
    immutabilitySettings: { state: "Locked" },
  };
  const reader = readerOf({ vault: async () => answer(backupVaultPath, { securitySettings: settings }) });

  it("are read in its own words, and nothing of servers", async () => {
    expect(only(await softDeleteKind.list(reader))).toMatchObject({ state: "On", retentionDays: 30 });
    expect(only(await immutabilityKind.list(reader))).toEqual({ ...immutability("Locked"), expiries: [] });
    expect(await hybridSecurity.list(reader)).toEqual([]);
  });

  it("turn soft delete off by the vault's own write, in a purge alone", () => {
    const found = softDelete("On");
    expect(softDeleteKind.contribute(found, contextOf([found])).steps).toBeUndefined();
    expect(only(softDeleteKind.contribute(found, contextOf([found], { strategy: "purge" })).steps)).toMatchObject({
      permissions: ["Microsoft.DataProtection/backupVaults/write"],
      request: {
        write: "set-backup-vault-security",
        vault: backupVaultPath,
        softDelete: { state: "Off", retentionDays: 14 },
      },
    });
    const step = stepOn(found, "disable-soft-delete");
    expect(softDeleteKind.prove(step, [found], "purge").verdict).toBe("not-yet");
    expect(softDeleteKind.prove(step, [softDelete("Off")], "purge").verdict).toBe("proved");
  });

  it("block a purge where soft delete is AlwaysOn", () => {
    const found = softDelete("AlwaysOn");
    const stated = softDeleteKind.contribute(found, contextOf([found], { strategy: "purge" }));
    expect(only(stated.blockers).code).toBe("soft-delete-always-on");
  });

  it("turn immutability off only with consent", () => {
    const found = immutability("Unlocked");
    expect(only(immutabilityKind.contribute(found, contextOf([found])).blockers).code).toBe("immutability-unlocked");
    const allowed = contextOf([found], { consents: ["disable-immutability"] });
    expect(only(immutabilityKind.contribute(found, allowed).steps).request).toEqual({
      write: "set-backup-vault-security",
      vault: backupVaultPath,
      immutability: "Disabled",
    });
  });
});

describe("a Backup vault itself", () => {
  it("is read and deleted by its provider's actions", () => {
    const found = vault({ id: armId(backupVaultPath), name: "bv-test" });
    const stated = vaultKind.contribute(found, contextOf([found]));
    expect(draftOf(stated, "delete-vault").permissions).toEqual(["Microsoft.DataProtection/backupVaults/delete"]);
    expect(draftOf(stated, "recheck").permissions).toEqual(["Microsoft.DataProtection/backupVaults/read"]);
  });

  it("has jobs that name their instance, and that nobody cancels", async () => {
    const running = answer(`${backupVaultPath}/backupJobs/j`, {
      backupInstanceId: db.id,
      backupInstanceFriendlyName: "db",
      operation: "Restore",
      status: "InProgress",
      startTime: "2024-05-08T10:32:16.7423761Z",
    });
    const found = only(await jobs.list(readerOf({ jobsInProgress: async () => [running] })));
    expect(found).toMatchObject({ name: "db", instance: db.id, operation: "Restore", cancellable: false });
    const step = only(jobs.contribute(found, contextOf([found], { consents: ["cancel-jobs"] })).steps);
    expect(step.request).toBeUndefined();
    expect(step.permissions).toEqual(["Microsoft.DataProtection/backupVaults/backupJobs/read"]);
  });

  it("has its guarded steps marked by the guard's words for Backup vaults", async () => {
    const operations = ["backupInstances/delete", "write#reduceSoftDeleteSecurity"].map((operation) => ({
      vaultCriticalOperation: `Microsoft.DataProtection/backupVaults/${operation}`,
      defaultResourceRequest: `/guards/g/${operation}`,
    }));
    const proxy = answer(`${backupVaultPath}/backupResourceGuardProxies/DppResourceGuardProxy`, {
      resourceGuardResourceId: "/guards/g",
      resourceGuardOperationDetails: operations,
    });
    const guards = await resourceGuard.list(readerOf({ guardProxies: async () => [proxy] }));
    const context = contextOf([db, softDelete("On")], { strategy: "purge" });
    const drafts = [
      ...(softDeleteKind.contribute(softDelete("On"), context).steps ?? []),
      ...(backupInstances.contribute(db, context).steps ?? []),
    ];
    const [setting, deletion] = markGuarded(drafts, guards);
    expect(setting?.guarded?.operation).toBe("/write#reduceSoftDeleteSecurity");
    expect(deletion?.request).toMatchObject({
      guard: { proxy: proxy.id, request: "/guards/g/backupInstances/delete" },
    });
    expect(deletion?.permissions).toContain(
      "Microsoft.DataProtection/backupVaults/backupResourceGuardProxies/unlockDelete/action",
    );
  });
});
