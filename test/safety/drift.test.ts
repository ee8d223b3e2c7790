// Whether a vault still is what a saved plan saw: what is new, gone or in another state is named, and nothing else.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { discover } from "../../src/discovery/discover.ts";
import { armId } from "../../src/model/arm-id.ts";
import type { Resource } from "../../src/model/resource.ts";
import { driftFrom } from "../../src/safety/drift.ts";
import { respelled } from "../dependencies/arm-answers.ts";
import {
  backupServer,
  endpoint,
  immutability,
  job,
  leftover,
  marsServer,
  only,
  softDelete,
  softDeleted,
  sqlServer,
  vault,
  vmContainer,
  vmItem,
} from "../dependencies/builders.ts";
import { rehearse } from "../rehearsal.ts";

const resources: readonly Resource[] = [
  vault(),
  softDelete("Enabled"),
  sqlServer("sql-1"),
  vmItem("vm-1"),
  vmItem("vm-2"),
];

describe("no drift", () => {
  it.each(["small", "kitchen-sink", "classic"])("is found in world %s, listed again", async (world) => {
    const rehearsal = rehearse(world);
    const plan = await rehearsal.plan();
    expect(driftFrom(plan, (await discover(rehearsal.reader(), rehearsal.clock)).resources)).toEqual([]);
  });

  it("is in another order or spelling of ids", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...resources], { minLength: resources.length }), fc.boolean(), (now, odd) => {
        const listed = now.map((resource) => (odd ? { ...resource, id: respelled(resource.id) } : resource));
        expect(driftFrom({ inventory: resources }, listed)).toEqual([]);
      }),
    );
  });

  it("is in what only remains: it comes and goes without a plan", () => {
    expect(driftFrom({ inventory: [...resources, leftover("a key")] }, [...resources, leftover("another")])).toEqual(
      [],
    );
  });

  it("is in a policy: policies are never in the way", () => {
    const policy: Resource = {
      kind: "backup-policy",
      id: armId("/policy"),
      name: "policy",
      state: "made",
      managementType: "AzureIaasVM",
    };
    expect(driftFrom({ inventory: resources }, [...resources, policy])).toEqual([]);
  });

  it("is in a new recovery point, a note of the plan or another display name", () => {
    const before = vmItem("vm-1", { lastRecoveryPoint: "2026-11-20T22:00:00Z" });
    const now = vmItem("vm-1", { lastRecoveryPoint: "2026-11-21T22:00:00Z", name: "VM-1" });
    expect(driftFrom({ inventory: [{ ...before, note: "needs no step" }] }, [now])).toEqual([]);
  });
});

describe("no drift, from what is only said of an item's backups,", () => {
  it("is in what was asked about them, and in what becomes of them", () => {
    const points = { count: 3, newest: "2026-11-20T22:00:00.000Z" };
    const planned = vmItem("vm-1", { recoveryPoints: points, source: { state: "exists" } });
    const listed = vmItem("vm-1");
    const later = vmItem("vm-1", { recoveryPoints: { why: "AuthorizationFailed" }, source: { state: "gone" } });
    for (const now of [listed, later])
      expect(driftFrom({ inventory: [{ ...planned, loss: { fate: "destroyed" } }] }, [now])).toEqual([]);
  });

  it("is between a deep plan and the vault listed again, backed up since", async () => {
    const rehearsal = rehearse("kitchen-sink");
    const plan = await rehearsal.plan({}, true);
    const { resources } = await discover(rehearsal.reader(), rehearsal.clock);
    const backedUp = resources.map((resource) =>
      resource.kind === "protected-item" ? { ...resource, lastRecoveryPoint: "2026-11-21T23:00:00Z" } : resource,
    );
    expect(driftFrom(plan, backedUp)).toEqual([]);
  });
});

