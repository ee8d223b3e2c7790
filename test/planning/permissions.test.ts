// What the steps need at which scope, what the caller lacks of it, and the role that has it all.

import { describe, expect, it } from "vitest";
import { AzureError } from "../../src/model/azure-error.ts";
import { armId, vaultKinds, type ArmId } from "../../src/model/arm-id.ts";
import type { Grant, ScopeGrants } from "../../src/model/grant.ts";
import type { Step } from "../../src/model/step.ts";
import { readGrants } from "../../src/cli/read-grants.ts";
import { discoveryActions } from "../../src/planning/discovery-actions.ts";
import { neededByScope } from "../../src/planning/needed-permissions.ts";
import { comparePermissions, scopesToAsk, type PermissionFindings } from "../../src/planning/permissions.ts";
import { endpointPath, vaultPath } from "../dependencies/arm-answers.ts";
import { endpoint, stepOn, vault, vmItem } from "../dependencies/builders.ts";

const vaultId = armId(vaultPath);
const summary = {
  id: vaultId,
  name: "rsv-test",
  kind: "recovery-services",
  location: "westeurope",
  cloud: "public",
} as const;
const group = armId(endpointPath("x").split("/providers/")[0] ?? "");
const guard = armId("/subscriptions/s-2/resourceGroups/rg-sec/providers/Microsoft.DataProtection/resourceGuards/g");
const everything: readonly Grant[] = [{ actions: ["*"], notActions: [] }];
const contributor: readonly Grant[] = [{ actions: ["*"], notActions: ["Microsoft.Authorization/*/delete"] }];
const reader: readonly Grant[] = [{ actions: ["*/read"], notActions: [] }];

const deletion: Step = {
  ...stepOn(vault(), "delete-vault"),
  permissions: ["Microsoft.RecoveryServices/Vaults/delete"],
};
const item: Step = {
  ...stepOn(vmItem("vm-1"), "delete-item"),
  permissions: ["Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/delete"],
};
const endpoints: readonly Step[] = ["pe-1", "pe-2"].map((name) => ({
  ...stepOn(endpoint(name), "delete-private-endpoint"),
  permissions: ["Microsoft.Network/privateEndpoints/delete"],
}));
const guarded: Step = {
  ...item,
  guarded: { guard, operation: "/x/delete", request: armId(`${guard}/deleteProtectedItemRequests/default`) },
};

const guardedAction = "Microsoft.DataProtection/resourceGuards/deleteProtectedItemRequests/action";

function lockStep(scope: string): Step {
  const target = armId(`${scope}/providers/Microsoft.Authorization/locks/keep`);
  return { ...stepOn(vault(), "remove-lock"), target, permissions: ["Microsoft.Authorization/locks/delete"] };
}

function compare(steps: readonly Step[], ...grants: readonly ScopeGrants[]): PermissionFindings {
  return comparePermissions(steps, summary, grants);
}

const at = (scope: ArmId, grants: readonly Grant[]): ScopeGrants => ({ scope, grants });
const refused = (scope: ArmId): ScopeGrants => ({ scope, refusal: { code: "AuthorizationFailed", message: "no" } });

describe("the scope of a step", () => {
  it("is the vault for everything in it, and the endpoint itself for an endpoint", () => {
    expect(neededByScope([deletion, item, ...endpoints], vaultId).map(({ scope }) => scope)).toEqual(
      [endpointPath("pe-1"), endpointPath("pe-2"), vaultPath].toSorted((a, b) =>
        a.toLowerCase() < b.toLowerCase() ? -1 : 1,
      ),
    );
  });

  it("is what is locked for a lock, however its id is spelled", () => {
    const subscription = "/subscriptions/s-9";
    const scopes = neededByScope([lockStep(subscription), lockStep(`${vaultPath.toUpperCase()}`)], vaultId);
    expect(scopes.map(({ scope }) => scope).toSorted()).toEqual([subscription, vaultId].toSorted());
  });

  it("is the guard as well for a guarded step, where its own action is needed", () => {
    const found = neededByScope([guarded], vaultId).find(({ scope }) => scope === guard);
    expect(found?.actions).toEqual(["Microsoft.DataProtection/resourceGuards/deleteProtectedItemRequests/action"]);
  });
});

