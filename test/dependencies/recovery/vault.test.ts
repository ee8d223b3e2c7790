// A deleted vault on its way back, of either sort, and the instances of a Backup vault after it.

import { describe, expect, it } from "vitest";
import { backupInstances } from "../../../src/dependencies/backup-vault/backup-instances.ts";
import { vault as vaultRules } from "../../../src/dependencies/vault.ts";
import { recoveryGroup } from "../../../src/dependencies/recovery/vault.ts";
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
    expect(steps).toEqual([
      {
        kind: "vault",
        target: vault().id,
        name: "rsv-test",
        irreversible: false,
        exclusive: vault().id.toLowerCase(),
        action: "prove-recovery",
        after: [],
        reason: "an accepted undelete is not a proof: everything that was to return is listed once more",
        permissions: ["Microsoft.RecoveryServices/Vaults/read"],
      },
    ]);
  });

  it("that is deleted is undeleted first, until its purge, where it was", () => {
    const context = recovering([vault()], wish([], { deletedVault }));
    const [undelete, prove] = vaultRules.recover?.(vault(), context).steps ?? [];
    expect(undelete).toMatchObject({ action: "undelete-vault", target: vault().id, after: [], irreversible: false });
    expect(undelete?.reason).toBe(
      "the deleted vault rg-test_0d8a1f3e is what holds it all; Azure purges it at 2026-12-04T08:00:00.000Z",
    );
    expect(undelete?.request).toEqual({
      write: "undelete-vault",
      vault: vault().id,
      deletedVault: deletedVault.id,
      location: "westeurope",
    });
    expect(undelete?.permissions).toEqual([
      "Microsoft.RecoveryServices/locations/deletedVaults/undelete/action",
      "Microsoft.RecoveryServices/Vaults/write",
    ]);
    expect(prove?.after).toEqual([stepKey("undelete-vault", vault().id)]);
  });

  it("of the other sort says with which identity it returns, and takes the right to write it", () => {
    const context = recovering([backupVault], wish([], { deletedVault }), backupVault.id);
    const [undelete] = vaultRules.recover?.(backupVault, context).steps ?? [];
    expect(undelete?.reason).toMatch(/system-assigned identity, whose roles must be assigned again/);
    expect(undelete?.permissions).toEqual(["Microsoft.DataProtection/backupVaults/write"]);
  });

  it("whose purge Azure does not date says nothing of a date", () => {
    const { purgeAt: _unsaid, ...undated } = deletedVault;
    const [undelete] =
      vaultRules.recover?.(vault(), recovering([vault()], wish([], { deletedVault: undated }))).steps ?? [];
    expect(undelete?.reason).toBe("the deleted vault rg-test_0d8a1f3e is what holds it all");
  });

  it("returns to the resource group it was in", () => {
    expect(recoveryGroup(armId("/Subscriptions/s1/resourcegroups/rg-1/providers/x/vaults/v"))).toBe(
      "/subscriptions/s1/resourceGroups/rg-1",
    );
  });

  it.each([
    ["not while Azure does not answer for it", [], "not-yet", "Azure does not answer for the vault yet"],
    ["not by another vault", [vault({ id: armId("/x") })], "not-yet", "Azure does not answer for the vault yet"],
    [
      "not while it is provisioned",
      [vault({ state: "Provisioning" })],
      "not-yet",
      "Azure answers for the vault, which reads Provisioning",
    ],
    ["by its answer", [vault()], "proved", "GET of the vault answers, and it reads Succeeded"],
  ] as const)("is proved to stand: %s", (_what, found, verdict, words) => {
    const proof = vaultRules.prove(stepOn(vault(), "undelete-vault"), found, "soft");
    expect([proof.verdict, "evidence" in proof ? proof.evidence : proof.found]).toEqual([verdict, words]);
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
