// Backup items on their way back: after the vault and their container, and only those that are wanted and soft-deleted.

import { describe, expect, it } from "vitest";
import { backupItems } from "../../../src/dependencies/backup-items.ts";
import { armId } from "../../../src/model/arm-id.ts";
import type { ProtectedItem, Resource } from "../../../src/model/resource.ts";
import { stepKey } from "../../../src/model/step.ts";
import { inFabric } from "../arm-answers.ts";
import { database, softDeleted, sqlServer, stepOn, vmItem } from "../builders.ts";
import { deletedVault, recovering, wish } from "./wishes.ts";

const item = vmItem("vm-1", softDeleted);

function back(given: ProtectedItem, resources: readonly Resource[], more: Parameters<typeof wish>[1] = {}) {
  return backupItems.recover?.(given, recovering(resources, wish([given], more)));
}

describe("a soft-deleted item that is wanted", () => {
  it("is undeleted, and the plan says until when that works and what it is afterwards", () => {
    const [step] = back(item, [item])?.steps ?? [];
    expect(step).toMatchObject({ action: "undelete-item", target: item.id, irreversible: false, after: [] });
    expect(step?.reason).toMatch(/until 20\d\d-\d\d-\d\d; afterwards protection is stopped and the data kept/);
    expect(step?.request).toMatchObject({ write: "undelete-protected-item", item: item.id });
  });

  it("is undeleted after the vault where that is deleted", () => {
    const [step] = back(item, [item], { deletedVault })?.steps ?? [];
    expect(step?.after).toEqual([
      stepKey("undelete-vault", armId(item.id.slice(0, item.id.indexOf("/backupFabrics")))),
    ]);
  });

  it("is undeleted after its container is registered again", () => {
    const given = database("sql-1", "db", softDeleted);
    const container = { ...sqlServer("sql-1", "SoftDeleted"), sourceId: armId("/vm") };
    const [step] = back(given, [given, container])?.steps ?? [];
    expect(step?.after).toEqual([stepKey("register-container", container.id)]);
  });

  it("of an availability group waits for every machine that is registered again", () => {
    const container = armId(inFabric("protectionContainers/SQLAGWorkLoadContainer;ag;one"));
    const given = database("sql-1", "db", { ...softDeleted, container });
    const nodes = ["sql-1", "sql-2"].map((name) => ({
      ...sqlServer(name, "SoftDeleted"),
      sourceId: armId(`/${name}`),
    }));
    const context = recovering([given, ...nodes], wish([given, ...nodes]));
    const [step] = backupItems.recover?.(given, context).steps ?? [];
    expect(step?.after).toEqual(nodes.map(({ id }) => stepKey("register-container", id)));
  });

  it("of a server outside Azure is left to a person, in words", () => {
    const given = vmItem("files", { ...softDeleted, managementType: "MAB" });
    const said = back(given, [given]);
    expect(said?.steps).toBeUndefined();
    expect(said?.warnings?.join()).toMatch(/undelete it in the portal/);
  });
});

it("an item that nobody wants is left alone, and one that stands says so", () => {
  expect(backupItems.recover?.(item, recovering([item], wish([])))).toEqual({});
  const standing = vmItem("vm-2");
  expect(back(standing, [standing])).toEqual({ note: "not soft-deleted: there is nothing to bring back" });
});

describe("an undelete is proved", () => {
  const step = stepOn(item, "undelete-item");

  it.each([
    ["not by the item's absence, for that is its purge", [], "not-yet"],
    ["not while it is listed as soft-deleted", [item], "not-yet"],
    ["by the item, stopped", [{ ...item, softDeleted: false, state: "ProtectionStopped" }], "proved"],
  ] as const)("%s", (_what, found, verdict) => {
    expect(backupItems.prove(step, found, "soft").verdict).toBe(verdict);
  });

  it("by the item's absence where it was to be deleted again", () => {
    expect(backupItems.prove(step, [], "purge").verdict).toBe("proved");
  });
});