describe("what the caller lacks", () => {
  it("is one blocker per scope, with all actions, a command and whom to ask", () => {
    const { permissions, blockers } = compare([deletion, item], at(vaultId, reader));
    expect(permissions).toMatchObject({ checked: true, missing: [...item.permissions, ...deletion.permissions] });
    expect(blockers).toHaveLength(1);
    expect(blockers[0]).toMatchObject({ code: "permission-missing", subject: vaultId });
    for (const action of permissions.missing) expect(blockers[0]?.reason).toContain(action);
    expect(blockers[0]?.fix).toContain(
      `az role assignment create --assignee <your object id> --role 'Contributor' --scope '${vaultPath}'`,
    );
    expect(blockers[0]?.fix).toContain("az role definition create");
    expect(blockers[0]?.who).toContain(`owner or user access administrator of ${vaultPath}`);
  });

  it("is nothing where the grants suffice", () => {
    const { permissions, blockers, warnings } = compare([deletion, item], at(vaultId, everything));
    expect(permissions).toMatchObject({ checked: true, missing: [] });
    expect([blockers, warnings]).toEqual([[], []]);
  });

  it("is found for a vault contributor who may delete everything but the vault", () => {
    const backupContributor = [{ actions: ["Microsoft.RecoveryServices/Vaults/backupFabrics/*"], notActions: [] }];
    expect(compare([deletion, item], at(vaultId, backupContributor)).permissions.missing).toEqual(deletion.permissions);
  });

  it("of a lock needs more than Contributor", () => {
    const { blockers } = compare([lockStep(vaultPath)], at(vaultId, contributor));
    expect(blockers[0]?.fix).toContain("--role 'Owner'");
  });

  it("at a guard says whom to ask for which role, and is not ours to give", () => {
    const { blockers, permissions } = compare([guarded], at(vaultId, everything), at(guard, reader));
    expect(blockers).toHaveLength(1);
    expect(blockers[0]).toMatchObject({ code: "guard-permission-missing", subject: guard });
    expect(blockers[0]?.fix).toContain("Backup MUA Operator");
    expect(blockers[0]?.fix).toContain(guard);
    expect(blockers[0]?.who).toContain("owner of the resource guard");
    expect(permissions.role.Actions.some((action) => action.startsWith("Microsoft.DataProtection"))).toBe(false);
    expect(permissions.role.AssignableScopes.some((scope) => guard.startsWith(scope))).toBe(false);
  });

  it.each<[string, Grant]>([
    ["another action of it", { actions: ["Microsoft.DataProtection/resourceGuards/other/action"], notActions: [] }],
    ["all actions of it but the one", { actions: ["Microsoft.DataProtection/*/action"], notActions: [guardedAction] }],
  ])("at a guard is not sure for who has %s: which one it takes is inferred, so it warns", (_what, grant) => {
    const { blockers, permissions, warnings } = compare([guarded], at(vaultId, everything), at(guard, [grant]));
    expect(blockers).toEqual([]);
    expect(permissions).toMatchObject({ checked: false, missing: [] });
    expect(warnings).toEqual([expect.stringMatching(/you may do other things there.*Backup MUA Operator/)]);
  });

  it.each<[string, Grant]>([
    ["whoever may only set it up", { actions: ["Microsoft.DataProtection/*/resourceGuards/write"], notActions: [] }],
    ["whoever is denied it whole", { actions: ["*"], notActions: ["Microsoft.DataProtection/*"] }],
    ["a backup contributor", { actions: ["Microsoft.DataProtection/backupVaults/validate/action"], notActions: [] }],
  ])("at a guard is sure for %s", (_who, grant) => {
    const { blockers } = compare([guarded], at(vaultId, everything), at(guard, [grant]));
    expect(blockers.map(({ code }) => code)).toEqual(["guard-permission-missing"]);
  });

  it("at a guard whose request has no known shape is nothing for the roles that pass it", () => {
    const odd: Step = { ...guarded, guarded: { ...guarded.guarded!, request: armId("default") } };
    const operator = [{ actions: ["Microsoft.DataProtection/*/action"], notActions: [] }];
    for (const grants of [everything, contributor, operator])
      expect(compare([odd], at(vaultId, everything), at(guard, grants)).blockers).toEqual([]);
  });

  it("is known from a resource group's grants when those suffice, and from the resource's own when they do not", () => {
    expect(compare(endpoints, at(group, everything)).permissions).toMatchObject({ checked: true, missing: [] });
    expect(compare(endpoints, at(group, reader)).permissions).toMatchObject({ checked: false, missing: [] });
    const own = endpoints.map(({ target }) => at(target, reader));
    expect(compare(endpoints, at(group, reader), ...own).blockers.map(({ subject }) => subject)).toEqual(
      endpoints.map(({ target }) => target),
    );
  });

  it("is unknown where the grants could not be read: a warning that says why, and no blocker", () => {
    const { permissions, blockers, warnings } = compare([deletion], refused(vaultId));
    expect(permissions).toMatchObject({ checked: false, missing: [] });
    expect(blockers).toEqual([]);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/could not be checked \(AuthorizationFailed: no\)/);
  });

  it("at a guard that cannot be read is a warning that names the role and the option for other tenants", () => {
    const { blockers, warnings } = compare([guarded], at(vaultId, everything), refused(guard));
    expect(blockers).toEqual([]);
    expect(warnings).toEqual([expect.stringMatching(/Backup MUA Operator.*--guard-tenant/)]);
  });

  it("at a guard is said with its name, how many steps it decides over and whose it is", () => {
    const twice = { ...guarded, target: armId(`${guarded.target}-2`) };
    const reasons = [[guarded], [guarded, twice]].map(
      (steps) => compare(steps, at(vaultId, everything), at(guard, reader)).blockers[0],
    );
    expect(reasons.map((blocker) => blocker?.reason)).toEqual([
      `the resource guard g decides over 1 step, and you lack its permission: ${guardedAction}`,
      `the resource guard g decides over 2 steps, and you lack its permission: ${guardedAction}`,
    ]);
    expect(reasons[0]?.who).toBe("the owner of the resource guard, in subscription s-2");
  });

  it("of several actions is told with commas, and one that concerns locks takes Owner for all", () => {
    const both = {
      ...lockStep(vaultPath),
      permissions: ["Microsoft.Authorization/locks/delete", ...deletion.permissions],
    };
    const [blocker] = compare([both], at(vaultId, reader)).blockers;
    expect(blocker?.reason).toBe(
      "you lack permissions that the steps need: Microsoft.Authorization/locks/delete, Microsoft.RecoveryServices/Vaults/delete",
    );
    expect(blocker?.fix).toContain("--role 'Owner'");
  });

  it("is unknown where something was read, and nothing of this scope", () => {
    const { warnings, permissions } = compare(
      [deletion],
      at(armId("/subscriptions/elsewhere"), everything),
      refused(group),
    );
    expect(warnings).toEqual([
      `your permissions at ${vaultId} could not be checked (they were not read), and the steps need Microsoft.RecoveryServices/Vaults/delete`,
    ]);
    expect(permissions).toMatchObject({ checked: false, byScope: [{ scope: vaultId, checked: false, missing: [] }] });
  });

  it("is told scope by scope, with what is needed there", () => {
    expect(compare([deletion, item], at(vaultId, everything)).permissions.byScope).toEqual([
      { scope: vaultId, needed: [...item.permissions, ...deletion.permissions], missing: [], checked: true },
    ]);
  });

  it("is not known of a plan without any step", () => {
    expect(compare([], at(vaultId, everything)).permissions).toMatchObject({ checked: false, needed: [], byScope: [] });
  });

  it("is not looked for where nothing was read at all", () => {
    expect(compare([deletion])).toMatchObject({ blockers: [], warnings: [], permissions: { checked: false } });
  });
});