describe("drift", () => {
  it("is a private endpoint that leads elsewhere too, or belongs to another, by now", () => {
    const before = endpoint("pe-1");
    const now = { ...before, alsoLeadsTo: [armId("/Other")], helperOf: armId("/PE") };
    expect(driftFrom({ inventory: [before] }, [now])).toMatchObject([
      { change: "changed", was: "made for nothing, also leads to nothing", is: "made for /pe, also leads to /other" },
    ]);
  });

  it("is a resource that came", () => {
    expect(driftFrom({ inventory: resources }, [...resources, vmItem("vm-3")])).toEqual([
      { change: "new", kind: "protected-item", name: "vm-3", id: vmItem("vm-3").id, is: "Protected" },
    ]);
  });

  it("is a resource that went", () => {
    expect(driftFrom({ inventory: resources }, resources.slice(0, -1))).toEqual([
      { change: "gone", kind: "protected-item", name: "vm-2", id: vmItem("vm-2").id, was: "Protected" },
    ]);
  });

  it("is an item in another state", () => {
    const now = [vmItem("vm-1", { state: "ProtectionStopped" })];
    expect(only(driftFrom({ inventory: [vmItem("vm-1")] }, now))).toMatchObject({
      change: "changed",
      was: "Protected",
      is: "ProtectionStopped",
    });
  });

  it("is an item that was soft-deleted or undeleted, although its state reads the same", () => {
    const [stopped, deleted] = [vmItem("vm-1", { state: "ProtectionStopped" }), vmItem("vm-1", softDeleted)];
    expect(only(driftFrom({ inventory: [stopped] }, [deleted])).is).toBe("ProtectionStopped, soft-deleted");
    expect(only(driftFrom({ inventory: [deleted] }, [stopped])).was).toBe("ProtectionStopped, soft-deleted");
  });

  it.each([
    ["soft delete", softDelete("Enabled"), softDelete("AlwaysON")],
    ["the retention of soft delete", softDelete("Enabled"), softDelete("Enabled", { retentionDays: 180 })],
    ["immutability", immutability("Unlocked"), immutability("Locked")],
    ["the state of a server", marsServer("mars-1"), marsServer("mars-1", "SoftDeleted")],
    ["the name under which a server is registered", marsServer("m"), { ...marsServer("m"), identity: "other" }],
    ["what a backup server is", backupServer("dpm-1"), backupServer("dpm-1", "AzureBackupServer")],
    ["the server an item is with", vmItem("vm-1", { engine: "dpm-1" }), vmItem("vm-1", { engine: "dpm-2" })],
    ["the machines of a group's database", vmItem("vm-1", { nodes: ["a", "b"] }), vmItem("vm-1", { nodes: ["a"] })],
    ["whether a job can be cancelled", job("j-1"), { ...job("j-1"), cancellable: true }],
    [
      "when a locked vault lets go",
      { ...immutability("Locked"), expiries: [{ item: vmItem("a").id, name: "a", until: "2026-12-01T00:00:00Z" }] },
      { ...immutability("Locked"), expiries: [{ item: vmItem("a").id, name: "a", until: "2026-12-02T00:00:00Z" }] },
    ],
    ["a container", sqlServer("sql-1"), sqlServer("sql-1", "SoftDeleted")],
    ["a vault that is being moved", vault(), vault({ moveState: "InProgress" })],
    ["the vault's region", vault(), vault({ location: "northeurope" })],
    ["hybrid soft delete alone", softDelete("Enabled"), softDelete("Enabled", { hybridState: "Disabled" })],
    ["an item's workload", vmItem("vm-1"), vmItem("vm-1", { workload: "SQLDataBase" })],
    ["who manages an item", vmItem("vm-1"), vmItem("vm-1", { managementType: "MAB" })],
    ["what an item protects", vmItem("vm-1"), vmItem("vm-1", { sourceId: armId(`${vault().id}-other`) })],
  ])("is a change of %s", (_what, before, now) => {
    expect(only(driftFrom({ inventory: [before] }, [now])).change).toBe("changed");
  });

  it("says only the facts that changed", () => {
    const now = softDelete("Enabled", { retentionDays: 180 });
    expect(only(driftFrom({ inventory: [softDelete("Enabled")] }, [now]))).toMatchObject({
      was: "14 days",
      is: "180 days",
    });
  });

  it("is a job that began meanwhile", () => {
    expect(only(driftFrom({ inventory: [] }, [job("j-1")]))).toMatchObject({ change: "new", is: "InProgress" });
  });

  it("is a thing of another kind under the same id", () => {
    const container = vmContainer("vm-1");
    const now: Resource = { ...sqlServer("x"), id: armId(container.id) };
    const changes = driftFrom({ inventory: [container] }, [now]).map((difference) => difference.change);
    expect(changes.toSorted()).toEqual(["gone", "new"]);
  });

  it("read backwards turns new into gone", () => {
    const some = fc.subarray([...resources]);
    fc.assert(
      fc.property(some, some, (before, now) => {
        const there = driftFrom({ inventory: before }, now).map(({ change, id }) => `${change} ${id}`);
        const back = driftFrom({ inventory: now }, before).map(({ change, id }) =>
          change === "new" ? `gone ${id}` : change === "gone" ? `new ${id}` : `${change} ${id}`,
        );
        expect(there.toSorted()).toEqual(back.toSorted());
      }),
    );
  });
});
