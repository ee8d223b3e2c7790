// A deleted vault on its way back, of either sort, and the instances of a Backup vault after it.

import { describe, expect, it } from "vitest";
import { backupInstances } from "../../../src/dependencies/backup-vault/backup-instances.ts";
import { vault as vaultRules } from "../../../src/dependencies/vault.ts";
import { armId } from "../../../src/model/arm-id.ts";
import { stepKey } from "../../../src/model/step.ts";
import { backupVaultPath } from "../arm-answers.ts";
import { instance, softDeletedInstance } from "../backup-vault/builders.ts";
import { stepOn, vault } from "../builders.ts";
import { deletedVault, recovering, wish } from "./wishes.ts";

const backupVault = vault({ id: armId(backupVaultPath), name: "bv-test" });

describe("a vault", () => {
  it("that stands is only looked at in the end", () => {
    const steps = vaultRules.recover?.(vault(), recovering([vault()], wish([]))).steps ?? [];
    expect(steps.map(({ action }) => action)).toEqual(["prove-recovery"]);
    expect(steps.map(({ request }) => request)).toEqual([undefined]);
  });

  it("that is deleted is undeleted first, until its purge, where it was", () => {
    const context = recovering([vault()], wish([], { deletedVault }));
    const [undelete, prove] = vaultRules.recover?.(vault(), context).steps ?? [];
    expect(undelete?.reason).toContain("rg-test_0d8a1f3e is what holds it all; Azure purges it at 2026-12-04");
    expect(undelete?.request).toEqual({
      write: "undelete-vault",
      vault: vault().id,
      deletedVault: deletedVault.id,
      location: "westeurope",
    });
    expect(undelete?.permissions).toContain("Microsoft.RecoveryServices/Vaults/write");
    expect(prove?.after).toEqual([stepKey("undelete-vault", vault().id)]);
  });

  it("of the other sort says with which identity it returns, and takes the right to write it", () => {
    const context = recovering([backupVault], wish([], { deletedVault }), backupVault.id);
    const [undelete] = vaultRules.recover?.(backupVault, context).steps ?? [];
    expect(undelete?.reason).toMatch(/system-assigned identity, whose roles must be assigned again/);
    expect(undelete?.permissions).toEqual(["Microsoft.DataProtection/backupVaults/write"]);
  });

  it.each([
    ["not while Azure does not answer for it", [], "not-yet"],
    ["not while it is provisioned", [vault({ state: "Provisioning" })], "not-yet"],
    ["by its answer", [vault()], "proved"],
  ] as const)("is proved to stand: %s", (_what, found, verdict) => {
    expect(vaultRules.prove(stepOn(vault(), "undelete-vault"), found, "soft").verdict).toBe(verdict);
  });
});

describe("an instance of a Backup vault", () => {
  const deleted = instance("pg", softDeletedInstance);

  it("that is wanted is undeleted after its vault", () => {
    const context = recovering([deleted], wish([deleted], { deletedVault }), backupVault.id);
    const [step] = backupInstances.recover?.(deleted, context).steps ?? [];
    expect(step).toMatchObject({ action: "undelete-instance", target: deleted.id, irreversible: false });
    expect(step?.after).toEqual([stepKey("undelete-vault", backupVault.id)]);
    expect(step?.reason).toContain("until 2026-11-29");
  });

  it("that stands, or that nobody wants, is left alone", () => {
    const standing = instance("pg");
    const context = recovering([standing], wish([standing]), backupVault.id);
    expect(backupInstances.recover?.(standing, context)?.note).toMatch(/nothing to bring back/);
    expect(backupInstances.recover?.(deleted, recovering([deleted], wish([]), backupVault.id))).toEqual({});
  });
});