describe("what to do about a missing right is said word for word", () => {
  const assign = (role: string) =>
    `az role assignment create --assignee <your object id> --role '${role}' --scope '${vaultPath}'`;
  const roles = (shows: string, role: string) =>
    `have a role assigned that has them: ${assign("Contributor")}; or one with nothing else: save permissions.role of ${shows} as role.json, az role definition create --role-definition role.json, ${assign(role)}`;

  it.each([
    ["Teardown", `${roles("plan --format json", "Teardown of vault rsv-test")}; then plan again`, "then plan again"],
    [
      "Recovery",
      `${roles("recover --dry-run --format json", "Recovery of vault rsv-test")}; then run recover again`,
      "then run recover again",
    ],
  ] as const)("for a %s", (purpose, fix, again) => {
    const grants = [at(vaultId, reader), at(guard, reader)];
    const { blockers } = comparePermissions([guarded], summary, grants, purpose);
    expect(blockers.find(({ code }) => code === "permission-missing")?.fix).toBe(fix);
    expect(blockers.find(({ code }) => code === "guard-permission-missing")?.fix).toBe(
      `ask for the role Backup MUA Operator on ${guard}, or activate it with Privileged Identity Management (az role assignment create --assignee <your object id> --role 'Backup MUA Operator' --scope '${guard}'), ${again}`,
    );
  });

  it("for several actions at a guard, and for a guard in no subscription", () => {
    const bare = armId("/guards/g");
    const guardedBy = (kind: string): Step => ({
      ...item,
      guarded: { guard: bare, operation: "/x", request: armId(`/guards/g/providers/Microsoft.X/${kind}/default`) },
    });
    const { blockers } = compare([guardedBy("b"), guardedBy("a")], at(vaultId, everything), at(bare, reader));
    expect(blockers).toMatchObject([
      {
        reason:
          "the resource guard g decides over 2 steps, and you lack its permission: Microsoft.X/a/action, Microsoft.X/b/action",
        who: "the owner of the resource guard, in subscription unknown",
      },
    ]);
  });

  it("for rights that were refused, whatever else was read first", () => {
    const { warnings } = compare([deletion, item], at(armId("/subscriptions/elsewhere"), everything), refused(vaultId));
    expect(warnings).toEqual([
      `your permissions at ${vaultId} could not be checked (AuthorizationFailed: no), and the steps need ${[...item.permissions, ...deletion.permissions].join(", ")}`,
    ]);
  });
});

