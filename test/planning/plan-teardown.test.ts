// From an inventory to a plan: the same input gives the same bytes, and everything a resource contributes stands in it.

import { describe, expect, it } from "vitest";
import { discover } from "../../src/discovery/discover.ts";
import { apiVersionProfiles } from "../../src/model/api-versions.ts";
import { armId } from "../../src/model/arm-id.ts";
import type { Plan, PlanOptions } from "../../src/model/plan.ts";
import type { Resource, Unknown } from "../../src/model/resource.ts";
import { renderPlan } from "../../src/planning/plan-document.ts";
import { planTeardown, type PlanningInput } from "../../src/planning/plan-teardown.ts";
import { rehearse } from "../rehearsal.ts";
import { vaultPath } from "../dependencies/arm-answers.ts";
import {
  connection,
  endpoint,
  fileShare,
  immutability,
  intent,
  job,
  now,
  only,
  softDelete,
  softDeleted,
  sqlServer,
  storageAccount,
  vault,
  vmItem,
} from "../dependencies/builders.ts";

function input(resources: readonly Resource[], options: Partial<PlanOptions> = {}): PlanningInput {
  return {
    inventory: { discoveredAt: new Date(now).toISOString(), resources, gaps: [] },
    vault: {
      id: armId(vaultPath),
      name: "rsv-test",
      kind: "recovery-services",
      location: "westeurope",
      cloud: "public",
    },
    options: { strategy: "soft", consents: [], keepPrivateEndpoints: false, ...options },
    blockers: [],
    tool: "azure-vault-teardown 0.0.0",
    now,
  };
}

function plan(resources: readonly Resource[], options: Partial<PlanOptions> = {}): Plan {
  return planTeardown(input(resources, options));
}

describe("the same input", () => {
  it.each(["small", "kitchen-sink", "classic"])("gives the same bytes, for world %s", async (world) => {
    const rehearsal = rehearse(world);
    const { resources } = await discover(rehearsal.reader(), rehearsal.clock);
    expect(renderPlan(plan(resources))).toBe(renderPlan(plan(structuredClone(resources))));
  });

  it("does so in two processes that never met", async () => {
    expect(renderPlan(await rehearse("kitchen-sink").plan())).toBe(renderPlan(await rehearse("kitchen-sink").plan()));
  });

  it("is not changed by planning", () => {
    const given = input([vault(), softDelete("Enabled"), vmItem("vm-1")]);
    const before = structuredClone(given);
    planTeardown(given);
    expect(given).toEqual(before);
  });

  it("at another moment gives another plan", () => {
    const given = input([vault()]);
    expect(planTeardown({ ...given, now: now + 1 }).id).not.toBe(planTeardown(given).id);
  });
});

