// What counts as drift when a run is continued: not what it did itself, not another spelling, but whatever it still would touch.

import { describe, expect, it } from "vitest";
import { driftOfRun } from "../../src/cli/drift-of-run.ts";
import { replay } from "../../src/execution/replay.ts";
import type { RunEvent } from "../../src/model/event.ts";
import type { ReplicatedItem } from "../../src/model/replication.ts";
import { ofKind, type Resource } from "../../src/model/resource.ts";
import { respelled } from "../dependencies/arm-answers.ts";
import { softDeleted } from "../dependencies/builders.ts";
import { rehearse } from "../rehearsal.ts";

const plan = await rehearse("small").plan();
const deletion = plan.steps.find((step) => step.action === "delete-item")!;

function drift(resources: readonly Resource[], ...events: readonly RunEvent[]): readonly string[] {
  return driftOfRun(plan, replay(plan.steps, events), resources).map(({ change, id }) => `${change} ${id}`);
}

/** The inventory with the deleted item as it is after a deletion: soft-deleted, its id written as `spelling` says. */
function afterDeletion(spelling: (resource: Resource) => Resource = (resource) => resource): readonly Resource[] {
  return plan.inventory.map((resource) =>
    resource.id === deletion.target ? spelling({ ...resource, ...softDeleted } as Resource) : resource,
  );
}

const intended: RunEvent = { type: "step-intended", step: deletion.id };
const skipped: RunEvent = { type: "step-skipped", step: deletion.id, because: "delete-intent-1" };

describe("a run that is continued", () => {
  it("finds no drift in an unchanged vault", () => {
    expect(drift(plan.inventory)).toEqual([]);
  });

  it("takes what it deleted itself for no drift, however Azure spells the id today", () => {
    expect(drift(afterDeletion(), intended)).toEqual([]);
    expect(
      drift(
        afterDeletion((resource) => ({ ...resource, id: respelled(resource.id) })),
        intended,
      ),
    ).toEqual([]);
  });

  it("takes what somebody else deleted for drift, also where its own step was skipped", () => {
    expect(drift(afterDeletion())).toEqual([`changed ${deletion.target}`]);
    expect(drift(afterDeletion(), skipped)).toEqual([`changed ${deletion.target}`]);
  });

  it("takes a vault that is updating for drift, unless the run itself has changed a setting of it", async () => {
    const classic = await rehearse("classic").plan({ strategy: "purge" });
    const setting = classic.steps.find((step) => step.kind === "soft-delete-setting")!;
    const now = classic.inventory.map((resource) =>
      resource.kind === "vault" ? { ...resource, state: "Updating" } : resource,
    );
    const changes = (...events: readonly RunEvent[]) =>
      driftOfRun(classic, replay(classic.steps, events), now).map(({ kind }) => kind);
    expect(changes()).toEqual(["vault"]);
    expect(changes({ type: "step-intended", step: setting.id })).toEqual([]);
  });

  describe("with servers outside Azure in the vault", async () => {
    const sink = await rehearse("kitchen-sink").plan({ strategy: "purge", consents: ["disable-immutability"] });
    const changes = (now: readonly Resource[], ...events: readonly RunEvent[]) =>
      driftOfRun(sink, replay(sink.steps, events), now).map(({ kind }) => kind);
    const stepOf = (action: string) => sink.steps.find((step) => step.action === action)!.id;

    it("takes the items that went with a server it unregistered for no drift", () => {
      const mars = sink.steps.find((step) => step.kind === "mars-server")!;
      const now = sink.inventory.map((resource) =>
        resource.kind === "protected-item" && resource.managementType === "MAB"
          ? { ...resource, softDeleted: true }
          : resource,
      );
      expect(changes(now, { type: "step-intended", step: mars.id })).toEqual([]);
      expect(changes(now)).toEqual(Array(3).fill("protected-item"));
      expect(changes(now, { type: "step-intended", step: stepOf("unregister-container") })).toHaveLength(3);
    });

    it("takes the other half of a write that sets soft delete and hybrid security for no drift", () => {
      const now = sink.inventory.map((resource) => {
        if (resource.kind === "hybrid-security-setting") return { ...resource, state: "Disabled" };
        return resource.kind === "soft-delete-setting" ? { ...resource, hybridState: "Disabled" } : resource;
      });
      expect(changes(now, { type: "step-intended", step: stepOf("disable-hybrid-security") })).toEqual([]);
      expect(changes(now).toSorted()).toEqual(["hybrid-security-setting", "soft-delete-setting"]);
    });
  });

  it("takes another hybrid soft delete or region for drift", () => {
    const changes: readonly [string, Partial<Resource>][] = [
      ["soft-delete-setting", { hybridState: "Invalid" }],
      ["vault", { location: "northeurope" }],
    ];
    for (const [kind, change] of changes) {
      const now = plan.inventory.map((resource) =>
        resource.kind === kind ? ({ ...resource, ...change } as Resource) : resource,
      );
      expect(drift(now)).toEqual([expect.stringContaining("changed ")]);
    }
  });
});

describe("a run on Site Recovery that is continued", () => {
  it("stops where a machine it would still disable was failed over meanwhile, and not for a job that came and went", async () => {
    const replicated = await rehearse("failed-over").plan();
    const item = ofKind(replicated.inventory, "replicated-item").find(
      ({ activeLocation }) => activeLocation === "Primary",
    );
    const after = (more: Partial<ReplicatedItem>): readonly Resource[] =>
      replicated.inventory.map((resource) =>
        resource.id === item?.id ? ({ ...resource, ...more } as Resource) : resource,
      );
    const found = (resources: readonly Resource[]) => driftOfRun(replicated, replay(replicated.steps, []), resources);
    expect(found(after({ activeLocation: "Recovery" })).map(({ id }) => id)).toEqual([item?.id]);
    expect(found(after({ allowedOperations: [] }))).toEqual([]);
  });
});

describe("a run that removed locks and is continued", () => {
  it("finds no drift in them, gone or back, whoever put them back", async () => {
    const locked = await rehearse("locked").plan({ consents: ["remove-locks"] });
    const removals = locked.steps.filter((step) => step.action === "remove-lock").map((step) => step.id);
    const restorations = locked.steps.filter((step) => step.action === "restore-lock").map((step) => step.id);
    const verified = (step: string): RunEvent => ({ type: "step-verified", step, evidence: "seen" });
    const changes = (resources: readonly Resource[], events: readonly RunEvent[]) =>
      driftOfRun(locked, replay(locked.steps, events), resources);
    const without = locked.inventory.filter((resource) => resource.kind !== "lock");
    expect(removals.length).toBeGreaterThan(0);
    expect(changes(without, removals.map(verified))).toEqual([]);
    expect(changes(locked.inventory, removals.map(verified))).toEqual([]);
    expect(changes(locked.inventory, [...removals, ...restorations].map(verified))).toEqual([]);
    expect(changes(without, [...removals, ...restorations].map(verified))).toEqual([]);
  });
});
