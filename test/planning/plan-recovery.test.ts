// Plans of recoveries: ordered, guarded, saved and opened again; they claim nothing beyond what stands in their inventory.

import { describe, expect, it } from "vitest";
import { armId } from "../../src/model/arm-id.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { Recovery } from "../../src/model/recovery.ts";
import type { ResourceGuard, Resource } from "../../src/model/resource.ts";
import { renderPlan, sealPlan } from "../../src/planning/plan-document.ts";
import { planRecovery } from "../../src/planning/plan-recovery.ts";
import { openPlan } from "../../src/planning/saved-plan.ts";
import { vaultPath } from "../dependencies/arm-answers.ts";
import { database, lock, now, softDeleted, sqlServer, vault, vmItem } from "../dependencies/builders.ts";
import { deletedVault, wish } from "../dependencies/recovery/wishes.ts";

const sourceId = armId("/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/sql-1");
const host = { ...sqlServer("sql-1", "SoftDeleted"), sourceId };
const machine = vmItem("vm-1", softDeleted);
const sales = database("sql-1", "Sales", softDeleted);

function planOf(resources: readonly Resource[], recovery: Recovery): Plan {
  return planRecovery({
    inventory: { discoveredAt: new Date(now).toISOString(), resources, gaps: [] },
    vault: { id: vault().id, name: "rsv-test", kind: "recovery-services", location: "westeurope", cloud: "public" },
    recovery,
    blockers: [],
    tool: "vault-teardown/0.0.0",
    now,
  });
}

const whole = [vault(), machine, sales, host];
const plan = planOf(whole, wish([machine, sales, host], { deletedVault }));

describe("the plan of a recovery", () => {
  it("brings back the vault, then containers, then items, and looks at everything in the end", () => {
    expect(plan.steps.map(({ id }) => id)).toEqual([
      "undelete-vault-1",
      "register-container-1",
      "undelete-item-1",
      "undelete-item-2",
      "prove-recovery-1",
    ]);
    expect(plan.steps.at(-1)?.after).toEqual(["register-container-1", "undelete-item-1", "undelete-item-2"]);
    expect(plan.steps.flatMap(({ despite }) => despite ?? [])).toEqual(["register-container-1"]);
    expect(plan.expectedOutcome).toEqual({ kind: "recovered" });
  });

  it("destroys and weakens nothing, and consents to nothing", () => {
    expect(plan.steps.some(({ irreversible, weakens, consent }) => irreversible || weakens || consent)).toBe(false);
    expect([plan.strategy, plan.consents]).toEqual(["soft", []]);
    expect(plan.steps.filter(({ request }) => request?.write.startsWith("delete-"))).toEqual([]);
  });

  it("is the same in whatever order its resources stand", () => {
    const recovery = wish([machine, sales, host], { deletedVault });
    expect(renderPlan(planOf(whole.toReversed(), recovery))).toBe(renderPlan(plan));
  });

  it("is blocked by a read-only lock", () => {
    const held = planOf([vault(), machine, lock({ state: "ReadOnly" })], wish([machine]));
    expect(held.expectedOutcome.kind).toBe("blocked");
  });

  it("passes the guard that decides over undeleting", () => {
    const guard: ResourceGuard = {
      kind: "resource-guard",
      id: armId(`${vaultPath}/backupResourceGuardProxies/VaultProxy`),
      name: "VaultProxy",
      state: "Enabled",
      guard: armId("/subscriptions/g/resourceGroups/rg/providers/Microsoft.DataProtection/resourceGuards/guard"),
      operations: [
        {
          operation: "/backupFabrics/protectionContainers/protectedItems/write",
          request: armId(
            "/subscriptions/g/resourceGroups/rg/providers/Microsoft.DataProtection/resourceGuards/guard/updateProtectionRequests/default",
          ),
        },
      ],
    };
    const guarded = planOf([vault(), machine, guard], wish([machine]));
    const step = guarded.steps.find(({ action }) => action === "undelete-item");
    expect(step?.guarded?.guard).toBe(guard.guard);
    expect(step?.request).toMatchObject({ guard: { proxy: guard.id } });
  });

  it("asks for a role of its own name", () => {
    expect(plan.permissions.role.Name).toBe("Recovery of vault rsv-test");
    expect(plan.permissions.role.Description).toMatch(/^exactly what bringing back the /);
  });
});

describe("a saved recovery", () => {
  it("is what it was when it is opened again", () => {
    expect(openPlan(renderPlan(plan), "plan.json")).toEqual(plan);
  });

  it.each<[string, (given: Plan) => Partial<Plan>]>([
    ["of an item that it does not want", ({ recovery }) => ({ recovery: { ...recovery!, wanted: [] } })],
    [
      "with a step that deletes",
      ({ steps }) => ({
        steps: steps.map((step) =>
          step.action === "undelete-item"
            ? { ...step, request: { write: "delete-protected-item", item: step.target } }
            : step,
        ),
      }),
    ],
    ["that became a teardown", (given) => ({ recovery: undefined, steps: given.steps }) as never],
    ["without its last look", ({ steps }) => ({ steps: steps.slice(0, -1) })],
  ])("is refused %s", (_what, change) => {
    const { id: _, ...rest } = plan;
    const text = renderPlan(sealPlan({ ...rest, ...change(plan) }));
    expect(() => openPlan(text, "plan.json")).toThrow(/do not follow from its inventory/);
  });
});
