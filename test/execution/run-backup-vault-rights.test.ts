// The caller's rights at Backup vaults, and those behind a resource guard: what a plan says is needed is what its run uses.

import { describe, expect, it } from "vitest";
import { actionOf } from "../../src/emulator/access.ts";
import type { Properties } from "../../src/emulator/json.ts";
import { pathSegments } from "../../src/emulator/router.ts";
import type { World, WorldAccess } from "../../src/emulator/world.ts";
import { loadWorld } from "../../src/emulator/worlds.ts";
import type { Plan, Strategy } from "../../src/model/plan.ts";
import { consents } from "../../src/model/step.ts";
import { backupVault, backupVaultId, softDeletedDisk } from "../emulator/data-protection/backup-vault-builder.ts";
import { subscription, world } from "../emulator/world-builder.ts";
import { rehearse, type Rehearsal } from "../rehearsal.ts";

const guardId = `/subscriptions/${subscription}/resourceGroups/rg-security/providers/Microsoft.DataProtection/resourceGuards/guard`;
const provider = "Microsoft.DataProtection/backupVaults";

/** As a proxy reads (recorded: azext2024__test_dataprotection_resource_guard_mapping). */
function detail(operation: string, request: string): Properties {
  return {
    vaultCriticalOperation: `${provider}${operation}`,
    defaultResourceRequest: `${guardId}/${request}/default`,
  };
}

const proxy = {
  name: "DppResourceGuardProxy",
  properties: {
    resourceGuardResourceId: guardId,
    resourceGuardOperationDetails: [
      detail("/backupInstances/delete", "deleteBackupInstanceRequests"),
      detail("/write#reduceSoftDeleteSecurity", "dppReduceSoftDeleteSecurityRequests"),
      detail("/write#reduceImmutabilityState", "dppReduceImmutabilityStateRequests"),
    ],
  },
};

/** Everything a purge may have to do, each of it guarded where a guard can be. */
const guarded: World = world([], {
  resourceGuards: [{ id: guardId, properties: {} }],
  backupVaults: [
    backupVault({
      regime: "classic",
      immutability: "Unlocked",
      more: {
        resourceGuardProxies: [proxy],
        deletedBackupInstances: [softDeletedDisk("old", "2026-12-20T10:00:00.0000000Z")],
      },
    }),
  ],
});

const guardOperator = ["Microsoft.DataProtection/*/read", "Microsoft.DataProtection/*/action"];

function actionsWritten(rehearsal: Rehearsal): readonly string[] {
  const actions = rehearsal.emulator
    .requests()
    .filter(({ method }) => method !== "GET")
    .map(({ method, url }) => actionOf(method, pathSegments(new URL(url).pathname) ?? []).toLowerCase());
  return [...new Set(actions)].toSorted();
}

/** What the plan says the steps need beyond reading, without what is needed at guards. */
function actionsNeeded({ permissions }: Plan): readonly string[] {
  const atGuards = new Set(permissions.byScope.flatMap(({ scope, needed }) => (scope === guardId ? needed : [])));
  return permissions.needed
    .filter((action) => !/\/read$/i.test(action) && !atGuards.has(action))
    .map((action) => action.toLowerCase())
    .toSorted();
}

/** One vault of the shipped world, without its lock, whose return needs a right that no run may come to use. */
function shipped(name: string): World {
  const all = loadWorld("backup-vault");
  return { ...all, locks: [], backupVaults: (all.backupVaults ?? []).filter(({ id }) => id.endsWith(name)) };
}

const worlds: Readonly<Record<string, World>> = {
  "bv-secure-weu": shipped("bv-secure-weu"),
  "bv-classic-weu": shipped("bv-classic-weu"),
  "behind a guard": guarded,
};

const cases: readonly (readonly [string, Strategy])[] = [
  ["bv-secure-weu", "soft"],
  ["bv-classic-weu", "purge"],
  ["behind a guard", "purge"],
];

