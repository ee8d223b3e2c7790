// Plans of the shipped worlds, in both strategies: what holds for every plan, and what each world comes to.

import { describe, expect, it } from "vitest";
import { idKey } from "../../src/model/arm-id.ts";
import type { Plan, PlanOptions, Strategy } from "../../src/model/plan.ts";
import type { Action } from "../../src/model/step.ts";
import { rehearse } from "../rehearsal.ts";

const worlds = [
  "small",
  "kitchen-sink",
  "classic",
  "always-on",
  "secure-by-default",
  "failed-over",
  "immutable-locked",
  "locked",
  "guarded",
];
const all: readonly (readonly [string, Strategy])[] = worlds.flatMap((world) => [
  [world, "soft"] as const,
  [world, "purge"] as const,
]);

const made = new Map<string, Promise<Plan>>();

/** A plan is data and changes with nothing: each is made once. */
function planned(world: string, options: Partial<PlanOptions> = {}): Promise<Plan> {
  const key = JSON.stringify([world, options]);
  const plan = made.get(key) ?? rehearse(world).plan(options);
  made.set(key, plan);
  return plan;
}

function count(plan: Plan): Partial<Record<Action, number>> {
  const counts: Partial<Record<Action, number>> = {};
  for (const step of plan.steps) counts[step.action] = (counts[step.action] ?? 0) + 1;
  return counts;
}

describe("every plan", () => {
  it.each(all)("can be carried out in the order in which it stands: %s, %s", async (world, strategy) => {
    const plan = await planned(world, { strategy });
    const done = new Set<string>();
    for (const step of plan.steps) {
      expect(step.after.filter((id) => !done.has(id))).toEqual([]);
      done.add(step.id);
    }
    expect(done.size).toBe(plan.steps.length);
    expect(plan.steps.slice(-3).map((step) => step.action)).toEqual(["recheck", "delete-vault", "prove-absence"]);
  });

  it.each(all)(
    "gives each step a reason and each resource a step, a note or a blocker: %s, %s",
    async (world, strategy) => {
      const plan = await planned(world, { strategy });
      expect(plan.steps.filter((step) => step.reason.length < 10)).toEqual([]);
      const touched = new Set([
        ...plan.steps.map((step) => idKey(step.target)),
        ...plan.blockers.map((b) => idKey(b.subject)),
      ]);
      expect(plan.inventory.filter((entry) => entry.note === undefined && !touched.has(idKey(entry.id)))).toEqual([]);
    },
  );

  it.each(all)(
    "states permissions for every step, and marks what weakens or destroys: %s, %s",
    async (world, strategy) => {
      const plan = await planned(world, { strategy });
      for (const step of plan.steps) {
        expect(plan.permissions.needed).toEqual(expect.arrayContaining([...step.permissions]));
        if (step.kind === "protected-item" && step.action === "delete-item" && strategy === "purge")
          expect(step.irreversible).toBe(true);
        if (step.action.startsWith("disable-")) expect(step.weakens).toBeDefined();
      }
    },
  );

  it.each(worlds)("in soft undeletes nothing and turns nothing off: %s", async (world) => {
    const plan = await planned(world);
    expect(plan.steps.filter(({ action }) => action === "undelete-item")).toEqual([]);
    expect(plan.steps.filter(({ kind }) => kind.endsWith("-setting"))).toEqual([]);
  });

  it.each(worlds)("writes nothing while it is made: %s", async (world) => {
    const rehearsal = rehearse(world);
    await rehearsal.plan();
    expect(rehearsal.writes()).toEqual([]);
  });
});