describe("the role", () => {
  it("has the needed actions, those of looking, and nothing else", () => {
    const { role } = compare([deletion, item, ...endpoints]).permissions;
    const own = [deletion, item, ...endpoints].flatMap((step) => step.permissions);
    expect(role).toMatchObject({ IsCustom: true, NotActions: [], Name: expect.stringContaining("rsv-test") });
    expect(role.Actions).toEqual([...new Set([...discoveryActions["recovery-services"], ...own])].toSorted());
    expect(role.Actions.some((action) => action.includes("*"))).toBe(false);
  });

  it("can be assigned in the groups of the scopes, each once", () => {
    const vaultGroup = vaultPath.split("/providers/")[0] ?? "";
    const { role } = compare([deletion, ...endpoints, lockStep("/subscriptions/s-9")]).permissions;
    expect(new Set(role.AssignableScopes)).toEqual(new Set([vaultGroup, group, "/subscriptions/s-9"]));
    expect(role.AssignableScopes).toHaveLength(3);
  });

  it("for looking names the documented operations of the providers", () => {
    const vaults = "Microsoft.RecoveryServices/Vaults";
    const containers = `${vaults}/backupFabrics/protectionContainers`;
    for (const action of [
      "Microsoft.Authorization/locks/read",
      `${vaults}/backupJobs/read`,
      `${vaults}/backupFabrics/operationsStatus/read`,
      `${containers}/operationsStatus/read`,
      `${containers}/protectedItems/recoveryPoints/read`,
      `${vaults}/replicationFabrics/read`,
    ])
      expect(discoveryActions["recovery-services"]).toContain(action);
  });

  it("says what it is for", () => {
    expect(compare([deletion]).permissions.role.Description).toBe(
      "exactly what taking down the Recovery Services vault rsv-test needs",
    );
  });

  it.each(vaultKinds)("for looking at a vault of the kind %s needs reads alone", (kind) => {
    const actions = discoveryActions[kind];
    expect(actions.filter((action) => !action.endsWith("/read"))).toEqual([]);
    expect(actions.length).toBe(new Set(actions.map((action) => action.toLowerCase())).size);
  });

  it("of a Backup vault names what such a vault has, and nothing of the other kind", () => {
    const ofBackup = { ...summary, kind: "backup" } as const;
    const { role } = comparePermissions([deletion], ofBackup, []).permissions;
    expect(role.Description).toBe("exactly what taking down the Backup vault rsv-test needs");
    expect(role.Actions).toContain("Microsoft.DataProtection/backupVaults/deletedBackupInstances/read");
    const others = role.Actions.filter((action) => action.startsWith("Microsoft.RecoveryServices/"));
    expect(others).toEqual(deletion.permissions);
  });
});