describe("the permissions a plan for a Backup vault needs", () => {
  it.each(cases)("are exactly those that its run used: %s, %s", async (name, strategy) => {
    const rehearsal = rehearse(worlds[name]!);
    const plan = await rehearsal.plan({ strategy, consents });
    expect((await rehearsal.run(plan)).result.exitCode).toBe(0);
    expect(actionsWritten(rehearsal)).toEqual(actionsNeeded(plan));
  });

  it.each(cases)("as a role, carry its teardown: %s, %s", async (name, strategy) => {
    const given = worlds[name]!;
    const { permissions } = await rehearse(given).plan({ strategy, consents });
    const { Actions: actions, AssignableScopes: scopes } = permissions.role;
    const access: readonly WorldAccess[] = [
      ...scopes.map((scope) => ({ scope, actions })),
      { scope: guardId, actions: guardOperator },
    ];
    const rehearsal = rehearse({ ...given, access });
    const plan = await rehearsal.plan({ strategy, consents });
    expect(plan.permissions).toMatchObject({ checked: true, missing: [] });
    expect(plan.blockers).toEqual([]);
    expect((await rehearsal.run(plan)).result.exitCode).toBe(0);
  });

  it("that are missing are a blocker before anything is deleted", async () => {
    const access = [
      { scope: `/subscriptions/${subscription}`, actions: ["*"], notActions: [`${provider}/backupInstances/delete`] },
    ];
    const rehearsal = rehearse({ ...shipped("bv-secure-weu"), access });
    const plan = await rehearsal.plan({ consents });
    expect(plan.blockers).toEqual([expect.objectContaining({ code: "permission-missing" })]);
    expect(rehearsal.writes()).toEqual([]);
  });
});

describe("a Backup vault behind a resource guard", () => {
  it("is purged by who may pass: each deletion unlocked once, every other guarded write naming its request", async () => {
    const rehearsal = rehearse(guarded);
    const plan = await rehearsal.plan({ strategy: "purge", consents });
    expect(plan.steps.filter((step) => step.guarded !== undefined).map(({ action }) => action)).toEqual([
      "disable-immutability",
      "disable-soft-delete",
      ...Array<string>(3).fill("delete-instance"),
    ]);
    expect((await rehearsal.run(plan)).result).toMatchObject({ exitCode: 0, outcome: { kind: "purged" } });
    const requests = rehearsal.emulator.requests();
    const unlocked = requests.flatMap(({ url, body }) =>
      url.includes("/unlockDelete?") ? (body as { resourceToBeDeleted: string }).resourceToBeDeleted : [],
    );
    expect(unlocked.toSorted()).toEqual(
      ["disk-1", "disk-2", "old"].map((name) => `${backupVaultId}/backupInstances/${name}-instance`),
    );
    const named = requests.flatMap(({ method, body }) =>
      method === "PATCH" ? (body as { properties: Properties }).properties["resourceGuardOperationRequests"] : [],
    );
    expect(named).toEqual([
      `${guardId}/dppReduceImmutabilityStateRequests/default`,
      `${guardId}/dppReduceSoftDeleteSecurityRequests/default`,
    ]);
  });

  it("blocks the plan of who may not pass, with whom to ask, and nothing is written", async () => {
    const access = [
      { scope: backupVaultId.split("/providers/")[0]!, actions: ["*"] },
      { scope: guardId, actions: ["*/read"] },
    ];
    const rehearsal = rehearse({ ...guarded, access });
    const plan = await rehearsal.plan({ consents });
    const blocker = plan.blockers.find(({ code }) => code === "guard-permission-missing");
    expect(blocker).toMatchObject({ subject: guardId, fix: expect.stringContaining("Backup MUA Operator") });
    expect(rehearsal.writes()).toEqual([]);
  });

  it("unlocks a deletion that is sent again only once its time is over", async () => {
    const rehearsal = rehearse(guarded);
    const { steps } = await rehearsal.plan({ consents });
    const request = steps.find(({ action }) => action === "delete-instance")!.request!;
    const unlocks = (): number => rehearsal.writes().filter((write) => write.endsWith("/unlockDelete")).length;
    await rehearsal.run({ ...(await rehearsal.plan({ consents })), steps: steps.slice(0, 1) });
    const writer = rehearsal.writer();
    await writer.send(request);
    await rehearsal.clock.sleep(20 * 60_000);
    await writer.send(request);
    expect(unlocks()).toBe(1);
    await rehearsal.clock.sleep(9.5 * 60_000);
    await writer.send(request);
    expect(unlocks()).toBe(2);
  });
});
