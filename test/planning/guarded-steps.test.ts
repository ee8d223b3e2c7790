// Which steps a resource guard decides over, and how their requests pass it.

import { describe, expect, it } from "vitest";
import { armId } from "../../src/model/arm-id.ts";
import type { ResourceGuard } from "../../src/model/resource.ts";
import type { Action, StepDraft } from "../../src/model/step.ts";
import type { WriteRequest } from "../../src/model/write-request.ts";
import { guardAction, markGuarded, unlockAction } from "../../src/planning/guarded-steps.ts";
import { vaultPath } from "../dependencies/arm-answers.ts";
import { rehearse } from "../rehearsal.ts";
import { draft } from "./drafts.ts";

const guard = armId(
  "/subscriptions/s-2/resourcegroups/rg-security/providers/Microsoft.DataProtection/resourceGuards/g",
);
const items = "/backupFabrics/protectionContainers/protectedItems";
const request = (kind: string) => armId(`${guard}/${kind}/default`);

function tie(...operations: ResourceGuard["operations"]): ResourceGuard {
  const id = armId(`${vaultPath}/backupResourceGuardProxies/VaultProxy`);
  return { kind: "resource-guard", id, name: "VaultProxy", state: "Enabled", guard, operations };
}

const deletion: StepDraft = {
  ...draft("delete-item", "vm-1"),
  request: { write: "delete-protected-item", item: armId("vm-1") },
};

const unlockRight = "Microsoft.RecoveryServices/Vaults/backupResourceGuardProxies/unlockDelete/action";
const softDeleteRequest: WriteRequest = {
  write: "set-soft-delete",
  vault: armId("v"),
  softDeleteState: "Disabled",
  hybridState: "Enabled",
  retentionDays: 14,
};
const backupVaultRequest: WriteRequest = {
  write: "set-backup-vault-security",
  vault: armId("v"),
  softDelete: { state: "Off", retentionDays: 14 },
};
const unlockInBackupVault = "Microsoft.DataProtection/backupVaults/backupResourceGuardProxies/unlockDelete/action";
const immutabilityRequest: WriteRequest = { write: "set-immutability", vault: armId("v"), state: "Disabled" };

describe("marking guarded steps", () => {
  it("gives a guarded deletion the guard's request, its proxy and the right to unlock", () => {
    const [marked] = markGuarded(
      [deletion],
      [tie({ operation: `${items}/delete`, request: request("deleteProtectedItemRequests") })],
    );
    expect(marked?.guarded).toEqual({
      guard,
      operation: `${items}/delete`,
      request: request("deleteProtectedItemRequests"),
    });
    expect(marked?.request).toMatchObject({
      guard: {
        proxy: `${vaultPath}/backupResourceGuardProxies/VaultProxy`,
        request: request("deleteProtectedItemRequests"),
      },
    });
    expect(marked?.permissions).toContain(unlockAction);
  });

  it.each<[string, Action, WriteRequest, readonly string[]]>([
    [`${items}/delete`, "delete-item", { write: "delete-protected-item", item: armId("i") }, [unlockRight]],
    [`${items}/write`, "undelete-item", { write: "undelete-protected-item", item: armId("i"), itemType: "t" }, []],
    ["/backupconfig/write", "disable-soft-delete", softDeleteRequest, []],
    ["/backupconfig/write", "disable-hybrid-security", softDeleteRequest, []],
    ["/write#reduceImmutabilityState", "disable-immutability", immutabilityRequest, []],
    ["/write#reduceSoftDeleteSecurity", "disable-soft-delete", backupVaultRequest, []],
    [
      "/backupInstances/delete",
      "delete-instance",
      { write: "delete-backup-instance", instance: armId("i") },
      [unlockInBackupVault],
    ],
  ])("knows the operation %s behind %s", (operation, action, plain, unlocking) => {
    const given = { ...draft(action, "x"), request: plain, permissions: ["own"] };
    expect(markGuarded([given], [tie({ operation, request: request("r") })])).toEqual([
      {
        ...given,
        guarded: { guard, operation, request: request("r") },
        permissions: ["own", ...unlocking],
        request: { ...plain, guard: { proxy: tie().id, request: request("r") } },
      },
    ]);
  });

  it("lets a request that no guard can pass stand as it is, and a step without one unmarked", () => {
    const odd = { ...draft("delete-item", "x"), request: { write: "delete-vault", vault: armId("v") } as const };
    const ties = [tie({ operation: `${items}/delete`, request: request("r") })];
    expect(markGuarded([odd], ties)[0]?.request).toEqual(odd.request);
    expect(markGuarded([odd], ties)[0]?.permissions).toEqual([]);
    expect(markGuarded([draft("delete-item", "x")], ties)).toEqual([draft("delete-item", "x")]);
  });

  it("compares operations without regard to case", () => {
    const [marked] = markGuarded([deletion], [tie({ operation: `${items}/DELETE`, request: request("d") })]);
    expect(marked?.guarded).toBeDefined();
  });

  it("leaves alone what the guard's owner left out, and everything where there is no guard", () => {
    const other = tie({ operation: "/backupPolicies/write", request: request("p") });
    expect(markGuarded([deletion], [other])).toEqual([deletion]);
    expect(markGuarded([deletion], [])).toEqual([deletion]);
  });

  it("never marks the deletion of the vault, a container or an endpoint", async () => {
    const plan = await rehearse("guarded").plan({ strategy: "purge" });
    const marked = new Set(plan.steps.filter((step) => step.guarded !== undefined).map((step) => step.action));
    expect([...marked].toSorted()).toEqual(["delete-item", "disable-soft-delete", "undelete-item"]);
    expect(
      plan.steps
        .filter((step) => marked.has(step.action))
        .every((step) => step.request !== undefined && "guard" in step.request),
    ).toBe(true);
  });

  it("asks at the guard for the action on the kind of request", () => {
    expect(guardAction({ guard, operation: "x", request: request("deleteProtectedItemRequests") })).toBe(
      "Microsoft.DataProtection/resourceGuards/deleteProtectedItemRequests/action",
    );
  });

  it("asks at the guard for nothing that a role has where the request names no provider", () => {
    expect(guardAction({ guard, operation: "x", request: armId("default") })).toBe("/action");
  });
});

describe("the guarded world", () => {
  it.each([
    ["soft", { "delete-item": `${items}/delete` }],
    [
      "purge",
      {
        "disable-soft-delete": "/backupconfig/write",
        "undelete-item": `${items}/write`,
        "delete-item": `${items}/delete`,
      },
    ],
  ] as const)("names the critical operation of each guarded step in %s", async (strategy, expected) => {
    const plan = await rehearse("guarded").plan({ strategy });
    const found = plan.steps.flatMap(({ action, guarded }) =>
      guarded === undefined ? [] : [[action, guarded.operation]],
    );
    expect(Object.fromEntries(found)).toEqual(expected);
    expect(plan.blockers).toEqual([]);
  });
});