describe("asking for the caller's rights", () => {
  const asking = async (steps: readonly Step[], grantsAt: (scope: ArmId) => Promise<readonly Grant[]>) => {
    const asked: ArmId[] = [];
    const grants = await readGrants(
      { grants: (scope) => (asked.push(scope), grantsAt(scope)) },
      { steps, vault: summary },
    );
    return { asked, grants };
  };

  it("asks the vault once, and a group once for all that lies in it", async () => {
    const { asked } = await asking([deletion, item, ...endpoints], async () => everything);
    expect(asked.toSorted()).toEqual([vaultPath, group].toSorted());
  });

  it("asks a resource only when its group lacks something", async () => {
    const { asked, grants } = await asking(endpoints, async (scope) => (scope === group ? reader : everything));
    expect(asked).toEqual([group, ...endpoints.map(({ target }) => target)]);
    expect(compare(endpoints, ...grants).permissions).toMatchObject({ checked: true, missing: [] });
  });

  it("asks a subscription itself, before anything was read", () => {
    expect(scopesToAsk([lockStep("/subscriptions/s-9"), deletion], vaultId)).toEqual([vaultId, "/subscriptions/s-9"]);
  });

  it("asks a guard itself, and notes a refusal", async () => {
    const { asked, grants } = await asking([guarded], (scope) =>
      scope === guard
        ? Promise.reject(new AzureError({ status: 401, code: "InvalidAuthenticationTokenTenant", message: "other" }))
        : Promise.resolve(everything),
    );
    expect(asked.toSorted()).toEqual([guard, vaultPath].toSorted());
    expect(grants.find(({ scope }) => scope === guard)).toMatchObject({
      refusal: { code: "InvalidAuthenticationTokenTenant" },
    });
    expect(scopesToAsk([guarded], vaultId, grants)).toEqual([]);
  });

  it("ends where nobody is signed in", async () => {
    const signedOut = new AzureError({ status: 401, code: "NoCredential", message: "sign in" });
    await expect(asking([deletion], () => Promise.reject(signedOut))).rejects.toBe(signedOut);
  });
});