describe("in soft", () => {
  const cases: readonly (readonly [string, Partial<Record<Action, number>>])[] = [
    [
      "small",
      {
        "delete-intent": 1,
        "delete-item": 5,
        "unregister-container": 2,
        "delete-private-endpoint-connection": 1,
        "delete-private-endpoint": 1,
      },
    ],
    [
      "kitchen-sink",
      {
        "remove-lock": 1,
        "restore-lock": 1,
        "settle-job": 3,
        "disable-immutability": 1,
        "delete-intent": 2,
        "delete-item": 18,
        "unregister-container": 8,
        "unregister-server": 3,
        "clean-test-failover": 1,
        "delete-recovery-plan": 1,
        "disable-replication": 4,
        "delete-migration-item": 1,
        "remove-container-mapping": 6,
        "delete-network-mapping": 2,
        "delete-storage-mapping": 1,
        "remove-protection-container": 2,
        "delete-vcenter": 1,
        "remove-provider": 4,
        "remove-fabric": 6,
        "delete-replication-policy": 4,
        "delete-private-endpoint-connection": 2,
        "delete-private-endpoint": 4,
      },
    ],
    ["classic", { "delete-item": 4, "unregister-container": 2 }],
    ["always-on", { "delete-item": 1 }],
    ["secure-by-default", { "delete-item": 1, "unregister-container": 1 }],
  ];

  it.each(cases)("world %s needs these steps and ends soft-deleted in 14 days", async (world, expected) => {
    const plan = await planned(world, { consents: ["disable-immutability", "remove-locks"] });
    expect(count(plan)).toEqual({ ...expected, recheck: 1, "delete-vault": 1, "prove-absence": 1 });
    expect(plan.blockers).toEqual([]);
    expect(plan.expectedOutcome).toMatchObject({ kind: "soft-deleted", until: "2026-12-05T08:00:00.000Z" });
  });

  it.each([
    ["classic", true],
    ["secure-by-default", false],
  ])("world %s rests on an assumption: %s", async (world, assumed) => {
    const { expectedOutcome } = await planned(world);
    expect(expectedOutcome.assumption !== undefined).toBe(assumed);
  });

  it("only shares and the endpoint of world small are lost for good", async () => {
    const plan = await planned("small");
    const lost = plan.steps.filter((step) => step.irreversible).map((step) => step.name);
    expect(lost).toEqual(["projects", "pe-rsv-backup-weu"]);
  });

  it("the running backup of world kitchen-sink holds up its own machine alone", async () => {
    const plan = await planned("kitchen-sink");
    const held = plan.steps.filter((step) => step.after.includes("settle-job-1"));
    expect(held.map((step) => step.name)).toEqual(["vm-app-01"]);
  });

  it("each intent of world kitchen-sink goes before the databases of its own server alone", async () => {
    const plan = await planned("kitchen-sink");
    for (const intent of plan.steps.filter((step) => step.action === "delete-intent")) {
      const held = plan.steps.filter((step) => step.action === "delete-item" && step.after.includes(intent.id));
      const servers = new Set(held.map((step) => step.exclusive));
      expect(servers.size).toBe(1);
      expect(held.length).toBeGreaterThan(0);
    }
  });

  it("soft-deleted data of world secure-by-default remains until its own purge", async () => {
    const plan = await planned("secure-by-default");
    const already = plan.inventory.filter((entry) => entry.kind === "protected-item" && entry.softDeleted);
    const remains = plan.remains.filter((remainder) => already.some((entry) => entry.id === remainder.subject));
    expect(remains.map((remainder) => (remainder.until ?? "").slice(0, 10)).toSorted()).toEqual([
      "2026-12-01",
      "2026-12-03",
    ]);
  });
});

describe("in purge", () => {
  it("world classic turns soft delete off, undeletes, deletes all for good and ends purged", async () => {
    const plan = await planned("classic", { strategy: "purge" });
    expect(count(plan)).toEqual({
      "disable-soft-delete": 1,
      "undelete-item": 2,
      "delete-item": 6,
      "unregister-container": 2,
      recheck: 1,
      "delete-vault": 1,
      "prove-absence": 1,
    });
    expect(plan.steps[0]?.action).toBe("disable-soft-delete");
    const data = plan.steps.filter((step) => step.kind === "protected-item");
    expect(data.every((step) => step.after.includes("disable-soft-delete-1"))).toBe(true);
    expect(plan.blockers).toEqual([]);
    expect(plan.expectedOutcome.kind).toBe("purged");
    const left = plan.inventory.filter((entry) => entry.kind === "leftover").map((entry) => entry.id);
    expect(plan.remains.filter((remainder) => !left.some((id) => id === remainder.subject))).toEqual([]);
    expect(plan.remains.some((remainder) => remainder.what.includes("soft-deleted"))).toBe(false);
  });

  it.each(["small", "always-on", "secure-by-default"])(
    "world %s is blocked, for its soft delete is AlwaysON",
    async (world) => {
      const plan = await planned(world, { strategy: "purge" });
      expect(plan.blockers.map((blocker) => blocker.code)).toContain("soft-delete-always-on");
      expect(plan.expectedOutcome).toEqual({ kind: "blocked" });
    },
  );
});

describe("world immutable-locked", () => {
  it.each(["soft", "purge"] as const)("is blocked until its last recovery point expires: %s", async (strategy) => {
    const plan = await planned("immutable-locked", { strategy, consents: ["disable-immutability"] });
    const last = "2027-01-05T08:00:00.000Z";
    const locked = plan.blockers.filter((blocker) => blocker.code.startsWith("immutability-locked"));
    expect(locked.map(({ code, until }) => [code, until])).toEqual([
      ["immutability-locked", last],
      ["immutability-locked-item", "2026-12-21T08:00:00.000Z"],
      ["immutability-locked-item", last],
    ]);
  });

  it("names the date in the expected outcome", async () => {
    const plan = await planned("immutable-locked");
    expect(plan.expectedOutcome).toEqual({ kind: "blocked", until: "2027-01-05T08:00:00.000Z" });
  });
});

describe("private endpoints to be kept", () => {
  it("stay in the plan's inventory and remain, while their connections go", async () => {
    const plan = await planned("kitchen-sink", { keepPrivateEndpoints: true });
    expect(count(plan)["delete-private-endpoint"]).toBeUndefined();
    expect(count(plan)["delete-private-endpoint-connection"]).toBe(2);
    expect(plan.remains.filter((remainder) => remainder.what === "private endpoint")).toHaveLength(4);
    expect(plan.options).toEqual({ keepPrivateEndpoints: true });
  });
});