describe("a plan", () => {
  it("carries the whole input of a run", () => {
    const made = plan([vault()], { strategy: "purge", consents: ["disable-immutability"], keepPrivateEndpoints: true });
    expect(made).toMatchObject({
      formatVersion: 1,
      tool: "azure-vault-teardown 0.0.0",
      createdAt: "2026-11-21T08:00:00.000Z",
      strategy: "purge",
      options: { keepPrivateEndpoints: true },
      consents: ["disable-immutability"],
      apiVersions: apiVersionProfiles.purge,
    });
    expect(made.vault.id).toBe(vaultPath);
  });

  it("lists every resource in its order, with a note where it needs no step", () => {
    const resources = [vault(), softDelete("AlwaysON"), vmItem("vm-1", softDeleted), vmItem("vm-2")];
    const made = plan(resources);
    expect(made.inventory.map((entry) => entry.id)).toEqual(resources.map((resource) => resource.id));
    expect(made.inventory.map((entry) => entry.note === undefined)).toEqual([true, false, false, true]);
  });

  it("names each permission once, in a stable order, and says that none was checked", () => {
    const made = plan([vault(), vmItem("vm-2"), vmItem("vm-1"), sqlServer("sql-1")]);
    expect(made.permissions.needed).toEqual([...new Set(made.permissions.needed)].toSorted());
    expect(made.permissions.needed).toContain("Microsoft.RecoveryServices/Vaults/delete");
    expect(made.permissions).toMatchObject({ missing: [], checked: false });
  });

  it("names for each step the rights that its request needs, and no others", () => {
    const resources = [
      vault(),
      softDelete("Enabled"),
      immutability("Unlocked"),
      job("j-1"),
      intent("sql-1"),
      vmItem("vm-1", softDeleted),
      sqlServer("sql-1"),
      connection("pe-1"),
      endpoint("pe-1"),
    ];
    const made = plan(resources, { strategy: "purge", consents: ["disable-immutability"] });
    const vaults = "Microsoft.RecoveryServices/Vaults";
    const containers = `${vaults}/backupFabrics/protectionContainers`;
    expect(Object.fromEntries(made.steps.map((step) => [step.action, step.permissions]))).toEqual({
      "settle-job": [`${vaults}/backupJobs/read`],
      "delete-intent": [`${vaults}/backupFabrics/backupProtectionIntent/delete`],
      "disable-immutability": [`${vaults}/write`],
      "disable-soft-delete": [`${vaults}/write`, `${vaults}/backupconfig/write`],
      "undelete-item": [`${containers}/protectedItems/write`],
      "delete-item": [`${containers}/protectedItems/delete`],
      "unregister-container": [`${containers}/delete`],
      "delete-private-endpoint-connection": [`${vaults}/privateEndpointConnections/delete`],
      "delete-private-endpoint": ["Microsoft.Network/privateEndpoints/delete"],
      recheck: [`${vaults}/read`],
      "delete-vault": [`${vaults}/delete`],
      "prove-absence": [`${vaults}/read`],
    });
  });

  it("says all blockers at once, those found across kinds first", () => {
    const odd: Unknown = {
      kind: "unknown",
      id: armId(`${vaultPath}/odd`),
      name: "odd",
      state: "Unknown",
      what: "a thing",
    };
    const gap = { code: "listing-failed", subject: "backup-job", reason: "r", fix: "f", who: "you" };
    const made = planTeardown({ ...input([vault(), immutability("Locked"), odd]), blockers: [gap] });
    expect(made.blockers.map((blocker) => blocker.code)).toEqual([
      "listing-failed",
      "immutability-locked",
      "unknown-kind",
    ]);
    expect(made.expectedOutcome).toEqual({ kind: "blocked" });
  });

  it("is blocked by a gap alone, however empty the vault looks", () => {
    const gap = { code: "listing-failed", subject: "protected-item", reason: "r", fix: "f", who: "you" };
    expect(planTeardown({ ...input([vault()]), blockers: [gap] }).expectedOutcome.kind).toBe("blocked");
  });

  it("carries warnings and what remains", () => {
    const made = plan(
      [vault({ state: "Updating" }), vmItem("vm-1", softDeleted), endpoint("pe-1"), connection("pe-1")],
      {
        keepPrivateEndpoints: true,
      },
    );
    expect(only(made.warnings)).toContain("Updating");
    expect(made.remains.map((remainder) => remainder.what)).toEqual(["soft-deleted backup data", "private endpoint"]);
  });

  it("of an empty vault has the three closing steps", () => {
    expect(plan([vault()]).steps.map((step) => step.action)).toEqual(["recheck", "delete-vault", "prove-absence"]);
  });

  it("of no vault at all has no step", () => {
    expect(plan([]).steps).toEqual([]);
  });

  it("of a vault that is being moved does not delete it", () => {
    const made = plan([vault({ moveState: "InProgress" }), vmItem("vm-1")]);
    expect(made.steps.some((step) => step.action === "delete-vault")).toBe(false);
    expect(made.expectedOutcome.kind).toBe("blocked");
  });
});

describe("across kinds", () => {
  it("intents, items, containers, connections and endpoints go in this order", () => {
    const made = plan([
      endpoint("pe-1"),
      connection("pe-1"),
      storageAccount("st1"),
      fileShare("st1", "a"),
      sqlServer("sql-1"),
      intent("sql-1"),
      vault(),
      softDelete("AlwaysON"),
    ]);
    const at = (action: string): number => made.steps.findLastIndex((step) => step.action === action);
    expect(at("delete-item")).toBeGreaterThanOrEqual(0);
    expect(at("unregister-container")).toBeGreaterThan(at("delete-item"));
    expect(at("delete-private-endpoint-connection")).toBeGreaterThan(at("unregister-container"));
    expect(at("delete-private-endpoint")).toBeGreaterThan(at("delete-private-endpoint-connection"));
    expect(at("recheck")).toBeGreaterThan(at("delete-private-endpoint"));
  });

  it("an endpoint behind two connections goes once, after both", () => {
    const connections = [connection("backup"), connection("site-recovery")];
    const shared = { ...endpoint("pe-1"), connections: connections.map((each) => each.id) };
    const step = only(
      plan([vault(), ...connections, shared]).steps.filter((each) => each.action === "delete-private-endpoint"),
    );
    expect(step.after).toEqual(["delete-private-endpoint-connection-1", "delete-private-endpoint-connection-2"]);
  });

  it("an Unlocked vault with consent is opened before anything else is weakened or deleted", () => {
    const made = plan(
      [vault(), softDelete("Enabled"), immutability("Unlocked"), vmItem("vm-1"), vmItem("vm-2", softDeleted)],
      {
        strategy: "purge",
        consents: ["disable-immutability"],
      },
    );
    expect(made.blockers).toEqual([]);
    expect(made.steps.slice(0, 2).map((step) => step.action)).toEqual(["disable-immutability", "disable-soft-delete"]);
    expect(made.steps[1]?.after).toEqual(["disable-immutability-1"]);
  });
});
